"""Days and times of day that the caller names, asked for or not."""

from datetime import date

from adapters.offline.rules.figures import figures
from adapters.offline.rules.vocabulary import MONTHS, WEEKDAYS, sounds
from domain.hearing.understood import understood
from domain.speech import Expectation

_DAY_WORDS = "|".join(
    (
        *(r"сьогодні|сегодня|today", r"(після)?завтра|послезавтра|tomorrow", r"через (тиждень|неделю)|in a week"),
        *(r"\d{4}-\d{2}-\d{2}", r"\d{1,2} числ\w+", *WEEKDAYS, *MONTHS),
    )
)
_TIME_WORDS = r"(о|об|на|в|у|к|at|for) \d{1,2}|\d{1,2} (годин\w*|час\w*|ранку|утра|вечора|вечера|дня|am|pm|o'clock)"
_SURE_TIME_WORDS = r"(о|об|at) \d{1,2}|\d{1,2} годин\w*"
_SOON = (
    r"(найближч|ближайш)\w+|якнайшвидше|якомога швидше|скор(іше|ее)|будь-який|любой|коли є|any|soonest|earliest|"
    r"as soon as possible"
)


def day_in(text: str, today: date | None, *, asked: bool = False) -> str | None:
    """Return the day as an ISO date; where none is asked for, only words of days are taken for one."""
    if not asked and not sounds(_DAY_WORDS, figures(text, ordinals=True)):
        return None
    day = understood(text, Expectation.DATE, today=today)
    return day if day[4:5] == "-" else None


def time_in(text: str, *, asked: bool = False) -> str | None:
    """Return the time as `10:30`; where none is asked for, only words of times are taken for one."""
    if not asked and not sounds(_TIME_WORDS, figures(text, ordinals=True)):
        return None
    time = understood(text, Expectation.TIME)
    return time if time[2:3] == ":" else None


def names_a_time(text: str) -> bool:
    """Whether a time of day is named beyond doubt, whatever was asked."""
    return sounds(_SURE_TIME_WORDS, figures(text, ordinals=True))


def is_soon(text: str) -> bool:
    """Whether any day will do, the sooner the better."""
    return sounds(_SOON, figures(text))
