"""What the log tells of calls."""

from structlog.testing import capture_logs

from domain.dialog.events import EarFailed, LineSilent, ReplyFailed
from entrypoints.call_log import CallLog
from tests.entrypoints.calls_seen import CALL_ID, RECORD


def test_a_call_that_has_ended_is_one_line_with_its_figures() -> None:
    with capture_logs() as lines:
        CallLog().ended(RECORD)
    (line,) = lines
    assert line["event"] == "call ended"
    assert (line["call_id"], line["outcome"], line["reason"]) == (str(CALL_ID), "handed_over", "customer_request")
    assert (line["turns"], line["interruptions"], line["cause"], line["seconds"]) == (2, 1, 16, 12.3)
    assert (line["response_p50_ms"], line["response_p95_ms"], line["dead_air_max_ms"]) == (700, 700, 1400)
    assert (line["frames_received"], line["frames_sent"], line["lateness_p99_ms"]) == (100, 101, 1.3)


def test_neither_the_caller_nor_a_word_of_the_call_is_told() -> None:
    with capture_logs() as lines:
        CallLog().ended(RECORD)
    assert "067" not in str(lines)
    assert "оператора" not in str(lines)


def test_what_failed_in_a_call_is_told_when_it_fails_and_nothing_else() -> None:
    log = CallLog()
    with capture_logs() as lines:
        for event in (ReplyFailed("model", "сказане"), LineSilent(), EarFailed()):
            log.notice(CALL_ID, event, RECORD.state, 0.0)
    assert lines == [
        {"event": "reply failed", "log_level": "warning", "call_id": str(CALL_ID), "stage": "model"},
        {"event": "recognizer failed", "log_level": "warning", "call_id": str(CALL_ID)},
    ]
