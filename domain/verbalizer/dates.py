"""Dates and years: the day and the year are ordinals, the year is said only when it is not obvious."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from domain.verbalizer.grammar import MASCULINE, NEUTER, Case
from domain.verbalizer.tongue import Tongue
from domain.verbalizer.written import HYPHEN, POINT

_N, _G, _A, _L, _I = Case.NOMINATIVE, Case.GENITIVE, Case.ACCUSATIVE, Case.LOCATIVE, Case.INSTRUMENTAL
NEXT_DAYS = timedelta(days=31)
"""A date within these needs no year, even in the next one."""

DatesReading = Callable[[str, date | None], str]

_BEFORE = r"(?:(?<![\w'])(?P<before>на|по|про)\s+)?"
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
_YEAR_WORD = rf"(?:\s?(?:року|рік|році|года|год|году|р|г)(?!\w){POINT})?"
_ENDING = r"(?:-?(?:го|ого|те|ше|ге|є|е)(?!\w))?"
_ISO = rf"(?<![\w-])(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>\d\d)(?:(?P<clock>T)(?=\d\d:\d\d)|(?![\w-]))"
_DOTTED = (
    rf"(?<![\d.,/-])(?P<day>{_DAY})(?P<dot>[./])(?P<month>{_MONTH}|[1-9])(?P=dot)(?P<year>{_YEAR}|\d\d)"
    r"(?![\d/-]|[.,]\d)"
)
_YEARLESS = (
    rf"(?<![\d.,/:-])(?P<day>[0-3]\d)\.(?P<month>{_MONTH})(?![\d/]|[.,:]\d)"
    r"(?!\s?(?:[%₴°″]|(?:тис|тыс|грн|uah|коп|км|кг|см|мм|м|л|бар|атм)\b))"
)
_AND = rf"(?:\s?(?:,|{HYPHEN})\s?|\s(?:та|і|й|або|чи|до|по|и|или)\s)"
_EACH = re.compile(rf"(?P<before>\bпо\s)?(?P<day>\d+){_ENDING}", re.I)
_SPAN = re.compile(rf"(\d+){_ENDING}\s?{HYPHEN}\s?(\d+){_ENDING}")


def dates(tongue: Tongue) -> DatesReading:
    months = "|".join((*tongue.months, *(rf"{prefix}\w{{0,2}}\." for prefix in tongue.month_prefixes)))
    numeric = (
        ("-", re.compile(_BEFORE + _ISO + _YEAR_WORD, re.I)),
        ("/", re.compile(_BEFORE + _DOTTED + _YEAR_WORD, re.I)),
        (".", re.compile(_BEFORE + _DOTTED + _YEAR_WORD, re.I)),
        (".", re.compile(_BEFORE + _YEARLESS, re.I)),
    )
    day = rf"{_DAY}(?!\d){_ENDING}"
    spelled = re.compile(
        rf"{_BEFORE}(?<![\d.,:/])(?P<days>{day}(?:{_AND}{day})*)\s(?P<month>{months})(?!\w)"
        rf"(?:,?\s(?P<year>{_YEAR})(?!\d|[.,:]\d){_YEAR_WORD})?",
        re.I,
    )
    forms = "|".join(sorted({*tongue.year.singular, tongue.year.singular[_N][0]}, key=len, reverse=True))
    years = re.compile(
        rf"(?:(?<![\w'])(?P<before>в|у)\s+)?(?<![\d.,])(?P<year>{_YEAR})(?:-?[гмй]\w?)?\s?(?P<word>{forms})(?!\w){POINT}",
        re.I,
    )

    def read(text: str, today: date | None) -> str:
        for sign, pattern in numeric:
            if sign in text:
                text = pattern.sub(lambda found: _numeric(found, tongue, today), text)
        text = spelled.sub(lambda found: _spelled(found, tongue, today), text)
        return years.sub(lambda found: _year(found, tongue), text)

    return read


def _numeric(found: re.Match[str], tongue: Tongue, today: date | None) -> str:
    parts = found.groupdict()
    day, month, year = int(parts["day"]), int(parts["month"]), parts.get("year")
    if not 1 <= day <= 31:
        return found.group()
    said = f"{_day(day, parts['before'], tongue)} {tongue.months[month - 1]}"
    if year:
        said += _unless_obvious(int(year) + (2000 if len(year) == 2 else 0), month, day, tongue, today)
    return _after(parts["before"], said) + (", " if parts.get("clock") else "")


def _spelled(found: re.Match[str], tongue: Tongue, today: date | None) -> str:
    before, written = found["before"], found["days"]
    month = next(at for at, prefix in enumerate(tongue.month_prefixes) if found["month"].lower().startswith(prefix))
    if not before and (span := _SPAN.fullmatch(written)):
        start, end = (_day(int(day), None, tongue) for day in span.groups())
        said = f"{tongue.of_times} {start} {tongue.until} {end}"
    else:
        said = _EACH.sub(
            lambda each: (each["before"] or "") + _day(int(each["day"]), each["before"] or before, tongue), written
        )
    said += " " + (tongue.months[month] if found["month"].endswith(".") else found["month"])
    if found["year"]:
        day = int(re.findall(r"\d+", written)[-1])
        said += _unless_obvious(int(found["year"]), month + 1, day, tongue, today)
    return _after(before, said)


def _day(day: int, before: str | None, tongue: Tongue) -> str:
    return tongue.numerals.ordinal(day, _A if before else _G, NEUTER)


def _after(before: str | None, said: str) -> str:
    return f"{before} {said}" if before else said


def _unless_obvious(year: int, month: int, day: int, tongue: Tongue, today: date | None) -> str:
    if is_obvious(year, month, day, today):
        return ""
    return f" {tongue.numerals.ordinal(year, _G, MASCULINE)} {tongue.year.singular[_G]}"


def is_obvious(year: int, month: int, day: int, today: date | None) -> bool:
    """Whether a date needs no year on this day."""
    if today is None:
        return False
    try:
        ahead = date(year, month, day) - today
    except ValueError:
        return year == today.year
    return year == today.year or timedelta(0) <= ahead <= NEXT_DAYS


def _year(found: re.Match[str], tongue: Tongue) -> str:
    word = found["word"].lower()
    if len(word) == 1:
        case = _L if found["before"] else _G
    else:
        case = next(case for case in (_N, _G, _L, _I, *Case) if tongue.year.singular[case] == word)
    said = f"{tongue.numerals.ordinal(int(found['year']), case, MASCULINE)} {tongue.year.singular[case]}"
    return _after(found["before"], said)
