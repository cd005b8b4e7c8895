"""Where the time of a reply went."""

import pytest

from domain.records import Waterfall
from ui.waterfall import Stretch, longest_seconds, stretches


@pytest.mark.parametrize(
    ("fall", "bar"),
    [
        (
            Waterfall(final=0.2, first_word=0.7, first_audio=0.9),
            (Stretch("ear", 0, 0.2), Stretch("model", 0.2, 0.7), Stretch("voice", 0.7, 0.9)),
        ),
        (
            Waterfall(final=0.6, first_word=0.3, first_audio=0.8),
            (Stretch("model", 0, 0.3), Stretch("ear", 0.3, 0.6), Stretch("voice", 0.6, 0.8)),
        ),
        (
            Waterfall(final=0.9, first_word=0.3, first_audio=0.4),
            (Stretch("model", 0, 0.3), Stretch("voice", 0.3, 0.4)),
        ),
        (Waterfall(final=0.2), (Stretch("ear", 0, 0.2),)),
        (Waterfall(final=-0.1, first_audio=0.4), (Stretch("voice", 0, 0.4),)),
        (Waterfall(), ()),
    ],
)
def test_each_stretch_is_what_was_waited_for_last(fall: Waterfall, bar: tuple[Stretch, ...]) -> None:
    assert stretches(fall) == bar


def test_the_bars_of_a_call_without_replies_have_a_length_too() -> None:
    assert longest_seconds(()) == 1.0
