"""Reading what the model passes to a tool."""

from datetime import date
from enum import Enum

import pytest

from application.calls.tools.arguments import choice, day, handled, needed, text, whole
from application.calls.tools.toolbox import ToolRefused


class Color(Enum):
    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("given", "read"),
    [(None, None), ("", None), ("  ", None), (" Київ  місто ", "Київ місто"), (10240, "10240"), (1.5, "1.5")],
)
def test_a_text_has_single_spaces_and_nothing_is_none(given: object, read: str | None) -> None:
    assert text({"name": given}, "name") == read
    assert text({}, "name") is None


@pytest.mark.parametrize("given", [True, ["a"], {"a": 1}, "x" * 201])
def test_what_is_no_text_is_refused(given: object) -> None:
    with pytest.raises(ToolRefused, match="name must"):
        text({"name": given}, "name")


@pytest.mark.parametrize(("given", "read"), [(None, None), ("", None), (4, 4), ("4", 4), (" 4 ", 4), (4.0, 4)])
def test_a_number_may_come_as_text(given: object, read: int | None) -> None:
    assert whole({"count": given}, "count", least=1, most=99) == read


@pytest.mark.parametrize("given", [0, 100, -1, "four", "4.5", 4.5, True, [], "٤½"])
def test_what_is_no_such_number_is_refused_with_the_bounds(given: object) -> None:
    with pytest.raises(ToolRefused, match="whole number from 1 to 99"):
        whole({"count": given}, "count", least=1, most=99)


@pytest.mark.parametrize(("given", "read"), [(None, None), ("", None), ("red", Color.RED), (" BLUE", Color.BLUE)])
def test_a_choice_is_one_of_those_listed(given: object, read: Color | None) -> None:
    assert choice({"color": given}, "color", Color) is read


def test_another_choice_is_refused_with_the_list() -> None:
    with pytest.raises(ToolRefused, match="red, blue"):
        choice({"color": "green"}, "color", Color)


def test_a_day_is_written_as_iso_writes_it() -> None:
    assert day({"date": "2026-11-26"}, "date") == date(2026, 11, 26)
    assert day({}, "date") is None
    with pytest.raises(ToolRefused, match="2026-11-26"):
        day({"date": "завтра"}, "date")


def test_a_handle_stands_for_what_was_offered() -> None:
    assert handled({"slot": "l2"}, "slot", "L", ("ten", "eleven")) == "eleven"
    assert handled({}, "slot", "L", ("ten",)) is None
    with pytest.raises(ToolRefused, match="one of: L1, L2"):
        handled({"slot": "L3"}, "slot", "L", ("ten", "eleven"))
    with pytest.raises(ToolRefused, match="none was offered yet"):
        handled({"slot": "L1"}, "slot", "L", ())


def test_what_is_needed_is_asked_for() -> None:
    assert needed("Київ", "city") == "Київ"
    with pytest.raises(ToolRefused, match=r"city is missing\. Ask the caller for it\."):
        needed(None, "city")
    with pytest.raises(ToolRefused, match=r"city is missing\. Ask where he lives\."):
        needed(None, "city", "Ask where he lives.")
