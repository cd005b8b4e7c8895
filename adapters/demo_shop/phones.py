"""Telephone numbers, as the demo shop keeps them: with a plus and the country."""

import re

from adapters.demo_shop.refusals import Invalid

_NATIONAL_DIGITS = 10
_NUMBER = re.compile(r"\+?[0-9]{10,15}")


def phone_number(written: str) -> str:
    """Return `+380671234567` for `0671234567` and its like.  Raises `Invalid` for what is no number."""
    if not _NUMBER.fullmatch(written):
        raise Invalid("phone: not a telephone number")
    digits = written.removeprefix("+")
    if len(digits) == _NATIONAL_DIGITS and digits.startswith("0"):
        return f"+38{digits}"
    return f"+{digits}"
