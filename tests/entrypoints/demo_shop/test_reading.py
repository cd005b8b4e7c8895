"""Fields of queries and bodies: what is taken, and what is refused."""

from datetime import date, time
from enum import Enum

import pytest

from adapters.demo_shop.refusals import Invalid
from entrypoints.demo_shop.reading import Fields, Malformed, required


class Color(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("written", "kopecks"),
    [("2141", 214100), ("2141.5", 214150), ("0", 0), ("1e3", 100000), (1500.25, 150025), (1000000, 100000000)],
)
def test_an_amount_becomes_kopecks(written: object, kopecks: int) -> None:
    assert Fields({"a": written}).kopecks("a") == kopecks


@pytest.mark.parametrize("written", ["-1", "1000001", "nan", "1,5", "", True, [], None])
def test_what_is_no_amount_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).kopecks("a")


@pytest.mark.parametrize(("written", "whole"), [("5", 5), (5, 5), (5.0, 5)])
def test_a_whole_number_may_be_written_in_three_ways(written: object, whole: int) -> None:
    assert Fields({"a": written}).whole("a", least=1, most=9) == whole


@pytest.mark.parametrize("written", ["0", "10", "5.0", "５", "", 5.5, True, None, [5], float("nan")])
def test_what_is_no_whole_number_of_this_range_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).whole("a", least=1, most=9)


@pytest.mark.parametrize("written", ["", "x" * 11, "\ud800", 5, None])
def test_what_is_no_text_of_this_length_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).text("a", most=10)


@pytest.mark.parametrize("written", ["2026-02-30", "20261125", "2026-W48-3", "2026-11-25T10:00", 20261125])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).day("a")


@pytest.mark.parametrize("written", ["9:00", "24:00", "09:00:00", "0900", 9])
def test_what_is_no_time_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).at("a")


@pytest.mark.parametrize("written", ["yes", 1, "", None])
def test_what_is_neither_true_nor_false_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).switch("a")


def test_fields_are_read_by_their_kind() -> None:
    fields = Fields({"t": "x", "d": "2026-11-25", "c": "09:30", "s": "true", "e": "red", "w": "up", "n": 0.5})
    assert (fields.text("t"), fields.day("d"), fields.at("c")) == ("x", date(2026, 11, 25), time(9, 30))
    assert (fields.switch("s"), fields.choice("e", Color), fields.word("w", "up")) == (True, Color.RED, "up")
    assert fields.number("n", least=0, most=1) == 0.5
    fields.end()


def test_a_field_that_is_left_out_is_none() -> None:
    fields = Fields({})
    assert (fields.text("a"), fields.day("a"), fields.at("a"), fields.switch("a")) == (None, None, None, None)
    assert (fields.choice("a", Color), fields.word("a", "up"), fields.kopecks("a")) == (None, None, None)
    assert (fields.whole("a", least=0, most=1), fields.number("a", least=0, most=1)) == (None, None)
    with pytest.raises(Invalid):
        required("a", fields.text("a"))


@pytest.mark.parametrize("written", [None, [], {}, ["x"], [{}, {}, {}]])
def test_what_is_no_list_of_objects_is_refused(written: object) -> None:
    with pytest.raises(Invalid):
        Fields({"a": written}).list("a", most=2)


def test_a_field_that_nobody_reads_is_refused() -> None:
    fields = Fields({"wdth": "205"})
    fields.text("width")
    with pytest.raises(Invalid, match="wdth"):
        fields.end()


def test_a_parameter_that_is_given_twice_is_refused() -> None:
    with pytest.raises(Invalid):
        Fields.of_query([("a", "1"), ("a", "2")])


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_not_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        Fields.of_body(body)


@pytest.mark.parametrize("body", [b"[]", b"1", b"null"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        Fields.of_body(body)


def test_equal_bodies_have_one_form() -> None:
    assert Fields.of_body(b'{"a": 1, "b": 2}').canonical == Fields.of_body(b'{"b":2,"a":1}').canonical
