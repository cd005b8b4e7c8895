"""One line in the log for each call that has ended, and one for each thing that went wrong in it."""

from uuid import UUID

import structlog

from application.ports.live import Command
from application.ports.operations import CallRecord
from domain.dialog.events import EarFailed, Event, ReplyFailed
from domain.dialog.state import State
from domain.figures import percentile

log: structlog.stdlib.BoundLogger = structlog.get_logger()


class CallLog:
    """Fulfils the port `CallObserver`; says nothing of who called or what was said."""

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        match event:
            case ReplyFailed(stage):
                log.warning("reply failed", call_id=str(call_id), stage=stage)
            case EarFailed():
                log.warning("recognizer failed", call_id=str(call_id))
            case _:
                pass

    def ended(self, record: CallRecord) -> None:
        figures, line = record.figures, record.line
        log.info(
            "call ended",
            call_id=str(record.call_id),
            outcome=record.ended.outcome.value,
            reason=record.ended.reason.value if record.ended.reason else None,
            cause=record.cause,
            seconds=round(record.seconds, 1),
            turns=figures.turns,
            interruptions=figures.interruptions,
            response_p50_ms=round(percentile(figures.responses_seconds, 0.5) * 1000),
            response_p95_ms=round(percentile(figures.responses_seconds, 0.95) * 1000),
            dead_air_max_ms=round(max(figures.dead_air_seconds, default=0.0) * 1000),
            frames_received=line.frames_received,
            frames_sent=line.frames_sent,
            lateness_p99_ms=round(line.lateness_p99_ms, 1),
            unknown_messages=line.unknown_messages,
        )


def log_obeyed(command: Command) -> None:
    """Log that somebody who watches a call has ended it or given it to an operator."""
    log.info("command obeyed", call_id=str(command.call_id), demand=command.demand.value)


def log_not_recalled(error: Exception) -> None:
    """Log that a caller's earlier calls could not be read, for a reason that nobody expects."""
    log.error("earlier calls are not recalled", exc_info=error)
