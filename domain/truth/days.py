"""Reading dates and days of the week."""

import re
from datetime import date, timedelta

from domain.truth.claim import Claim, Kind, Weekday
from domain.truth.reading import Reading

_MONTHS = [
    "січ(?:ень|ня|ні)|январ[ья]|january|jan",
    "лют(?:ий|ого|ому)|феврал[ья]|february|feb",
    "берез(?:ень|ня|ні)|марта?|march|mar",
    "квіт(?:ень|ня|ні)|апрел[ья]|april|apr",
    "трав(?:ень|ня|ні)|ма[йя]|may",
    "черв(?:ень|ня|ні)|июн[ья]|june|jun",
    "лип(?:ень|ня|ні)|июл[ья]|july|jul",
    "серп(?:ень|ня|ні)|августа?|august|aug",
    "верес(?:ень|ня|ні)|сентябр[ья]|september|sept?",
    "жовт(?:ень|ня|ні)|октябр[ья]|october|oct",
    "листопад[аі]?|ноябр[ья]|november|nov",
    "груд(?:ень|ня|ні)|декабр[ья]|december|dec",
]
_MONTH = "|".join(f"(?:{forms})" for forms in _MONTHS)
_MONTH_PATTERNS = [re.compile(forms, re.I) for forms in _MONTHS]
_DAY = r"\d{1,2}(?:[ºª]|-?(?:го|ого|те|е|th|st|nd|rd)\b)?"
_MOST_JOINED = 5
"""So many more days share one month."""
_YEAR = r"(?:,?\s+(?P<{}>20\d\d)(?:\s*(?:року|рік|р\.|года|г\.))?)?"
_DATE = re.compile(
    r"\b(?P<iso>20\d\d-\d{2}-\d{2})\b"
    rf"|\b(?P<days>{_DAY}(?:\s*(?:[,–—-]|та|і|й|и|або|чи|или|по|до|and|or"
    rf"|to)\s*{_DAY}){{0,{_MOST_JOINED}}})\s+(?:of\s+)?(?P<month>{_MONTH})\b"
    + _YEAR.format("year")
    + rf"|\b(?P<month_first>{_MONTH})\s+(?:the\s+)?(?P<day>{_DAY})\b"
    + _YEAR.format("year_last")
    + r"|(?<![\d.,:])(?P<dotted>\d{1,2}\.(?:0\d|1[0-2])(?:\.(?:20)?\d\d)?)(?!\s*(?:[.,]?\d|мм|км|грн|%))\b"
    r"|\b(?P<of_month>\d{1,2}(?=-(?:го|те)\b)|\d{1,2}(?=[ºª]\s+числа\b)|(?:[5-9]|[12]\d|3[01])(?=\s+числа\b)"
    r"|(?<=on the )\d{1,2}(?=º|th|st|nd|rd))"
    r"(?:-(?:го|те)|[ºª]|th|st|nd|rd)?(?:\s+числа)?"
    r"|\b(?P<today>сьогодні|сегодня|today|tonight)\b|\b(?P<later>післязавтра|послезавтра|(?:the )?day after tomorrow)\b"
    r"|\b(?P<next>завтра\w*|tomorrow)\b|\b(?P<past>вчора|вчера|yesterday)\b",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:від завтра\w*|починаючи (?:з|від|із) завтра\w*|с завтра\w*|начиная с завтра\w*|from tomorrow)\b", re.I
)
_RELATIVE = {"today": 0, "next": 1, "later": 2, "past": -1}
_WEEKDAYS = [
    "понеділ(?:ок|ка|ку|ком)|понедельник\\w*|monday|mon",
    "вівтор(?:ок|ка|ку|ком)|вторник\\w*|tuesday|tue",
    "серед(?:а|у|и|ою)|сред(?:а|у|ы|е|ой)|wednesday|wed",
    "четвер(?:г\\w*)?|thursday|thu",
    "п'ятниц\\w*|пятниц\\w*|friday|fri",
    "субот\\w*|суббот\\w*|saturday|sat(?= )",
    "неділ(?:я|ю|і|ею)|воскресень\\w*|sunday",
]
_WEEKDAY = "|".join(f"(?:{forms})" for forms in _WEEKDAYS)
_WEEKDAY_PATTERNS = [re.compile(forms, re.I) for forms in _WEEKDAYS]
_ONE, _SEVERAL = "‹дата›", "‹дати›"
_BESIDE = r"[\s,(—–-]*(?:(?:це|это|буде|у|в|на|is|a|it's|on|the)\s+)*"
_WITH_WEEKDAY = re.compile(
    rf"\b(?P<before>{_WEEKDAY})\b{_BESIDE}{_ONE}|{_ONE}{_BESIDE}\b(?P<after>{_WEEKDAY})\b|{_ONE}"
    rf"|\b(?P<alone>{_WEEKDAY})s?\b",
    re.I,
)
_HOURS_TALK = re.compile(
    r"\b(?:працю\w*|графік\w*|відчинен\w*|відкрит\w*|режим\w*|вихідн\w*|работа\w*|график\w*|открыт\w*|выходн\w*|open"
    r"|opening"
    r"|closed|зачинен\w*|закрит\w*|щодня|ежедневно)\b",
    re.I,
)
PROMISING = re.compile(
    r"\b(?:вільн\w+|свободн\w+|доставимо|доставлять|доставять|привез\w+|приїде|приїдуть|прибуд\w+|надійд\w+"
    r"|отримаєте|встигн\w+"
    r"|чекаємо|чекатимемо|чекатиму|буде|будуть|відправимо|працюємо|працює|зможемо|прийм\w+|будет|будут|доставим"
    r"|доставят|привез\w+"
    r"|прид[её]т|придут|приедет|получите|успеем|ждем|отправим|работаем|сможем|will|deliver\w*|arriv\w+|available|free"
    r"|ready|готов[еаіо]|приїжджайте|приезжайте|expect\w*|we'll|you'll|it'll|відвеземо|заверш\w+)\b",
    re.I,
)


