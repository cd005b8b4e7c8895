"""Doing with running calls what those who watch them demand, and hearing what those who try the agent write.

Rule 1: a demand is told to the call's dialog as anything else that happens in it; what becomes of it, the dialog says.
Rule 2: words in writing are heard in a trial by who made it, and in no other call.
"""

from collections.abc import Callable
from contextlib import aclosing

import anyio

from application.calls.conduct_call import ConductCall
from application.calls.trials import Trials
from application.ports.live import Command, Commands, Demand, Told, Typing
from domain.dialog.events import EndDemanded, HandOverDemanded, Typed
from domain.errors import Unavailable

_AWAY_SECONDS = 1.0


class ObeyCommands:
    def __init__(
        self, commands: Commands, conduct_call: ConductCall, trials: Trials, *, obeyed: Callable[[Command], None]
    ) -> None:
        self._commands = commands
        self._conduct_call = conduct_call
        self._trials = trials
        self._obeyed = obeyed

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                async with aclosing(self._commands.given()) as given:
                    async for command in given:
                        self._obey(command)
            except Unavailable:
                await anyio.sleep(_AWAY_SECONDS)

    def _obey(self, command: Told) -> None:
        """Each engine hears every command, and does what is for a call of its own."""
        match command:
            case Typing(call_id=call_id, text=text, by=by):
                trial = self._trials.running(call_id)
                if trial is not None and trial.by == by:
                    self._conduct_call.tell(call_id, Typed(text))
            case _:
                event = EndDemanded() if command.demand is Demand.END else HandOverDemanded()
                if self._conduct_call.tell(command.call_id, event):
                    self._obeyed(command)
