"""What of a long call the model is shown again."""

from hypothesis import given
from hypothesis import strategies as st

from domain.history import MOST_CHARACTERS, recent
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn


def use(result: str) -> ToolUse:
    return ToolUse(ToolCall("1", "search_tires", {}), result)


TEXTS = st.text("шини ", max_size=30)
TURNS: st.SearchStrategy[list[Turn]] = st.lists(
    st.one_of(st.builds(CallerTurn, TEXTS), st.builds(AgentTurn, TEXTS), st.builds(use, TEXTS)), max_size=20
)


@given(TURNS, st.integers(0, 200))
def test_what_is_shown_is_the_end_of_the_call_in_whole_turns(turns: list[Turn], characters: int) -> None:
    shown = recent(turns, characters)
    assert list(shown) == turns[len(turns) - len(shown) :]
    assert bool(shown) is bool(turns)


@given(TURNS, st.integers(0, 200))
def test_a_call_that_was_cut_begins_with_the_caller(turns: list[Turn], characters: int) -> None:
    shown = recent(turns, characters)
    assert len(shown) in (len(turns), 1) or isinstance(shown[0], CallerTurn)


def test_a_short_call_is_shown_whole() -> None:
    turns = (AgentTurn("Добрий день!"), CallerTurn("шини"), use("три"), AgentTurn("Є три."))
    assert recent(turns) == turns


def test_a_tools_result_goes_with_its_call_or_not_at_all() -> None:
    turns = (CallerTurn("шини"), use("x" * 50), AgentTurn("Є три."), CallerTurn("добре"))
    assert recent(turns, 20) == (CallerTurn("добре"),)
    assert recent(turns, 100) == turns


def test_the_last_turn_is_shown_whatever_its_size() -> None:
    assert recent([CallerTurn("а"), CallerTurn("б" * (MOST_CHARACTERS + 1))]) == (
        CallerTurn("б" * (MOST_CHARACTERS + 1)),
    )
