"""Several who watch the same calls."""

from dataclasses import dataclass, field
from uuid import UUID

from application.ports.operations import CallRecord
from domain.dialog.events import Event, LineSilent
from domain.dialog.state import State
from entrypoints.observers import Together
from tests.entrypoints.calls_seen import CALL_ID, RECORD


@dataclass
class Witness:
    seen: list[object] = field(default_factory=list)

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        self.seen.append((call_id, event, at))

    def ended(self, record: CallRecord) -> None:
        self.seen.append(record)


def test_each_sees_all() -> None:
    one, other = Witness(), Witness()
    together = Together(one, other)
    together.notice(CALL_ID, LineSilent(), RECORD.state, 1.5)
    together.ended(RECORD)
    assert one.seen == other.seen == [(CALL_ID, LineSilent(), 1.5), RECORD]
