"""A call that has ended, for those who watch calls."""

from uuid import UUID

from application.ports.line import LineFigures
from application.ports.operations import CallRecord
from domain.costs import Cost, Dollars
from domain.dialog.phases import Ended, Outcome
from domain.dialog.state import State
from domain.figures import Figures
from domain.hand_over import Reason
from domain.transcript import AgentTurn, CallerTurn

CALL_ID = UUID(int=7)
RECORD = CallRecord(
    CALL_ID,
    "380671234567",
    State(turns=(CallerTurn("дайте оператора"), AgentTurn("З'єдную вас.", cut=True))),
    Ended(Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST),
    Figures(turns=2, interruptions=1, responses_seconds=[0.5, 0.7], dead_air_seconds=[0.2, 1.4]),
    LineFigures(frames_received=100, frames_sent=101, lateness_p99_ms=1.26),
    12.34,
    16,
    Cost(model=Dollars(12_000), voice=Dollars(300)),
)
