"""English dates and times of the day: "the twenty-sixth of November", "ten thirty a m"."""

import re
from datetime import date

from domain.verbalizer.dates import is_obvious
from domain.verbalizer.english_numbers import cardinal, ordinal, year
from domain.verbalizer.written import HYPHEN

_MONTHS = "January February March April May June July August September October November December".split()

_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in _MONTHS)
_DAY, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:19|20)\d\d"
_ISO = re.compile(
    rf"(?:\bthe\s)?(?<![\w-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>{_DAY})(?:(?P<clock>T)(?=\d\d:)|(?![\w-]))"
)
_DOTTED = re.compile(
    rf"(?<![\d.,/-])(?P<day>{_DAY})(?P<dot>[./])(?P<month>0?[1-9]|1[0-2])(?P=dot)(?P<year>{_YEAR}|\d\d)(?![\d/-]|[.,]\d)"
)
_DAY_FIRST = re.compile(
    rf"(?:\bthe\s)?(?<![\d.,])(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{_MONTH})(?!\w)(?:,?\s(?P<year>{_YEAR})(?!\d|[.,:]\d))?",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\w:])(?![.,]\d)(?:,?\s(?P<year>{_YEAR})(?!\d|[.,:]\d))?",
    re.I,
)
_BARE_YEAR = re.compile(
    rf"(?P<before>\b(?:in|since|of|year|from|until)\s)(?P<year>{_YEAR})(?![\d,.]\d|\w|\s?(?:UAH|hryv|grn|₴))", re.I
)
_TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:\s?(?P<half>[ap])\.?m\b\.?)?",
    re.I,
)
_HOUR = re.compile(r"(?<![\d:.,])(?P<hour>0?[1-9]|1[0-2])\s?(?P<half>[ap])\.?m\b(?:\.(?=\s[a-z]|,))?", re.I)
_SPAN = re.compile(rf"(?<=[ap] m)\s?{HYPHEN}\s?(?=\w)")


def dates(text: str, today: date | None) -> str:
    for pattern in (_ISO, _DOTTED, _DAY_FIRST, _MONTH_FIRST):
        text = pattern.sub(lambda found: _date(found, today), text)
    return _BARE_YEAR.sub(lambda found: found["before"] + year(int(found["year"])), text)


def times(text: str) -> str:
    text = _HOUR.sub(_time, _TIME.sub(_time, text))
    return _SPAN.sub(" to ", text)


def _date(found: re.Match[str], today: date | None) -> str:
    parts = found.groupdict()
    day, month, written = int(parts["day"]), _month(parts["month"]), parts["year"]
    said = f"the {ordinal(day)} of {_MONTHS[month - 1]}"
    if written:
        full = int(written) if len(written) == 4 else 2000 + int(written)
        if not is_obvious(full, month, day, today):
            said += f", {year(full)}"
    return f"{said}, " if parts.get("clock") else said


def _month(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return next(at for at, month in enumerate(_MONTHS, 1) if month[:3] == written[:3].capitalize())


def _time(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found.groupdict().get("minute") or 0)
    half = (found["half"] or ("a" if hour % 24 < 12 else "p")).lower()
    said = cardinal(hour % 12 or 12)
    if minute:
        said += f" {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    return f"{said} {half} m"
