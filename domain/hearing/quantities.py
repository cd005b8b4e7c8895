"""How many: `4` from "чотири", "комплект", "четвірку"."""

from collections.abc import Sequence
from itertools import pairwise

from domain.hearing.number_words import NUMBER_WORDS
from domain.hearing.numbers import Numeral, Token, numerals

_SETS = ("комплект", "set")
_PAIRS = ("пара", "пару", "пари", "парочк", "пары", "pair")
_TIRES = ("шт", "кол", "кіл", "шин", "покриш", "гум", "резин", "tire", "tyre", "piece", "wheel", "of")
_NOT_TIRES = (
    *(
        "грив",
        "грн",
        "тис",
        "рок",
        "рік",
        "лет",
        "год",
        "дн",
        "днів",
        "тиж",
        "хвил",
        "мин",
        "міс",
        "раз",
        "машин",
        "авто",
    ),
    *("відсот", "проц", "%", "ер", "радіус", "радиус", "дюйм", "листоп", "груд", "січ"),
    *("hryv", "year", "day", "week", "hour", "minute", "inch", "percent", "car", "o'clock"),
)
_POINTING = frozenset("the this that which first second third last next other another cheaper cheapest any".split())
"""English words before "one" that name a tyre, and do not count."""
_SPARE = frozenset("запаска запаску".split())
_MORE = frozenset("і й и та ще еще and plus плюс".split())
_RIMS = range(12, 25)
_MOST = 99
_SET, _PAIR = 4, 2


def read_quantity(spoken: Sequence[Token]) -> str:
    counted = _sets(spoken) or _counted(spoken)
    return str(counted) if counted else ""


def _sets(spoken: Sequence[Token]) -> int | None:
    """Read "два комплекти", "пару"."""
    for at, token in enumerate(spoken):
        size = _SET if token.text.startswith(_SETS) else _PAIR if token.text.startswith(_PAIRS) else None
        if size is None:
            continue
        before = spoken[at - 1] if at else None
        word = NUMBER_WORDS.get(before.text) if before else None
        if before is not None and before.text.isdecimal():
            count = int(before.text)
        else:
            count = word.value if word is not None and not word.ordinal else 1
        return size * count if 0 < size * count <= _MOST else None
    return None


def _counted(spoken: Sequence[Token]) -> int | None:
    candidates = [numeral for numeral in _alone(spoken) if _may_count(numeral, spoken)]
    tires = [numeral for numeral in candidates if _following(numeral, spoken).startswith(_TIRES)]
    counted = tires or [numeral for numeral in candidates if not _may_be_rim(numeral, spoken)]
    values = {numeral.value for numeral in counted}
    if any(_before(numeral, spoken) in _MORE for numeral in counted[1:]):
        return None
    if len(values) == 1:
        return values.pop()
    if not values and any(token.text in ("штуку", "штучку", "штука", *_SPARE) for token in spoken):
        return 1
    return None


def _may_count(numeral: Numeral, spoken: Sequence[Token]) -> bool:
    if numeral.ordinal or not 1 <= numeral.value <= _MOST or numeral.digits.startswith("0"):
        return False
    before = _before(numeral, spoken)
    if numeral.last in ("one", "ones") and (before in _POINTING or before.endswith("er")):
        return False
    following = _following(numeral, spoken)
    return not following.startswith(_NOT_TIRES) or following.startswith("of")


def _alone(spoken: Sequence[Token]) -> list[Numeral]:
    """Return the numbers that no other touches: those that do are a size or a telephone number."""
    found = numerals(spoken)
    touching = {one.end for one, other in pairwise(found) if one.end == other.start and not spoken[one.end].after_pause}
    return [numeral for numeral in found if numeral.start not in touching and numeral.end not in touching]


def _may_be_rim(numeral: Numeral, spoken: Sequence[Token]) -> bool:
    """Whether it may be "на шістнадцять", the rim that the tyres are for."""
    return numeral.value in _RIMS and _before(numeral, spoken) in ("на", "r", "р", "ер")


def _before(numeral: Numeral, spoken: Sequence[Token]) -> str:
    return spoken[numeral.start - 1].text if numeral.start else ""


def _following(numeral: Numeral, spoken: Sequence[Token]) -> str:
    return spoken[numeral.end].text if numeral.end < len(spoken) else ""
