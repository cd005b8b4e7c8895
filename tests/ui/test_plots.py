"""Plots as the pages show them."""

import re
from xml.etree.ElementTree import fromstring

import pytest

from ui.plots import bars

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("before", "today", "marks"),
    [
        ((0, 0), (0,), "0 1"),
        ((4, 1), (2,), "0 1 2 3 4"),
        ((9, 22), (1, 3), "0 10 20 30"),
        ((173,), (), "0 50 100 150 200"),
    ],
)
def test_heights_are_marked_in_round_numbers(before: tuple[int, ...], today: tuple[int, ...], marks: str) -> None:
    plot = bars("Calls", [str(each) for each in range(len(before))], {"before": before, "today": today})
    axis = next(each for each in fromstring(plot).iter() if each.get("class", "").startswith("axis y"))
    found = [each.text for each in axis.iter(f"{SVG}text")]
    assert " ".join(filter(None, found)) == marks


def test_no_style_and_no_script_comes_with_a_plot() -> None:
    plot = bars("Calls", ["mon", "tue"], {"alone": (3, 4), "handed over": (1, 0)}, stacked=True)
    assert re.findall(r"<(?:\w+:)?(?:style|script)\b|\sstyle=|\son\w+=", plot) == []
    assert "Pygal" not in plot
    assert 'role="img"' in plot and 'aria-label="Calls"' in plot
