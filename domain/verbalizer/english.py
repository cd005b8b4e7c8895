"""English: figures as they are said on the telephone.

Numbers have no "and" ("two thousand one hundred forty-one"), so that they differ from those of `num2words` by it alone.
Times are of the twelve hours, a telephone number is named digit by digit, the width of a tyre is "two oh five".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.verbalizer.english_dates import dates, times
from domain.verbalizer.english_numbers import cardinal, digits_one_by_one, ordinal
from domain.verbalizer.phones import phones
from domain.verbalizer.references import references
from domain.verbalizer.tidy import signs, tidy, typed
from domain.verbalizer.tongue import Reading, Speller
from domain.verbalizer.written import AMOUNT, HYPHEN, Amount

_LETTERS = {
    **{letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **dict(
        zip(
            "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯЭЫЪЁ",
            "A B V H G D E Ye Zh Z Y I Yi Y K L M N O P R S T U F Kh Ts Ch Sh Shch Soft Yu Ya E Y Hard Yo".split(),
            strict=True,
        )
    ),
}
_SIZE = re.compile(
    r"(?<![\d/.,])(?P<width>\d{3})\s?/\s?(?P<profile>\d{2})(?!\d)"
    r"(?:\s?/?\s?(?P<radius>Z?R)?\s?-?(?P<diameter>\d{2})(?!\d)(?P<cargo>C\b)?)?"
    r"(?:,?\s(?P<load>\d{2,3})(?:/(?P<twin>\d{2,3}))?\s?(?P<speed>[HJ-NP-WYZ])\b)?(?P<extra>\sXL\b)?"
)
_RADIUS = re.compile(r"\b(?P<radius>Z?R)\s?-?(?P<diameter>\d{1,2})(?!\d)(?P<cargo>C\b)?")
_INDEX = re.compile(r"(?<![\w/.,])(?P<load>\d{2,3})(?:/(?P<twin>\d{2,3}))?(?P<speed>[HJ-NP-WYZ])\b")
_CURRENCIES = {
    **dict.fromkeys(("uah", "₴", "грн", "hrn", "hryvnia", "hryvnias"), ("hryvnia", "kopeck")),
    **dict.fromkeys(("$", "usd"), ("dollar", "cent")),
    **dict.fromkeys(("€", "eur"), ("euro", "cent")),
}
_SIGN = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_AFTER = re.compile(
    rf"(?:(?P<least>{AMOUNT})\s?{HYPHEN}\s?)?(?<![\d.,])(?P<amount>{AMOUNT})\s?(?P<sign>{_SIGN})(?!\w)(?:\s?/\s?(?P<per>[a-z]+)\.?)?",
    re.I,
)
_BEFORE = re.compile(rf"(?P<sign>[₴$€]|\bUAH)\s?(?P<amount>{AMOUNT})(?!\w)", re.I)
_THINGS: Mapping[str, tuple[str, str]] = {
    "%": ("percent", "percent"),
    **dict.fromkeys(("pcs", "pc"), ("piece", "pieces")),
    "km/h": ("kilometre an hour", "kilometres an hour"),
    "km": ("kilometre", "kilometres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "kg": ("kilogram", "kilograms"),
    "m": ("metre", "metres"),
    "l": ("litre", "litres"),
    **dict.fromkeys(("h", "hr", "hrs"), ("hour", "hours")),
    **dict.fromkeys(("min", "mins"), ("minute", "minutes")),
    "sec": ("second", "seconds"),
    **dict.fromkeys(("″", '"', "”"), ("inch", "inches")),
    "bar": ("bar", "bar"),
    **dict.fromkeys(("°c", "°"), ("degree", "degrees")),
}  # fmt: skip
_THING = "|".join(sorted(map(re.escape, _THINGS), key=len, reverse=True))
_COUNT = re.compile(
    rf"(?P<minus>(?<![\w.,]){HYPHEN}(?=\d))?(?P<first>{AMOUNT})(?:\s?{HYPHEN}\s?(?P<second>{AMOUNT}))?"
    rf"(?:\s?(?P<unit>{_THING})(?!\w)(?:\.(?=\s+[a-z]|\s*,))?)?"
)
_ORDINAL = re.compile(r"(?<![\d.,])(\d{1,4})(?:st|nd|rd|th)\b", re.I)
_MIXED = re.compile(r"(?<![^\W_])(?:[A-Za-z]+-?\d[A-Za-z\d]*|\d+[A-Za-z][A-Za-z\d]*)(?![^\W_])")
_RUNS = re.compile(r"\d+|[A-Za-z]+")
_HOUSE = re.compile(r"(?<![\w/.,])(\d{1,4})\s?-\s?([A-ZА-ЯҐЄІЇ])(?!\w)")
_PART = re.compile(r"(?<![\w/.,])(\d{1,4})\s?/\s?(\d{1,4})(?![\w/]|[.,]\d)")
_DIGIT = re.compile(r"\d")
_SHORT: Mapping[str, str] = {
    "e.g.": "for example",
    "i.e.": "that is", "etc.": "and so on", "approx.": "approximately", "max.": "maximum",
    "min.": "minimum",
    "tel.": "telephone", "apt.": "apartment", "bldg.": "building", "ave.": "avenue",
    "blvd.": "boulevard", "st.": "street",
    "vul.": "street", "no.": "number", "mr.": "mister", "dr.": "doctor",
}  # fmt: skip
_ABBREVIATED = re.compile(
    rf"(?<!\w)({'|'.join(map(re.escape, sorted(_SHORT, key=len, reverse=True)))})(\s*$|(?=\s+(?-i:[A-Z])))?", re.I
)
_NUMBER_SIGN = re.compile(r"(?:\bno\.|№|#)\s?(?=[\dA-Z-])", re.I)
_SIGNS = {
    "№": " number ", "#": " number ", "&": " and ", "+": " plus ", "=": " equals ",
    "≈": " about ", "~": " about ", "×": " by ",
    "%": " percent",
    "₴": " hryvnias", "$": " dollars", "€": " euros", "°": " degrees", "″": " inches", "/": " or ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _English:
    """How numbers and codes are dictated."""

    plus: str = "plus"
    letters: Mapping[str, str] = field(default_factory=lambda: _LETTERS)

    def group(self, digits: str) -> str:
        return digits_one_by_one(digits)


def english() -> Callable[[str, date | None], str]:
    tongue = _English()
    read_references = references(
        tongue, orders=("order", "booking", "contract", "parcel", "invoice", "code"), sign="number"
    )
    read_signs = signs(_SIGNS)

    def read(text: str, today: date | None) -> str:
        said = _NUMBER_SIGN.sub("number ", typed(text))
        if _DIGIT.search(said):
            said = _figures(said, today, tongue, read_references)
        said = read_signs(_ABBREVIATED.sub(_abbreviation, said))
        return said if said == text else tidy(said)

    return read


def _figures(said: str, today: date | None, tongue: Speller, read_references: Reading) -> str:
    said = times(phones(dates(said, today), tongue))
    for pattern, word in ((_BEFORE, _money), (_AFTER, _money), (_SIZE, _size), (_RADIUS, _radius), (_INDEX, _index)):
        said = pattern.sub(word, said)
    said = read_references(said)
    for pattern, word in ((_HOUSE, _house), (_PART, _part), (_ORDINAL, _ordinal), (_MIXED, _mixed), (_COUNT, _count)):
        said = pattern.sub(word, said)
    return said


def _money(found: re.Match[str]) -> str:
    parts = found.groupdict()
    whole, hundredth = _CURRENCIES[found["sign"].lower()]
    amount = Amount.read(found["amount"])
    said = f"{cardinal(amount.whole)} {_many(whole, amount.whole)}"
    if hundredths := int(amount.fraction[:2].ljust(2, "0")):
        said += f" {cardinal(hundredths)} {_many(hundredth, hundredths)}"
    if parts.get("least"):
        said = f"{cardinal(Amount.read(parts['least']).whole)} to {said}"
    per = parts.get("per")
    return f"{said} a {_THINGS[per][0] if per in _THINGS else per}" if per else said


def _many(thing: str, number: int) -> str:
    return thing if number == 1 else f"{thing}s"


def _size(found: re.Match[str]) -> str:
    width = int(found["width"])
    hundreds, rest = divmod(width, 100)
    said = f"{cardinal(hundreds)} {_after_hundreds(rest)} {cardinal(int(found['profile']))}"
    if found["diameter"]:
        said += f", {_radius(found)}"
    if found["load"]:
        said += f", index {_index(found)}"
    return f"{said}, X L" if found["extra"] else said


def _after_hundreds(rest: int) -> str:
    if not rest:
        return "hundred"
    return f"oh {cardinal(rest)}" if rest < 10 else cardinal(rest)


def _radius(found: re.Match[str]) -> str:
    letters = " ".join(found["radius"] or "R")
    return f"{letters} {cardinal(int(found['diameter']))}{' C' if found['cargo'] else ''}"


def _index(found: re.Match[str]) -> str:
    twin = f" slash {cardinal(int(found['twin']))}" if found["twin"] else ""
    return f"{cardinal(int(found['load']))}{twin} {found['speed']}"


def _house(found: re.Match[str]) -> str:
    return f"{cardinal(int(found[1]))} {_LETTERS[found[2]]}"


def _part(found: re.Match[str]) -> str:
    slash = " " if found.group() == "24/7" else " slash "
    return f"{cardinal(int(found[1]))}{slash}{cardinal(int(found[2]))}"


def _ordinal(found: re.Match[str]) -> str:
    return ordinal(int(found[1]))


def _mixed(found: re.Match[str]) -> str:
    """Say a code of letters and digits, unless it is a number and its unit."""
    first, *rest = _RUNS.findall(found.group())
    if first.isdecimal() and "".join(rest).lower() in _THINGS:
        return found.group()
    return " ".join(_run(run) for run in (first, *rest))


def _run(run: str) -> str:
    if not run.isdecimal():
        return run
    return digits_one_by_one(run) if run.startswith("0") or len(run) > 2 else cardinal(int(run))


def _count(found: re.Match[str]) -> str:
    amounts = [Amount.read(written) for written in (found["first"], found["second"]) if written]
    said = " to ".join(_amount(amount) for amount in amounts)
    if re.fullmatch(r"0\d+", found["first"]) and not found["second"]:
        said = digits_one_by_one(found["first"])
    if found["unit"]:
        one, many = _THINGS[found["unit"].lower()]
        said += f" {one if amounts[-1] == Amount(1, '') else many}"
    start = found.start()
    glued = " " if start and found.string[start - 1].isalpha() else ""
    return (
        glued + ("minus " if found["minus"] else "") + said + (" " if found.string[found.end() :][:1].isalpha() else "")
    )


def _amount(amount: Amount) -> str:
    whole = cardinal(amount.whole)
    return f"{whole} point {digits_one_by_one(amount.fraction)}" if amount.fraction else whole


def _abbreviation(found: re.Match[str]) -> str:
    word = _SHORT[found[1].lower()]
    return (word.capitalize() if found[1][0].isupper() else word) + ("." if found[2] is not None else "")
