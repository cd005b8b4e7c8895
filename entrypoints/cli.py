"""The command `callcenter`.

Commands are named by import path and imported when they are called: the
providers' libraries take seconds to import, and `--help` needs none of them.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version as version_of

from cyclopts import App

from domain.errors import Misconfigured

MISCONFIGURED = 2
"""The exit code when a setting is missing or wrong."""


def version() -> None:
    """Print the version."""
    print(version_of("call-center-ai"))


app = App(name="callcenter", help="Answers a shop's telephone.", version=lambda: version_of("call-center-ai"))
app.command("entrypoints.calls:calls", name="calls", help="Answer calls with the configuration of .env.")
app.command(
    "entrypoints.demo:run", name="run", help="Run on what there is, offline where there is no key; one demo call."
)
app.command("entrypoints.demo:demo", name="demo", help="Place demo calls and show them live.")
app.command("entrypoints.demo_shop.serve:demo_shop", name="demo-shop", help="Serve a shop's whole Store API.")
app.command("entrypoints.web:web", name="web", help="Serve the pages: calls, figures, health, metrics.")
app.command("entrypoints.serve:serve", name="serve", help="Run the call engines and the pages, and keep them running.")
app.command(version, name="version")


def main(tokens: Sequence[str] | None = None) -> None:
    """Run the command line, by default the one of this process."""
    run(app, tokens)


def run(commands: App, tokens: Sequence[str] | None) -> None:
    """Run a command; what is misconfigured is said in plain lines, without a traceback."""
    problems: list[str] = []
    try:
        commands(tokens)
    except* Misconfigured as errors:
        problems += told(errors)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        sys.exit(MISCONFIGURED)


def told(error: BaseException) -> list[str]:
    """Return what the errors say that task groups have wrapped."""
    match error:
        case BaseExceptionGroup(exceptions=wrapped):
            return [line for each in wrapped for line in told(each)]
        case _:
            return [str(error)]


if __name__ == "__main__":
    main()
