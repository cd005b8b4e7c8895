"""Callers' numbers on pages."""

import re

_FIRST_DIGITS, _LAST_DIGITS = 6, 2
_NUMBER = re.compile(r"(?<![\w.-])\+?\d(?:[\s()-]{0,2}\d){8,18}(?![\w:-]|\.\d)")
"""Of a telephone or a card; orders and amounts are shorter."""


def masked(number: str | None) -> str:
    """Return a number by which one knows it again, and no more: `+38067•••••67`."""
    if number is None or len(number) <= _FIRST_DIGITS + _LAST_DIGITS:
        return "•" * len(number or "")
    hidden = "•" * (len(number) - _FIRST_DIGITS - _LAST_DIGITS)
    return number[:_FIRST_DIGITS] + hidden + number[-_LAST_DIGITS:]


def masked_in(text: str) -> str:
    """Return a text whose telephone and card numbers are masked."""
    return _NUMBER.sub(lambda found: masked(found[0]), text)
