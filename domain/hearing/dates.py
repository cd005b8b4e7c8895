"""Days: `2026-11-26` from "завтра", "у п'ятницю", "двадцять шостого листопада", "26 числа", "через тиждень".

Rule 1: who names a day means the next one of that name.
Rule 2: several days, or a stretch of them, are no day.
Rule 3: a day that its month does not have is none, and no other one instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.hearing.numbers import Numeral, Token, numerals

_MONTHS: Mapping[str, int] = {
    stem: month
    for month, stems in enumerate(
        (
            "січн січен январ january",
            "лютого лютий лютому феврал february",
            "березн березен марта март марте march",
            "квітн квітен апрел april",
            "травн травен мая",
            "червн червен июн june",
            "липн липен июл july",
            "серпн серпен август august",
            "верес сентябр september",
            "жовтн жовтен октябр october",
            "листопад ноябр november",
            "грудн груден декабр december",
        ),
        1,
    )
    for stem in stems.split()
}
_MAY = frozenset({"май", "мае", "may"})
_WEEKDAYS: Mapping[str, int] = {
    stem: weekday
    for weekday, stems in enumerate(
        (
            "понеділ понедел monday",
            "вівтор вторник tuesday",
            "середа середу середи середі среда среду среды среде wednesday",
            "четверг thursday",
            "п'ятниц пятниц friday",
            "субот saturday",
            "неділ воскресен sunday",
        )
    )
    for stem in stems.split()
}
_TODAY = frozenset("сьогодні сегодня сьодні today tonight".split())
_TOMORROW = ("завтра", "tomorrow")
_AFTER_TOMORROW = ("післязавтра", "послезавтра")
_NEXT = ("наступн", "следующ", "next")
_AFTER = frozenset({"через", "за", "in", "after"})
_DAYS = ("день", "дня", "дні", "днів", "дней", "day", "добу")
_WEEKS = ("тижд", "тижн", "недел", "week")
_DAY_ENDINGS = ("ого", "ього", "ьего", "ому", "е", "є", "ое", "ье", "им", "th", "st", "nd", "rd")
_DAY_SUFFIXES = frozenset("го ого е є ое числа число число th st nd rd".split())
_STRETCHES = frozenset("вихідні вихідних выходные выходных weekend between між между".split())
_NOT_DAYS = (
    "год",
    "час",
    "хвил",
    "мин",
    "шин",
    "шт",
    "кол",
    "грн",
    "грив",
    "o'clock",
    "am",
    "pm",
    "hour",
    "tire",
    "tyre",
)
_WEEK = 7
_YEAR_DIGITS = 4
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    start: int
    end: int


def read_date(spoken: Sequence[Token], today: date | None) -> str:
    if any(token.text in _STRETCHES for token in spoken):
        return ""
    calendar = _Calendar(spoken, today)
    if calendar.names_no_day():
        return ""
    found = list(calendar.named()) or list(calendar.bare()) or list(calendar.numbers())
    days = {each.day for each in found}
    return days.pop().isoformat() if len(days) == 1 else ""


def date_spans(spoken: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where days are named among these words, so that nobody takes them for hours."""
    calendar = _Calendar(spoken, date(2000, 1, 1))
    return [(each.start, each.end) for each in (*calendar.named(), *calendar.bare())]