def read_days(reading: Reading) -> None:
    """Read dates; a day of the week beside a date must be that date's."""
    promising = reading.says(PROMISING)
    found: list[tuple[str, date | None]] = []

    def marked(match: re.Match[str]) -> str:
        days = _dates(match, reading.today)
        if len(days) == 1:
            found.append((match.group(), days[0]))
            return _ONE
        reading.claims += [Claim(kind=Kind.DATE, text=match.group(), value=day, is_promise=promising) for day in days]
        return _SEVERAL

    reading.take(_AHEAD, lambda match: [])
    reading.rest = _DATE.sub(marked, reading.rest)
    dates = iter(found)

    def paired(match: re.Match[str]) -> list[Claim]:
        named = _number(_WEEKDAY_PATTERNS, match["before"] or match["after"] or match["alone"])
        if match["alone"]:
            if _HOURS_TALK.search(reading.sentence):
                return []
            return [Claim(kind=Kind.DATE, text=match.group(), value=Weekday(named), is_promise=promising)]
        text, day = next(dates)
        if day is not None and named not in {_NONE, day.weekday()}:
            return [Claim(kind=Kind.DATE, text=match.group().replace(_ONE, text), value=None)]
        if day == reading.today and not promising:
            return []
        return [Claim(kind=Kind.DATE, text=text, value=day, is_promise=promising)]

    reading.take(_WITH_WEEKDAY, paired)


_NONE = -1


def _number(patterns: list[re.Pattern[str]], word: str | None) -> int:
    if word is None:
        return _NONE
    return next(number for number, pattern in enumerate(patterns) if pattern.fullmatch(word))


def _dates(match: re.Match[str], today: date) -> list[date | None]:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return [_day(day, int(month), year, today)]
    if match["dotted"]:
        day, month, *years = match["dotted"].split(".")
        return [_day(day, int(month), years[0] if years else None, today)]
    if match["of_month"]:
        return [_next_day(int(match["of_month"]), today)]
    if match.lastgroup in _RELATIVE:
        return [today + timedelta(days=_RELATIVE[match.lastgroup])]
    month = _number(_MONTH_PATTERNS, match["month"] or match["month_first"]) + 1
    days = re.findall(r"\d+", match["days"] or match["day"])
    return [_day(day, month, match["year"] or match["year_last"], today) for day in days]


def _day(day: str, month: int, year: str | None, today: date) -> date | None:
    """Return the date; without a year, the one nearest to today; None when there is no such day."""
    years = [int(year) % 100 + 2000] if year else [today.year, today.year + 1, today.year - 1]
    possible = [found for each in years if (found := _real(each, month, int(day))) is not None]
    return min(possible, key=lambda found: abs(found - today), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next_day(number: int, today: date) -> date | None:
    ahead = (today + timedelta(days=days) for days in range(62))
    return next((day for day in ahead if day.day == number), None)
