"""Those who watch."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from application.ports.line import LineFigures
from domain.costs import Cost
from domain.dialog.events import Event
from domain.dialog.phases import Ended
from domain.dialog.state import State
from domain.figures import Figures


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What is known of a call when it has ended."""

    call_id: UUID
    caller: str | None
    state: State
    ended: Ended
    figures: Figures
    line: LineFigures
    seconds: float
    cause: int | None
    """Why the caller's channel was destroyed (Q.850), where the switchboard says so."""
    cost: Cost = Cost()


class CallObserver(Protocol):
    """Sees all and decides nothing; never waits and never raises."""

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        """Learn of an event and of the state after it."""
        ...

    def ended(self, record: CallRecord) -> None: ...
