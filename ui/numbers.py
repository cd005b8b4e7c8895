"""Callers' numbers on pages."""

_FIRST_DIGITS, _LAST_DIGITS = 6, 2


def masked(number: str | None) -> str:
    """Return a number by which one knows it again, and no more: `+38067•••••67`."""
    if number is None or len(number) <= _FIRST_DIGITS + _LAST_DIGITS:
        return "•" * len(number or "")
    hidden = "•" * (len(number) - _FIRST_DIGITS - _LAST_DIGITS)
    return number[:_FIRST_DIGITS] + hidden + number[-_LAST_DIGITS:]
