"""What is kept of a call is found by its words."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.records import CallKey, StoredCall, search_words

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
