"""Showing running calls to those who watch from other processes.

Rule 1: a call never waits for it.  What has changed is shown twice a second, each call as it is then, and few calls
at once: what is written for one of them is not heard in another.
Rule 2: a board that cannot be reached misses what it missed; it is shown all as soon as it is back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import anyio

from application.ports.live import SHOWN_SECONDS, LiveBoard, Sight
from application.ports.operations import CallRecord
from domain.dialog.events import CallerKnown, Event, LineAudible, LineSilent
from domain.dialog.phases import Greeting, Speaking
from domain.dialog.state import State
from domain.errors import Unavailable
from domain.live import LiveCall, LiveTranscript, Said, doing, said
from domain.phrases import Announcement
from domain.transcript import Turn
from domain.troubles import NO_TROUBLES
from domain.visit.visit import Flow, visit_of

_EVERY_SECONDS = 0.5
_MOST_AT_ONCE = 5
_REST_SECONDS = 0.01
"""Between those, for the calls' own work."""
_ALL_SECONDS = SHOWN_SECONDS / 4
"""Also calls in which nothing happens are shown so often."""
_MOST_TURNS = 80
"""Of a longer call the last ones are read along."""


class ShowCalls:
    """Fulfils the port `CallObserver`; `run` shows what it has seen."""

    def __init__(self, board: LiveBoard, *, now: Callable[[], datetime]) -> None:
        self._board = board
        self._now = now
        self._calls: dict[UUID, _Watched] = {}
        self._changed: set[UUID] = set()
        self._over: set[UUID] = set()

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        if call_id not in self._calls:
            self._calls[call_id] = _Watched(call_id, began=self._now(), clock=at, state=state)
        self._calls[call_id].notice(event, state, at)
        self._changed.add(call_id)

    def ended(self, record: CallRecord) -> None:
        self._changed.discard(record.call_id)
        if self._calls.pop(record.call_id, None) is not None:
            self._over.add(record.call_id)

    async def run(self) -> None:
        """Show calls until cancelled."""
        all_due = anyio.current_time() + _ALL_SECONDS
        while True:
            if anyio.current_time() >= all_due:
                all_due = anyio.current_time() + _ALL_SECONDS
                self._changed.update(self._calls)
            await self._show()
            await anyio.sleep(_EVERY_SECONDS)

    async def _show(self) -> None:
        """Show what has changed until now."""
        over, self._over = self._over, set()
        due, self._changed = list(self._changed), set()
        try:
            if over:
                await self._board.take_down(list(over))
            while due:
                bunch, due = due[:_MOST_AT_ONCE], due[_MOST_AT_ONCE:]
                await self._board.show([self._calls[each].sight() for each in bunch if each in self._calls])
                await anyio.sleep(_REST_SECONDS)
        except Unavailable:
            self._changed.update(self._calls)


@dataclass(slots=True)
class _Quiet:
    """Since when neither party is heard, by the clock of the call's events."""

    since: float | None
    audible: bool = False

    def notice(self, event: Event, state: State, at: float) -> None:
        match event:
            case LineAudible():
                self.audible = True
            case LineSilent():
                self.audible = False
            case _:
                pass
        if self.audible or state.caller_speaking:
            self.since = None
        elif self.since is None:
            self.since = at


class _Watched:
    """One call, fed with its events."""

    def __init__(self, call_id: UUID, *, began: datetime, clock: float, state: State) -> None:
        self.call_id = call_id
        self.caller: str | None = None
        self._began = began
        self._clock = clock
        self._state = state
        self._doing_since = clock
        self._quiet = _Quiet(clock)
        self._troubles = NO_TROUBLES
        self._read: tuple[Turn, ...] = ()
        self._said: tuple[Said, ...] = ()
        self._flow = Flow.OPENING

    def notice(self, event: Event, state: State, at: float) -> None:
        before, self._state = self._state, state
        if isinstance(event, CallerKnown):
            self.caller = event.caller
        if doing(before.phase) is not doing(state.phase):
            self._doing_since = at
        self._quiet.notice(event, state, at)
        self._troubles = self._troubles.after(event, before, state)

    def sight(self) -> Sight:
        state = self._state
        if self._read is not state.turns:
            self._read, self._flow = state.turns, visit_of(state.turns).flow
            self._said = tuple(said(turn) for turn in state.turns[-_MOST_TURNS:])
        quiet_since = self._quiet.since
        call = LiveCall(
            call_id=self.call_id,
            began=self._began,
            caller=self.caller,
            doing=doing(state.phase),
            since=self._moment(self._doing_since),
            quiet_since=None if quiet_since is None else self._moment(quiet_since),
            flow=self._flow,
            last=next((turn for turn in reversed(self._said) if turn.who != "tool"), None),
            troubles=self._troubles,
        )
        return Sight(call, LiveTranscript(said=self._said, heard_now=state.words, said_now=_said_now(state)))

    def _moment(self, at: float) -> datetime:
        return self._began + timedelta(seconds=at - self._clock)


def _said_now(state: State) -> str:
    match state.phase:
        case Speaking(announcement=None):
            return state.saying
        case Greeting(announcement) | Speaking(announcement=Announcement() as announcement):
            return announcement.text
        case _:
            return ""
