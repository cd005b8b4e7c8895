"""What is kept of a call is found by its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.dialog.phases import Outcome
from domain.records import CallEnded, CallKey, StoredCall, StoredRecord, TurnTaken, search_words

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", set()),
        ("— … !", set()),
        ("Мені треба ШИНИ", {"мені", "треба", "шини"}),
        ("об'їзна, обʼїзна, об’їзна", {"обїзна"}),
        ("205/55 R16", {"205", "55", "r16"}),
        ("Straße STRASSE", {"strasse"}),
        ("шини, шини", {"шини"}),
    ],
)
def test_a_text_is_found_by_its_words_without_case_or_apostrophes(text: str, words: set[str]) -> None:
    assert search_words(text) == words


def test_calls_stand_in_the_order_in_which_they_began() -> None:
    one = StoredCall(call_id=UUID(int=2), began=NOON)
    two = StoredCall(call_id=UUID(int=1), began=NOON + timedelta(microseconds=1))
    assert one.key < two.key
    assert one.key == CallKey(NOON, UUID(int=2))
    assert CallKey(NOON, UUID(int=1)) < one.key


CALL = StoredCall(call_id=UUID(int=1), began=NOON, caller="380671234567")
HELLO = TurnTaken(
    call_id=CALL.call_id,
    began=NOON,
    sequence=1,
    at=NOON + timedelta(seconds=9),
    number=1,
    speaker="agent",
    text="Вітаю!",
)


def test_a_lost_call_ends_where_its_record_does() -> None:
    lost = StoredRecord(call=CALL, transcript=(HELLO,)).lost()
    assert (lost.outcome, lost.at, lost.seconds, lost.caller) == (Outcome.LOST, HELLO.at, 9.0, CALL.caller)


def test_a_lost_call_of_which_nothing_was_noted_ends_where_it_began() -> None:
    lost = StoredRecord(call=CALL).lost()
    assert (lost.at, lost.seconds) == (NOON, 0.0)


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_a_call_is_cut_off_that_nobody_has_ended(outcome: Outcome | None) -> None:
    ended = outcome and CallEnded(call_id=CALL.call_id, began=NOON, sequence=5, at=NOON, outcome=outcome, seconds=1.0)
    assert StoredRecord(call=replace(CALL, ended=ended)).cut_off is (outcome in {None, Outcome.LOST})
