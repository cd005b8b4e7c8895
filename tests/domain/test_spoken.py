"""What of the agent's words was heard, by the sender's count."""

from hypothesis import given
from hypothesis import strategies as st

from domain.spoken import FRAMES_ON_THEIR_WAY, Spoken

CLAUSES = st.lists(
    st.lists(st.text("абвгґ", min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4
)


def spoken(*clauses: tuple[str, int], whole: bool = True) -> Spoken:
    """Clauses of so many frames, one after the other, from the beginning of the line."""
    said, position = Spoken(), 0
    for number, (text, frames) in enumerate(clauses, 1):
        said.begin(text, position)
        said.add(frames)
        if whole or number < len(clauses):
            said.end()
        position += frames
    return said


def heard(said: Spoken, frames: int) -> str:
    return said.heard(frames + FRAMES_ON_THEIR_WAY)


@given(CLAUSES, st.integers(1, 300), st.integers(0, 1500), st.booleans())
def test_what_was_heard_is_the_beginning_of_what_was_said_in_whole_words(
    clauses: list[str], frames: int, position: int, whole: bool
) -> None:
    said = spoken(*[(clause, frames) for clause in clauses], whole=whole)
    words = said.text.split()
    got = said.heard(position).split()
    assert got == words[: len(got)]


@given(CLAUSES, st.integers(1, 100), st.integers(0, 800), st.integers(0, 100))
def test_more_frames_are_never_fewer_words(clauses: list[str], frames: int, position: int, more: int) -> None:
    said = spoken(*[(clause, frames) for clause in clauses])
    assert said.heard(position + more).startswith(said.heard(position))


def test_what_was_sent_whole_was_heard_whole() -> None:
    said = spoken(("Є три варіанти.", 50), ("Який вам?", 30))
    assert said.text == "Є три варіанти. Який вам?"
    assert heard(said, 80) == "Є три варіанти. Який вам?"
    assert heard(said, 50) == "Є три варіанти."


def test_frames_on_their_way_were_not_heard() -> None:
    said = spoken(("так", 9))
    assert said.heard(9) == ""
    assert said.heard(11) == "так"


def test_a_word_that_was_cut_was_not_heard() -> None:
    said = spoken(("один два три", 120))
    assert [heard(said, frames) for frames in (0, 39, 40, 75, 80, 119, 120)] == [
        "",
        "",
        "один",
        "один",
        "один два",
        "один два",
        "один два три",
    ]


def test_a_clause_that_is_still_growing_is_taken_to_have_its_usual_pace() -> None:
    said = spoken(("один два три", 12), whole=False)
    assert heard(said, 12) == "один"
    said.end()
    assert heard(said, 12) == "один два три"


def test_a_clause_that_lies_further_down_the_line_was_not_heard() -> None:
    said = Spoken()
    assert said.text == said.heard(100) == ""
    said.begin("Добре.", 500)
    said.add(20)
    assert said.heard(400) == ""
