"""Days and times of day in the caller's words, and as they are said to him."""

import re
from datetime import date, timedelta

from adapters.offline.rules.vocabulary import MONTHS, WEEKDAYS, found, sounds

_TOMORROW, _DAY_AFTER, _TODAY = (
    r"завтра|tomorrow",
    r"післязавтра|послезавтра|day after tomorrow",
    r"сьогодні|сегодня|today",
)
_IN_A_WEEK = r"через (тиждень|неделю)|in a week"
_SOON = r"(найближч|ближайш)\w+|якнайшвидше|якомога швидше|скор(іше|ее)|будь-який|любой|коли є|any|soonest|as soon as possible|earliest"
_NUMBERED = re.compile(r"(?<!\S)(\d{1,2})(?:го|е)? числ\w+")
_ISO = re.compile(r"(?<!\S)\d{4}-\d{2}-\d{2}(?!\S)")
_HALF = re.compile(r"(?<!\S)(?:о )?(?:пів|пол|половин\w+) (?:на )?(\d{1,2})(?!\S)")
_CLOCK = re.compile(
    r"(?<!\S)(?:(?:о|об|в|на|у|к|at|до|for)(?: the)? )?(\d{1,2})(?: (?:годин\w*|час\w*|o'clock|год|hours?))?"
    r"(?: (00|15|30|45))?(?: (ранку|утра|вечора|вечера|дня|am|pm|a m|p m))?(?!\S)"
)
_AFTERNOON = ("вечора", "вечера", "дня", "pm", "p m")
_FIRST_HOUR, _LAST_HOUR = 8, 20
_FIRST_WITHOUT_WORD = 8
"""Hours before this, said alone, are of the afternoon."""


def day_in(spoken: str, today: date | None) -> str | None:
    """Return the day as an ISO date; ordinals are figures in these words."""
    if match := _ISO.search(spoken):
        return match.group()
    if today is None:
        return None
    if sounds(_DAY_AFTER, spoken):
        return (today + timedelta(days=2)).isoformat()
    if sounds(_TOMORROW, spoken):
        return (today + timedelta(days=1)).isoformat()
    if sounds(_TODAY, spoken):
        return today.isoformat()
    if sounds(_IN_A_WEEK, spoken):
        return (today + timedelta(days=7)).isoformat()
    if (day := _dated(spoken, today)) is not None:
        return day.isoformat()
    for weekday, sound in enumerate(WEEKDAYS):
        if sounds(sound, spoken):
            return (today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)).isoformat()
    return None


def is_soon(spoken: str) -> bool:
    """Whether any day will do, the sooner the better."""
    return sounds(_SOON, spoken)


def time_in(spoken: str) -> str | None:
    """Return the time as `10:30`; ordinals are figures in these words."""
    rest = _ISO.sub(" ", spoken)
    for sound in MONTHS:
        rest = re.sub(rf"(?<!\S)\d{{1,2}} (?:{sound})|(?<!\S)(?:{sound}) \d{{1,2}}", " ", rest)
    rest = _NUMBERED.sub(" ", rest)
    if half := _HALF.search(rest):
        return f"{int(half.group(1)) - 1:02}:30"
    for match in _CLOCK.finditer(rest):
        hour, minutes, part = int(match.group(1)), match.group(2) or "00", match.group(3)
        if hour < 12 and (part in _AFTERNOON or (part is None and hour < _FIRST_WITHOUT_WORD)):
            hour += 12
        if _FIRST_HOUR <= hour <= _LAST_HOUR:
            return f"{hour:02}:{minutes}"
    return None


def _dated(spoken: str, today: date) -> date | None:
    for number, sound in enumerate(MONTHS, start=1):
        match = found(rf"(\d{{1,2}})(?:th|st|nd|rd)?(?: of)? (?:{sound})|(?:{sound}) (?:the )?(\d{{1,2}})", spoken)
        if match:
            days = [int(group) for group in match.groups() if group and group.isdigit()]
            return _coming(today, number, days[0])
    if match := _NUMBERED.search(spoken):
        day = int(match.group(1))
        month = today.month if day >= today.day else today.month % 12 + 1
        return _coming(today, month, day)
    return None


def _coming(today: date, month: int, day: int) -> date | None:
    """Return this day, of this year or of the next."""
    try:
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
