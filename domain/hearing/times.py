"""Times of day: `10:30` from "о пів на одинадцяту", "десята тридцять", "half past ten".

Rule 1: the shop's day lies between eight in the morning and eight in the
evening, so "о другій" is two in the afternoon unless it is said otherwise.
Rule 2: a bound ("після десятої"), a part of the day or several times are no time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.hearing.dates import date_spans
from domain.hearing.numbers import Numeral, Token, numerals

_HALF = frozenset("пів пол половина половину половині половине".split())
_QUARTER = ("чверт", "четверт", "quarter")
_TO = frozenset("за без to before".split())
_PAST = frozenset("по past after".split())
_BOUNDS = frozenset(
    """
    після до між раніше пізніше від з із зі через после между раньше позже от с со
    after before between until till from in
    """.split()
)
_HOURS = ("годин", "час", "o'clock", "oclock", "hour")
_ONE_OCLOCK = frozenset("час годину година годині".split())
"""One in the afternoon, said without its number: "час дня"."""
_MINUTES = ("хвилин", "хв", "минут", "мин", "minute")
_MORNING = ("ранку", "зранку", "вранці", "ранком", "утра", "утром", "morning", "ночі", "ночи")
_EVENING = ("вдень", "вечора", "ввечері", "увечері", "вечером", "пополудні", "afternoon", "evening")
_OF_THE_DAY = {"дня": "evening", "днем": "evening", "pm": "evening", "p": "evening", "am": "morning", "a": "morning"}
"""What these mean only behind an hour: "через два дня" is no afternoon."""
_GREETING = ("добр", "good")
_NOON = frozenset("опівдні полудень полудня полдень noon".split())
_DATE_ENDINGS = ("ого", "ього", "ьего", "ому", "ое", "ье")
_GENITIVE_HOURS = frozenset(
    """
    первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого
    """.split()
)
"""Russian hours that have begun: "половина одиннадцатого" is half past ten."""
_OPENS = 8
_NOON_HOUR = 12
_HALF_DAY = 12
_LAST_MINUTE = 59
_NOT_HOURS = tuple("шин шт кол кіл грн грив дні дней день тиж хвил минут tire tyre minute".split())


@dataclass(frozen=True, slots=True)
class _Time:
    hour: int
    minute: int
    end: int


def read_time(spoken: Sequence[Token]) -> str:
    spoken = _half_apart(spoken)
    times = {time for time in _Clock(spoken).times() if time}
    return times.pop() if len(times) == 1 else ""


def _half_apart(spoken: Sequence[Token]) -> tuple[Token, ...]:
    """Split Russian "полодиннадцатого" into its two words."""
    apart: list[Token] = []
    for token in spoken:
        rest = token.text.removeprefix("пол").lstrip("'")
        if rest != token.text and rest in _GENITIVE_HOURS:
            apart += [Token("пол", token.after_pause), Token(rest)]
        else:
            apart.append(token)
    return tuple(apart)


class _Clock:
    def __init__(self, spoken: Sequence[Token]) -> None:
        self._spoken = spoken
        self._numerals = {numeral.start: numeral for numeral in numerals(spoken)}
        self._dates = date_spans(spoken)

    def times(self) -> list[str]:
        found: list[str] = []
        at = 0
        while at < len(self._spoken):
            if self._text(at) in _NOON:
                found.append("12:00")
            time = self._fraction(at) or self._plain(at)
            if time is None:
                at += 1
                continue
            if not self._bounded(at):
                found.append(self._of_day(time))
            else:
                return []
            at = time.end
        return found

    def _text(self, at: int) -> str:
        return self._spoken[at].text if 0 <= at < len(self._spoken) else ""

    def _numeral(self, at: int) -> Numeral | None:
        return self._numerals.get(at)

    def _bounded(self, at: int) -> bool:
        """Whether the time only bounds a stretch; the hour's name between does not matter."""
        return self._text(at - 1) in _BOUNDS and not self._spoken[at].after_pause

    def _fraction(self, at: int) -> _Time | None:
        """Read halves, quarters and minutes of an hour that is to come or has begun."""
        if self._text(at) == "half":
            return self._of_hour(at + 1 + (self._text(at + 1) == "past"), minute=30, begun=self._text(at + 1) == "past")
        if self._text(at) in _HALF:
            return self._of_hour(at + 1 + (self._text(at + 1) == "на"), minute=30, begun=False)
        before = self._text(at) in ("за", "без")
        start = at + before
        start += self._text(start) == "a"
        minutes, end = self._minutes(start)
        if minutes is None:
            return None
        if before:
            return self._of_hour(end + (self._text(end) in ("до", "година")), minute=60 - minutes, begun=False)
        match self._text(end):
            case "на":
                return self._of_hour(end + 1, minute=minutes, begun=False)
            case word if word in _PAST:
                return self._of_hour(end + 1, minute=minutes, begun=True)
            case "to":
                return self._of_hour(end + 1, minute=60 - minutes, begun=False)
            case word if word in _GENITIVE_HOURS or self._text(end - 1).startswith(_QUARTER):
                return self._of_hour(end, minute=minutes, begun=False)
        return None

    def _minutes(self, at: int) -> tuple[int | None, int]:
        """Return the minutes that are named here, and where what follows begins."""
        if self._text(at).startswith(_QUARTER) and self._numeral_is_no_ordinal(at):
            return 15, at + 1
        numeral = self._numeral(at)
        if numeral is None or numeral.ordinal or not 0 < numeral.value <= _LAST_MINUTE:
            return None, at
        named = self._text(numeral.end).startswith(_MINUTES)
        return numeral.value, numeral.end + named

    def _numeral_is_no_ordinal(self, at: int) -> bool:
        """Whether "четверть" is a quarter: "четверта" is an hour."""
        return self._text(at) not in ("четверта", "четверту", "четвертої", "четвертій", "четвертая", "четвертого")

    def _of_hour(self, at: int, *, minute: int, begun: bool) -> _Time | None:
        numeral = self._numeral(at)
        if numeral is None or not 1 <= numeral.value <= 24:
            return None
        hour = numeral.value if begun else numeral.value - 1
        return _Time(hour or _NOON_HOUR, minute, numeral.end)

    def _plain(self, at: int) -> _Time | None:
        """Read "десята тридцять", "о десятій", `10:30`."""
        if self._text(at) in _ONE_OCLOCK and self._text(at + 1) == "дня":
            return _Time(1, 0, at + 1)
        numeral = self._numeral(at)
        if numeral is None or not 0 <= numeral.value <= 24 or self._is_date(numeral):
            return None
        if self._text(numeral.end).startswith(_NOT_HOURS):
            return None
        end = numeral.end + self._text(numeral.end).startswith(_HOURS)
        minutes = self._numeral(end)
        if minutes is None or minutes.ordinal or self._spoken[end].after_pause or self._is_date(minutes):
            return _Time(numeral.value, 0, end)
        figures, last = minutes.digits, minutes.end
        following = self._numeral(last)
        if figures == "0" and following is not None and len(following.digits) == 1 and not following.ordinal:
            figures, last = f"0{following.digits}", following.end
        if figures != "0" and (len(figures) != 2 or int(figures) > _LAST_MINUTE):
            return _Time(numeral.value, 0, end)
        return _Time(numeral.value, int(figures), last + self._text(last).startswith(_MINUTES))

    def _is_date(self, numeral: Numeral) -> bool:
        within = any(first <= numeral.start < last for first, last in self._dates)
        return within or (numeral.ordinal and numeral.last.endswith(_DATE_ENDINGS))

    def _of_day(self, time: _Time) -> str:
        hour, half = time.hour, self._half_of_day(time)
        if (half == "evening" and hour < _NOON_HOUR) or (not half and 0 < hour < _OPENS):
            hour += _HALF_DAY
        return f"{hour:02}:{time.minute:02}" if hour < 24 else ""

    def _half_of_day(self, time: _Time) -> str:
        behind = self._text(time.end)
        if behind in _OF_THE_DAY:
            return _OF_THE_DAY[behind]
        for at, token in enumerate(self._spoken):
            if self._text(at - 1).startswith(_GREETING):
                continue
            if token.text.startswith(_MORNING):
                return "morning"
            if token.text.startswith(_EVENING):
                return "evening"
        return ""
