"""What is different in a call that somebody makes to try the agent; everything else is as in any call.

Rule 1: whether a call is a trial is asked of the register when the call comes.  A real call never waits long for it,
and a trial that cannot be known as one is a call whose number is withheld: nothing can be ordered in it.
Rule 2: its caller has nobody's number; where it is not in earnest, the assistant only tries what it would do.
Rule 3: nobody can be given an operator in it, for there is no telephone to give: it ends as if he had been.
"""

from collections.abc import Sequence
from uuid import UUID

import anyio

from application.calls.assistant import Assistant, AssistantFactory, Briefing
from application.calls.tools.toolbox import Tool
from application.ports.operations import CallRecord
from application.ports.telephony import Switchboard
from application.ports.trials import TrialRegister
from domain.breaker import Breaker
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.errors import Unavailable
from domain.hand_over import Card
from domain.transcript import Turn
from domain.trial import Trial

_ASK_SECONDS = 0.2
_LEFT_ALONE_SECONDS = 5.0
_MOST = 100
"""Trials known at once; the oldest is forgotten, as when one is asked for that has ended already."""


class Trials:
    """The trials among the calls of this engine.  Fulfils the port `CallObserver`, so as to forget those that end."""

    def __init__(self, register: TrialRegister) -> None:
        self._register = register
        self._running: dict[UUID, Trial] = {}
        self._breaker = Breaker(failures_to_open=1, open_seconds=_LEFT_ALONE_SECONDS)

    async def learn(self, call_id: UUID) -> Trial | None:
        """Return what was announced of a call that has come."""
        if call_id not in self._running and self._breaker.allows(anyio.current_time()):
            try:
                with anyio.fail_after(_ASK_SECONDS):
                    trial = await self._register.announced(call_id)
            except (Unavailable, TimeoutError):
                self._breaker = self._breaker.failed(anyio.current_time())
            else:
                self._breaker = self._breaker.succeeded()
                if trial is not None:
                    self._running[call_id] = trial
                    self._running = dict(list(self._running.items())[-_MOST:])
        return self._running.get(call_id)

    def running(self, call_id: UUID) -> Trial | None:
        """Return what is known already."""
        return self._running.get(call_id)

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        pass

    def ended(self, record: CallRecord) -> None:
        self._running.pop(record.call_id, None)


class TrialSwitchboard:
    """Fulfils the port `Switchboard`: the real one, and nobody's telephone in trials."""

    def __init__(self, switchboard: Switchboard, trials: Trials) -> None:
        self._switchboard = switchboard
        self._trials = trials

    @property
    def operator_free(self) -> bool | None:
        return self._switchboard.operator_free

    @property
    def queue_length(self) -> int | None:
        return self._switchboard.queue_length

    async def caller(self, call_id: UUID) -> str | None:
        trial = await self._trials.learn(call_id)
        return await self._switchboard.caller(call_id) if trial is None else trial.caller

    async def on_line(self, call_id: UUID) -> bool:
        return self._trials.running(call_id) is not None or await self._switchboard.on_line(call_id)

    async def hand_over(self, call_id: UUID, card: Card) -> None:
        if self._trials.running(call_id) is None:
            await self._switchboard.hand_over(call_id, card)

    async def release(self, call_id: UUID) -> None:
        if self._trials.running(call_id) is None:
            await self._switchboard.release(call_id)

    def cause(self, call_id: UUID) -> int | None:
        return self._switchboard.cause(call_id)


class TrialAssistant:
    """Fulfils `Assistant`: the real one, whose caller has nobody's number in a trial."""

    def __init__(self, call_id: UUID, *, assistant: AssistantFactory, trials: Trials) -> None:
        self._call_id = call_id
        self._trials = trials
        self._assistant: Assistant = assistant(call_id)

    @property
    def tools(self) -> Sequence[Tool]:
        return self._assistant.tools

    async def welcome(self) -> str:
        return await self._assistant.welcome()

    async def meet(self, caller: str | None, *, trying: bool = False) -> None:
        trial = self._trials.running(self._call_id)
        if trial is None:
            await self._assistant.meet(caller, trying=trying)
        else:
            await self._assistant.meet(trial.number, trying=not trial.real)

    def brief(self, turns: Sequence[Turn]) -> Briefing:
        return self._assistant.brief(turns)

    async def remember(self, turns: Sequence[Turn]) -> None:
        await self._assistant.remember(turns)
