"""Reading numbers that name something, such as orders and telephones, and large figures that say nothing else."""

import re

from domain.truth.claim import Claim, Kind
from domain.truth.reading import Reading

_PHONE = re.compile(r"(?<![\w/])\+?\d[\d\s(),.-]{7,22}\d(?!\w)")
_LOCAL_DIGITS, _WORLD_DIGITS = 10, 12
_LABELLED = re.compile(
    r"\b(?:номер(?:ом|у|а|і|е)?|ттн|накладн\w+|трек\w*|код\w*|догов(?:ір|ор)\w*|контракт\w*|number|no\.|tracking"
    r"|contract)"
    r"(?:[\s:,—–-]|\b(?:вашого|вашої|вашого|ваш|вашего|замовлення|заказа|бронювання|брони|броні|запису|записи"
    r"|договору|договора"
    r"|телефон\w*|для|відстеження|отслеживания|посилки|посылки|накладної|накладной|експрес|is|of|your|the|order"
    r"|booking|це|это"
    r"|номер|for|number|зберігання|хранения)\b)*"
    r"(?P<label>[A-ZА-ЯІЇЄҐ]{0,6}[\s-]?\d[\dA-ZА-Я/-]*\d\b|\d\d+\b)(?!\s*(?:цифр|знак|символ|digit))"
    r"|\b(?:замовлення\w*|замовленн\w+|заказ\w*|order|бронювання\w*|бронь|брон[іи]|booking|запис|договір|договор)\s+"
    r"(?P<thing>[A-ZА-ЯІЇЄҐ]{1,6}-?\d[\d-]*|\d{3,}(?:-\d+)*)\b(?!\s*(?:грн|гривен|шин|штук|uah|колес))",
    re.I,
)
_FIGURE = re.compile(r"(?<![\w.,/+-])(?P<figure>[1-9]\d{2,}(?:[.,]\d{1,2})?)(?![\w/-]|[.,]\d)")
_YEAR_BESIDE = re.compile(r"\s*(?:року|рік|році|р\.|года|год\b|году|г\.|year|model|випуску|выпуска)", re.I)
_PHYSICAL = re.compile(
    r"\s*(?:км|кілометр\w*|километр\w*|мм|см|кг|кілограм\w*|килограмм\w*|атм\w*|km|mm|kg|kilomet\w+|miles?)\b", re.I
)
_NAME_BEFORE = re.compile(r"(?P<name>[A-Za-z][\w'-]*|[А-ЯІЇЄҐ][\w'-]+)\s$")
_CAR_BEFORE = re.compile(
    r"(?:peugeot|ваз|лада|lada|газ|уаз|заз|ford|toyota|mazda|bmw|audi|kia|hyundai|honda|nissan|renault|skoda|corolla"
    r"|пежо|фіат"
    r"|fiat|ds|citroen|volvo|chery|porsche|порше|мазда|бмв|ланос|lanos)\s$",
    re.I,
)
_TIRE_BRANDS = re.compile(
    r"(?:michelin|nokian|continental|goodyear|hankook|bridgestone|pirelli|premiorri|rosava|yokohama|toyo|kumho|nexen"
    r"|dunlop"
    r"|matador|barum|sava|kormoran|tigar|triangle|laufenn|debica|fulda|bfgoodrich|falken|maxxis|viatti|belshina|білшина"
    r"|мішлен|мишлен|нокіан|континенталь|премьоррі|росава)\s$",
    re.I,
)
_ENGLISH_WORDS = frozenset("is for at costs only just total price about around a the of to and".split())
_LEAST_UNNAMED = 1000
"""A smaller figure behind a name is a part of it: "Peugeot 308", "TS 870"."""


def read_phones(reading: Reading) -> None:
    def phone(match: re.Match[str]) -> list[Claim] | None:
        digits = "".join(character for character in match.group() if character.isdigit())
        local = len(digits) == _LOCAL_DIGITS and digits[0] == "0"
        world = len(digits) == _WORLD_DIGITS and digits.startswith("38")
        return [_number(match.group(), digits)] if local or world else None

    reading.take(_PHONE, phone)


def read_numbers(reading: Reading) -> None:
    def labelled(match: re.Match[str]) -> list[Claim]:
        return [_number(match.group(), label(match["label"] or match["thing"]))]

    reading.take(_LABELLED, labelled)


def read_figures(reading: Reading) -> None:
    """Read what nobody else has read: a large figure is never idle talk."""

    def figure(match: re.Match[str]) -> list[Claim] | None:
        before, after = reading.rest[: match.start()], reading.rest[match.end() :]
        if _PHYSICAL.match(after) or _is_year(match.group(), before, after) or _is_name(match.group(), before):
            return None
        return [
            Claim(
                kind=Kind.FIGURE,
                text=match.group(),
                value=match["figure"].replace(",", "."),
                is_promise=not reading.echoes,
            )
        ]

    reading.take(_FIGURE, figure)


def label(written: str) -> str:
    """Return a number as it is compared: letters and digits only; the country's code is left out."""
    text = "".join(character for character in written.upper() if character.isalnum())
    return text[2:] if len(text) == _WORLD_DIGITS and text.startswith("380") else text


def _number(text: str, value: str) -> Claim:
    return Claim(kind=Kind.NUMBER, text=text.strip(), value=label(value))


def _is_year(figure: str, before: str, after: str) -> bool:
    if not (figure.isdigit() and 1980 <= int(figure) <= 2035):
        return False
    named = _NAME_BEFORE.search(before) is not None and _TIRE_BRANDS.search(before) is None
    return named or _YEAR_BESIDE.match(after) is not None


def _is_name(figure: str, before: str) -> bool:
    if _CAR_BEFORE.search(before) is not None:
        return True
    named = _NAME_BEFORE.search(before)
    if named is None or named["name"].lower() in _ENGLISH_WORDS or named.start() == 0 or not named["name"][0].isupper():
        return False
    return float(figure) < _LEAST_UNNAMED and _TIRE_BRANDS.search(before) is None
