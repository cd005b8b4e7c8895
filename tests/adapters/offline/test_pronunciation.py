import pytest

from adapters.offline.pronunciation import british, dictionary_lines


@pytest.mark.parametrize(
    ("american", "expected"),
    [
        ("T AY ER Z", "T AY AH Z"),
        ("W IH N T ER", "W IH N T AH"),
        ("AO R D ER", "AO D AH"),
        ("W EH R", "W EH AH"),
        ("R IH P IY T", "R IH P IY T"),
        ("D IH L IH V ER IY", "D IH L IH V ER IY"),
    ],
)
def test_britons_leave_out_the_r_that_no_vowel_follows(american: str, expected: str) -> None:
    assert " ".join(british(american.split())) == expected


def test_a_word_is_known_in_both_manners() -> None:
    assert next(dictionary_lines(frozenset({"winter"}))) == "winter W IH N T ER"
    assert any(line.endswith("W IH N T AH") for line in dictionary_lines(frozenset({"winter"})))


def test_words_that_sound_one_way_only_are_there_once() -> None:
    assert list(dictionary_lines(frozenset({"no"}))) == ["no N OW"]
