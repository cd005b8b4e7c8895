"""The call engine: `callcenter calls`, also `python -m entrypoints.calls`."""

import sys
from pathlib import Path
from typing import Annotated

import anyio
from cyclopts import App, Parameter

from adapters.audiosocket.claims import DirectoryClaims
from entrypoints.cli import run
from entrypoints.container import Container
from entrypoints.engines import engines
from entrypoints.environment import environment
from entrypoints.lifespan import engine_of
from entrypoints.log import configure
from entrypoints.processes import end_with_keeper, keep_running
from entrypoints.settings import Settings

_CLAIMS = Path(".data/run/claims")


def calls(*, processes: int = 1, sharing: Annotated[bool, Parameter(show=False)] = False) -> None:
    """Answer calls with the configuration of .env.

    Parameters
    ----------
    processes
        How many processes share the port; one uses one core.
    sharing
        Whether this process is one of several; they are started with it.
    """
    end_with_keeper()
    settings = Settings.for_calls(environment(Path.cwd()))
    configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
    if processes != 1:
        sys.exit(anyio.run(keep_running, engines(settings, processes)))
    container = Container(settings=settings)
    if sharing:
        container = Container(settings=settings, share_port=True, claims=DirectoryClaims(_CLAIMS))
    anyio.run(engine_of(container).run, backend_options={"use_uvloop": True})


if __name__ == "__main__":
    alone = App(name="python -m entrypoints.calls")
    alone.default(calls)
    run(alone, None)