class _Calendar:
    def __init__(self, spoken: Sequence[Token], today: date | None) -> None:
        self._spoken = spoken
        self._today = today
        self._numerals = numerals(spoken)
        self._months = {month for token in spoken if token.text != "may" and (month := _month(token.text))}

    def names_no_day(self) -> bool:
        """Whether a day is named that its month never has."""
        months = ((at, month) for at, token in enumerate(self._spoken) if (month := _month(token.text)))
        days = ((month, beside.value) for at, month in months if (beside := self._day_beside(at)))
        return any(_day(_LEAP_YEAR, month, day) is None for month, day in days)

    def named(self) -> Iterator[_Found]:
        """Yield the days that are named by a month, a weekday, or by how far away they are."""
        yield from self._written()
        yield from self._of_months()
        if self._today is not None:
            yield from self._relative(self._today)
            yield from self._weekdays(self._today)

    def bare(self) -> Iterator[_Found]:
        """Yield the days that are named by their number alone: "двадцять шостого", "26 числа"."""
        if self._today is None:
            return
        for numeral in self._numerals:
            following = self._text(numeral.end)
            numbered = following in _DAY_SUFFIXES
            if not numbered and not (numeral.ordinal and numeral.last.endswith(_DAY_ENDINGS)):
                continue
            day = self._next_of_month(numeral.value, self._today)
            if len(self._months) == 1:
                day = self._next(min(self._months), numeral.value)
            if day is not None:
                yield _Found(day, numeral.start, numeral.end + numbered)

    def numbers(self) -> Iterator[_Found]:
        """Yield the day that a number alone can only mean where a day is asked for: "на 26", `26.11`."""
        if self._today is None or self._months:
            return
        match self._numerals:
            case (day, month) if day.written and month.written and len(month.digits) == 2 and day.end == month.start:
                found = self._next(month.value, day.value) if month.value in range(1, 13) else None
            case (only,) if not only.ordinal and not self._text(only.end).startswith(_NOT_DAYS):
                found = self._next_of_month(only.value, self._today)
            case _:
                found = None
        if found is not None:
            yield _Found(found, self._numerals[0].start, self._numerals[-1].end)

    def _text(self, at: int) -> str:
        return self._spoken[at].text if 0 <= at < len(self._spoken) else ""

    def _written(self) -> Iterator[_Found]:
        """Read `26.11.2026` and `2026-11-26`."""
        for first, second, third in zip(self._numerals, self._numerals[1:], self._numerals[2:], strict=False):
            if not (first.written and third.written and first.end == second.start and second.end == third.start):
                continue
            year, number = (first, third) if len(first.digits) == _YEAR_DIGITS else (third, first)
            day = _day(year.value, second.value, number.value)
            if day is not None and len(year.digits) == _YEAR_DIGITS:
                yield _Found(day, first.start, third.end)

    def _of_months(self) -> Iterator[_Found]:
        for at, token in enumerate(self._spoken):
            month = _month(token.text)
            if month is None:
                continue
            numeral = self._day_beside(at)
            if numeral is None:
                continue
            year = self._year_after(max(at + 1, numeral.end))
            day = _day(year, month, numeral.value) if year else self._next(month, numeral.value)
            if day is not None:
                yield _Found(day, min(at, numeral.start), max(at + 1, numeral.end))

    def _day_beside(self, at: int) -> Numeral | None:
        """Return the number before a month, or behind it: "26-го листопада", "november the twenty sixth"."""
        skipped = {"го", "е", "th", "st", "nd", "rd", "of", "числа", "ого"}
        before = at
        while self._text(before - 1) in skipped:
            before -= 1
        for numeral in self._numerals:
            if numeral.end == before:
                return numeral
        after = at + 1 + (self._text(at + 1) == "the")
        return next((numeral for numeral in self._numerals if numeral.start == after), None)

    def _year_after(self, at: int) -> int | None:
        while self._text(at) in ("th", "st", "nd", "rd"):
            at += 1
        year = next((numeral.value for numeral in self._numerals if numeral.start == at), None)
        return year if year is not None and 2000 <= year <= 2100 else None

    def _next(self, month: int, number: int) -> date | None:
        if self._today is None:
            return None
        for year in range(self._today.year, self._today.year + 5):
            day = _day(year, month, number)
            if day is not None and day >= self._today:
                return day
        return None

    def _next_of_month(self, number: int, today: date) -> date | None:
        year, month = today.year, today.month
        for _ in range(12):
            day = _day(year, month, number)
            if day is not None and day >= today:
                return day
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return None

    def _relative(self, today: date) -> Iterator[_Found]:
        for at, token in enumerate(self._spoken):
            if token.text in _TODAY:
                yield _Found(today, at, at + 1)
            elif token.text.startswith(_AFTER_TOMORROW):
                yield _Found(today + timedelta(days=2), at, at + 1)
            elif token.text.startswith(_TOMORROW):
                later = self._text(at - 1) in ("після", "после", "after")
                yield _Found(today + timedelta(days=2 if later else 1), at - later, at + 1)
            elif token.text in _AFTER and (found := self._after(at, today)) is not None:
                yield found

    def _after(self, at: int, today: date) -> _Found | None:
        """Read "через тиждень", "через два дні", "in three days"; "через день" is the day after tomorrow."""
        numeral = next((numeral for numeral in self._numerals if numeral.start == at + 1), None)
        unit_at = numeral.end if numeral is not None else at + 1 + (self._text(at + 1) in ("a", "one"))
        unit = self._text(unit_at)
        count = numeral.value if numeral is not None else 1
        if unit.startswith(_WEEKS):
            return _Found(today + timedelta(weeks=count), at, unit_at + 1)
        if unit.startswith(_DAYS) and count <= 60:
            alone = numeral is None and self._text(at) == "через" and unit == "день"
            return _Found(today + timedelta(days=2 if alone else count), at, unit_at + 1)
        return None

    def _weekdays(self, today: date) -> Iterator[_Found]:
        for at, token in enumerate(self._spoken):
            weekday = _weekday(token.text)
            if weekday is None:
                continue
            if self._text(at - 1).startswith(_NEXT):
                monday = today - timedelta(days=today.weekday())
                yield _Found(monday + timedelta(days=_WEEK + weekday), at - 1, at + 1)
            else:
                ahead = (weekday - today.weekday() - 1) % _WEEK + 1
                yield _Found(today + timedelta(days=ahead), at, at + 1)


def _starting(word: str, stems: Mapping[str, int]) -> int | None:
    return next((value for stem, value in stems.items() if word.startswith(stem)), None)


def _month(word: str) -> int | None:
    return 5 if word in _MAY else _starting(word, _MONTHS)


def _weekday(word: str) -> int | None:
    """Return the day, Monday being 0; "четвер" is one, and "четверта" an hour."""
    return 3 if word == "четвер" else _starting(word, _WEEKDAYS)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
