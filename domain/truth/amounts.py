"""Reading amounts of money, and how many there are of what is counted."""

import re

from domain.money import Money
from domain.truth.claim import Claim, Kind
from domain.truth.reading import Reading

_NUM = r"(?>\d+(?:[.,]\d{1,2}(?!\d))?)(?!\d)"
_HRYVNIA = r"(?:грн\b\.?|гривн\w*|гривен\w*|uah\b|₴|hryvnias?\b|hryvnya\w*)"
_JOINT = r"\s*(?:[-–—,/]|до|або|чи|или|й|та|і|и|to|or|and|по)\s*"
_MOST_JOINED = 5
"""So many more amounts share one unit; before them a figure stands for itself."""
_HRYVNIAS = re.compile(
    rf"(?P<amounts>\b{_NUM}(?:{_JOINT}{_NUM}){{0,{_MOST_JOINED}}})\s*(?:-?\s*(?:ти|та|х))?\s*{_HRYVNIA}"
    r"(?:\s*(?:і|та|и|and)?\s*(?P<kopecks>\d{1,2})\s*(?:коп\w*|kop\w*))?"
    rf"|(?:₴|\buah|\bгрн|\bгривень|\bгривен)\s*(?P<after>{_NUM})",
    re.I,
)
_FOREIGN = re.compile(
    rf"\b{_NUM}\s*(?:долар\w*|доллар\w*|євро|евро|рубл\w*|злот\w*|usd\b|eur\b|dollars?|euros?|[$€₽])|[$€₽]\s*{_NUM}",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:кілька|кількох|декілька|пара|пару|пари|несколько|пары|several|couple of|a few)\s+"
    r"(?:1000|100|сотень|сотні|сотен|тисяч\w*|тысяч\w*|hundreds?|thousands?)\b",
    re.I,
)
_PIECE = (
    r"(?:штук\w*|шт\b\.?|одиниц\w*|комплект\w*|шин\w*|колес\w*|коліс\w*|покриш\w*|единиц\w*|покрыш\w*"
    r"|pcs\b|pieces?\b|tires?\b|tyres?\b|sets?\b|units?\b|wheels?\b)"
)
_OTHER_UNIT = (
    rf"\s*(?:{_PIECE}|[-–]?\s*(?:ий|а|е|й|го)\b|%|відсот|процент|percent|дн|день|доб|сут|тиж|недел|хв|мин|min|год|час"
    r"|hour|day|week|мм\b|км\b|см\b|кг\b|mm\b|km\b|рок|рік|лет\b|year|місяц|месяц|month|градус|варіант|модел|позиц"
    r"|ваpиант"
    r"|вариант|option|листопад|ноябр)"
)
_PRICE = (
    r"(?:ціна|ціни|ціною|ціні|ціну|вартіст\w*|вартост\w*|кошту\w*|обійд\w*|виход\w*|вийд\w*|разом|загал\w*|всього"
    r"|усього|сума|суму|сумою|суми|сплат\w*|заплат\w*|доплат\w*|борг\w*|знижк\w*|цена|цены|цене|цену|ценой|стоит|стоят"
    r"|стоимост\w*|обойд\w*|итого|всего|сумма|сумму|сумме|оплат\w*|долг\w*|скидк\w*|выйдет|выходит"
    r"|price\w*|costs?|total\w*|pay|amounts?|debt|discount\w*|comes to)"
)
_PRICED = re.compile(rf"\b{_PRICE}\b[^.!?\d¤]{{0,28}}?\b(?P<amount>{_NUM})(?!{_OTHER_UNIT})", re.I)
_EACH = re.compile(
    rf"\b(?P<amount>{_NUM})\s*(?:each\b|apiece\b|(?:за|per|a|each|for)\s*(?:штук|шт\b|шин|одн|кож|кажд|1\b|комплект"
    rf"|pcs|piece|tire|tyre|set|кол))"
    rf"|\b(?:за|по|for|at)\s+(?P<each>[1-9]\d{{2,}}(?:[.,]\d{{1,2}})?)\b(?!{_OTHER_UNIT})",
    re.I,
)
_LONGEST = 15
_LEAST_PRICE = 20
"""A smaller bare figure beside a price word counts something: "разом 4"."""

