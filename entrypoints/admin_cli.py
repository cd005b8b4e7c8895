"""The command `call-center-admin`: looks after what `callcenter` runs.

Exit codes: 0 when all is well, 1 when something is away or not found, 2 when a setting or an option is wrong.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version as version_of

from cyclopts import App

from application.ports.calls import UnknownCall
from domain.errors import Unavailable
from entrypoints.cli import run, told, version

AWAY = 1
"""The exit code when something does not answer or is not there."""


def _group(name: str, told: str) -> App:
    group = App(name=name, help=told)
    app.command(group)
    return group


app = App(
    name="call-center-admin",
    help="Looks after the call center: its settings, records and parts.",
    version=lambda: version_of("call-center-ai"),
)
_config = _group("config", "The settings of .env.")
_config.command("entrypoints.admin.configuration:check", name="check", help="Say what is wrong or missing.")
_config.command("entrypoints.admin.configuration:show", name="show", help="Show every setting but the secrets.")
_db = _group("db", "The database of the records.")
_db.command(
    "entrypoints.admin.operations:migrations_status", name="migrations-status", help="Say what the database has."
)
_calls = _group("calls", "What happened on the phone.")
_calls.command("entrypoints.admin.calls:browse", name="list", help="List calls, the latest first.")
_calls.command("entrypoints.admin.calls:show", name="show", help="Show a call, and what was said and done in it.")
_ops = _group("ops", "The parts that run.")
_ops.command("entrypoints.admin.operations:status", name="status", help="Ask the pages whether each part is there.")
app.command("entrypoints.admin.calls:stats", name="stats", help="Count calls and what came of them, by days.")
app.command("entrypoints.admin.export:export", name="export", help="Write calls as CSV or JSON.")
app.command("entrypoints.admin.seed:seed", name="seed", help="Fill an empty database with made-up calls.")
app.command(version, name="version", help="Print the version.")


def main(tokens: Sequence[str] | None = None) -> None:
    """Run the command line, by default the one of this process; what is away is said in a line."""
    problems: list[str] = []
    try:
        run(app, tokens)
    except* Unavailable as away:
        problems += told(away)
    except* UnknownCall as unknown:
        problems += [f"no call {each} is kept" for each in told(unknown)]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        sys.exit(AWAY)


if __name__ == "__main__":
    main()
