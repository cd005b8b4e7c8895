"""Several who watch the same calls."""

from uuid import UUID

from application.ports.operations import CallObserver, CallRecord
from domain.dialog.events import Event
from domain.dialog.state import State


class Together:
    """Fulfils the port `CallObserver` by telling each of several."""

    def __init__(self, *observers: CallObserver) -> None:
        self._observers = observers

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        for observer in self._observers:
            observer.notice(call_id, event, state, at)

    def ended(self, record: CallRecord) -> None:
        for observer in self._observers:
            observer.ended(record)