_STOCK_TALK = re.compile(
    r"\b(?:наявн\w*|наличии|склад[іуе]|залиш\w*|лишил\w*|є|маємо|есть|остал\w*|остается|имеется|in stock|left|have|has"
    r"|available|there(?:'s| is| are)|всього|лише|тільки|только|only)\b",
    re.I,
)
_PIECES = re.compile(
    rf"\b(?P<first>\d+)(?:\s*[-–]\s*(?P<last>\d+))?(?:\s+(?!кг|км|мм|см|kg|km|mm)[^\W\d]+){{0,2}}?\s+{_PIECE}"
    r"|\b(?:штук|pieces)\s+(?:з\s+|с\s+)?(?P<inverse>\d+)\b"
    rf"|\b(?P<few>\d+)\s+(?:в наявності|на складі|в наличии|на складе|in stock|left|available)"
    r"|(?:в наявності|на складі|в наличии|на складе|залиш\w+|лишил\w+|осталось"
    r"|in stock)[\s:—–-]{1,3}(?P<after>\d+)\b(?!\s*[¤/])",
    re.I,
)
_LASTS = (
    r"(?:дн(?:і|ів|я|ям|ями|ей|и)\b|день\b|доб[аиу]?\b|діб\b|сут(?:ки|ок)\b|тиж\w+|недел\w+|хв\b\.?|хвилин\w*"
    r"|минут\w*|мин\b\.?"
    r"|годин\w*|год\b\.?|час(?:а|ов)?\b|місяц\w*|месяц\w*|days?\b|weeks?\b|minutes?\b|mins?\b|hours?\b|months?\b)"
)
_LASTING = re.compile(
    rf"\b(?P<first>\d+)(?:\s*(?:[-–—]|до|або|чи|или|to|or)\s*(?P<last>\d+))?[\s-]*"
    rf"(?:(?:робоч\w+|рабоч\w+|календарн\w+|business|working)\s+)?(?P<unit>{_LASTS})"
    r"|\b(?P<inverse_unit>хвилин|минут|годин|часов|днів|дней|minutes|days)\s+"
    r"(?:за\s+|на\s+|через\s+)?(?P<inverse>\d+)\b(?!\s*[:%])",
    re.I,
)
_WITHIN = re.compile(
    r"\b(?<!метрів )(?<!метров )(?<!км )"
    r"(?:протягом|упродовж|за|через|within|in|в течение|займ\w+|займет|takes?|триває)\s+(?:an?\s+)?(?:пів\s?)?"
    r"(?:годин[иу]|день|дня|доби|добу|тиж\w+|часа?|недел[юи]|hour|day|week)\b"
    r"|\b(?P<half>пів\s?години|полчаса|half an hour)\b",
    re.I,
)
_AHEAD = re.compile(r"\s*(?:наперед|вперед|ahead)\b", re.I)
_PATIENCE = re.compile(
    r"\b(?:зачека\w*|почека\w*|хвилин(?:к|очк)\w*|подожд\w*|минут(?:к|очк)\w*|wait|hold|moment)\b", re.I
)
_YEARS = re.compile(r"\b(\d+)[\s-]*(?:рок[иіу]\w*|рік\b|років|год[а]?\b|лет\b|years?\b)", re.I)
_WARRANTY = re.compile(r"\b(?:гаранті\w*|гаранти\w*|warrant\w*|guarantee\w*)", re.I)
_PERCENT = re.compile(r"\b(\d+)(?:[.,]\d+)?\s*(?:%|відсот\w*|процент\w*|percent)", re.I)


_MOST_IN_TALK = 8
"""So many tyres are talked about without counting any: a set is four, two sets are eight."""


def hryvnias_in(figure: str) -> Money | None:
    """Return an amount as it is written in figures, None when nobody has so much."""
    return Money.hryvnias(figure.replace(",", ".")) if len(figure) <= _LONGEST else None


def read_money(reading: Reading) -> None:

    def money(amounts: list[str], text: str) -> list[Claim]:
        values = [hryvnias_in(amount) for amount in amounts]
        return [Claim(kind=Kind.MONEY, text=text, value=value, is_promise=not reading.echoes) for value in values]

    def hryvnias(match: re.Match[str]) -> list[Claim]:
        amounts = re.findall(_NUM, match["amounts"] or match["after"])
        if match["kopecks"]:
            amounts[-1] = f"{amounts[-1]}.{match['kopecks']:0>2}"
        return money(amounts, match.group())

    def vague(match: re.Match[str]) -> list[Claim]:
        return [Claim(kind=Kind.MONEY, text=match.group(), value=None)]

    def priced(match: re.Match[str]) -> list[Claim] | None:
        amount = match["amount"] or match["each"]
        return money([amount], match.group()) if float(amount.replace(",", ".")) >= _LEAST_PRICE else None

    reading.take(_VAGUE, vague)
    reading.take(_HRYVNIAS, hryvnias)
    reading.take(_FOREIGN, vague)
    reading.take(_PERCENT, _percent)
    reading.take(_EACH, priced)


def read_prices(reading: Reading) -> None:
    """Read bare figures beside a price word: after dates, times and numbers, which such words may stand beside too."""

    def priced(match: re.Match[str]) -> list[Claim] | None:
        amount = hryvnias_in(match["amount"])
        if amount is not None and amount < Money.hryvnias(_LEAST_PRICE):
            return None
        return [Claim(kind=Kind.MONEY, text=match.group(), value=amount, is_promise=not reading.echoes)]

    reading.take(_PRICED, priced)


def read_quantities(reading: Reading) -> None:
    stock_talk = reading.says(_STOCK_TALK)

    def pieces(match: re.Match[str]) -> list[Claim] | None:
        counts = [int(count) for count in match.groups() if count]
        if not stock_talk:
            return [] if max(counts) <= _MOST_IN_TALK else _quantities(match.group(), counts, is_promise=False)
        return _quantities(match.group(), counts, is_promise=True)

    reading.take(_PIECES, pieces)
    reading.take(_LASTING, lambda match: _lasting(reading, match))
    reading.take(_WITHIN, lambda match: _quantities(match.group(), [30 if match["half"] else 1], is_promise=False))
    if _WARRANTY.search(reading.sentence):
        reading.take(_YEARS, lambda match: _quantities(match.group(), [int(match[1])], is_promise=True))


def _lasting(reading: Reading, match: re.Match[str]) -> list[Claim]:
    if _AHEAD.match(reading.rest, match.end()):
        return []
    minutes = (match["unit"] or match["inverse_unit"]).lower().startswith(("хв", "мин", "min"))
    counts = [int(count) for count in match.group("first", "last", "inverse") if count]
    if minutes and (counts == [1] or _PATIENCE.search(reading.sentence)):
        return []
    return _quantities(match.group(), counts, is_promise=not reading.asks(0))


def _percent(match: re.Match[str]) -> list[Claim]:
    return [] if match[1] == "100" else _quantities(match.group(), [int(match[1])], is_promise=True)


def _quantities(text: str, counts: list[int], *, is_promise: bool) -> list[Claim]:
    return [Claim(kind=Kind.QUANTITY, text=text, value=count, is_promise=is_promise) for count in counts]
