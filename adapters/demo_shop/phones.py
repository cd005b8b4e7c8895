"""Telephone numbers, as the demo shop keeps them: with a plus and the country."""

import re

from adapters.demo_shop.refusals import Invalid

_NATIONAL_DIGITS = 10
_FILLING = re.compile(r"[\s()\-]")
_NUMBER = re.compile(r"\+?[0-9]{10,15}")


def phone_number(written: str) -> str:
    """Return `+380671234567` for `067 123-45-67` and its like.  Raises `Invalid` for what is no number."""
    number = _FILLING.sub("", written)
    if not _NUMBER.fullmatch(number):
        raise Invalid("phone: not a telephone number")
    digits = number.removeprefix("+")
    if len(digits) == _NATIONAL_DIGITS and digits.startswith("0"):
        return f"+38{digits}"
    return f"+{digits}"
