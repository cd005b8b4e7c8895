"""Plots: pygal draws them, and our own style sheet colours them, for a plot is part of its page and of its light.

What pygal writes of styles and scripts is left out; the pages allow neither.
"""

from collections.abc import Mapping, Sequence
from itertools import count, zip_longest
from xml.etree.ElementTree import Element, tostring

import pygal
from markupsafe import Markup

_WIDTH, _HEIGHT = 640, 190
_UNWANTED = ("defs", "desc", "script", "style")


def bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]], *, stacked: bool = False) -> Markup:
    """Draw bars over these labels, those of the series beside one another or one upon the other."""
    kind = pygal.StackedBar if stacked else pygal.Bar
    chart = kind(
        width=_WIDTH,
        height=_HEIGHT,
        explicit_size=False,
        show_legend=False,
        js=[],
        margin=4,
        margin_bottom=12,
        spacing=8,
        include_x_axis=True,
        value_formatter=lambda value: f"{value:g}" if value is not None and value == int(value) else "",
    )
    chart.x_labels = labels
    chart.y_labels = _marks(
        [sum(each) if stacked else max(each) for each in zip_longest(*series.values(), fillvalue=0)]
    )
    for name, values in series.items():
        chart.add(name, values)
    drawing = chart.render_tree()
    _clean(drawing)
    for name in drawing.findall("{*}title"):
        name.text = title
    drawing.set("role", "img")
    drawing.set("aria-label", title)
    return Markup(tostring(drawing, encoding="unicode"))


def _marks(heights: Sequence[int]) -> Sequence[int]:
    """Return round numbers from 0 up to the highest, five at most."""
    most = max([1, *heights])
    step = next(unit * 10**power for power in count() for unit in (1, 2, 5) if most <= 4 * unit * 10**power)
    return range(0, most + step, step)


def _clean(element: Element) -> None:
    for child in list(element):
        if callable(child.tag) or child.tag.rpartition("}")[2] in _UNWANTED:  # a comment's tag is a function
            element.remove(child)
        else:
            child.attrib.pop("style", None)
            _clean(child)
