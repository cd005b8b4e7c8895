"""Entries as lines of JSON."""

from dataclasses import replace

import pytest

from adapters.entries import read, written
from domain.hand_over import Reason
from domain.records import AnyEntry, CallEnded, ModelUsed
from tests.contracts.archive import CALL, WHOLE

ODD = CALL.turn(1, "\ud83d \u2028 \x00 \n")


@pytest.mark.parametrize(
    "entry",
    [
        *WHOLE,
        CALL.turn(2, "waterfall"),
        replace(CALL.begins, caller=None),
        replace(CALL.ends(), reason=Reason.POLICY_LIMIT, response_p50_seconds=None),
        replace(CALL.ends(), cost=None, order_total=None),
        ODD,
    ],
)
def test_an_entry_is_read_as_it_was_written(entry: AnyEntry) -> None:
    line = written(entry)
    assert read(line) == entry
    assert len(line.splitlines()) == 1
    assert line.isascii()


def test_entries_from_before_facts_and_refusals_were_kept_are_read() -> None:
    turn, tool = CALL.turn(1, "Алло"), CALL.tool(2)
    assert read(written(turn).replace(', "refused": []', "")) == turn
    bare = replace(tool, facts={})
    assert read(written(bare).replace(', "facts": {}', "")) == bare


def test_an_entry_from_before_costs_were_kept_is_read() -> None:
    line = (
        '{"kind": "CallEnded", "call_id": "00000000-0000-0000-0000-000000000001", "began": "2026-11-25T12:00:00+00:00",'
        ' "sequence": 7, "at": "2026-11-25T12:05:00+00:00", "outcome": "completed", "reason": null, "caller": null,'
        ' "seconds": 300.5, "orders": ["10245"], "bookings": []}'
    )
    ended = read(line)
    assert isinstance(ended, CallEnded)
    assert (ended.orders, ended.order_total, ended.cost) == (("10245",), None, None)
    used = read(written(CALL.model(3)).replace(', "written_tokens": 120, "estimated": false', ""))
    assert isinstance(used, ModelUsed)
    assert (used.input_tokens, used.written_tokens, used.estimated) == (2100, 0, False)


def test_an_argument_that_json_does_not_know_is_written_as_text() -> None:
    tool = replace(CALL.tool(2), arguments={"id": CALL.id, "tags": {"a"}})
    assert read(written(tool)) == replace(tool, arguments={"id": str(CALL.id), "tags": "{'a'}"})


@pytest.mark.parametrize(
    "line",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"kind": "CallBegan"}',
        '{"kind": "Call"}',
        '{"kind": "TurnTaken", "call_id": "x"}',
        written(CALL.begins).replace("caller", "colour"),
        written(CALL.ends()).replace("completed", "mislaid"),
        written(CALL.begins)[:-1],
    ],
)
def test_what_is_no_entry_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no entry"):
        read(line)
