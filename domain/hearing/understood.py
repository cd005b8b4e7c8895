"""What was asked for, read from the caller's words and written in one fixed way.

Rule 1: words become figures only where figures are asked for; but a whole
tyre size is unmistakable wherever it is said.
Rule 2: what is corrected or denied does not count: "чотири… ні, дві", "не завтра, а в п'ятницю".
Rule 3: what can be read in two ways is not read.
"""

from collections.abc import Sequence
from datetime import date

from domain.hearing.answers import read_answer
from domain.hearing.codes import read_order_number, read_plate
from domain.hearing.dates import read_date
from domain.hearing.names import read_name
from domain.hearing.numbers import Token, tokens
from domain.hearing.phones import read_phone
from domain.hearing.quantities import read_quantity
from domain.hearing.sizes import read_size, whole_size
from domain.hearing.times import read_time
from domain.speech import Expectation

_CORRECTIONS = frozenset(
    """
    ні нє нет no тобто точніше вірніше вернее точнее вибачте перепрошую извините ой помилився помилилась ошибся ошиблась
    rather sorry actually
    """.split()
)
_NOT = frozenset({"не", "not"})
_UNSURE = frozenset("знаю пам'ятаю помню певен певна впевнений впевнена уверен уверена know sure remember".split())
_BUT = frozenset({"а", "но", "але", "but"})
_MAY_BE_A_SIZE = frozenset(
    {Expectation.FREE, Expectation.QUANTITY, Expectation.DATE, Expectation.TIME, Expectation.NAME, Expectation.YES_NO}
)
_ENOUGH = frozenset(str(count) for count in range(1, 20))
"""Quantities that no further word makes larger: "двадцять" may become "двадцять дві"."""


def understood(text: str, expectation: Expectation, *, today: date | None = None) -> str:
    """Return the canonical value of what was asked for; "" where nothing is to be read."""
    if expectation is Expectation.NAME:
        value = read_name(text)
    else:
        value = _read_corrected(tokens(text), text, expectation, today)
    if not value and expectation in _MAY_BE_A_SIZE:
        size = whole_size(tokens(text))
        return str(size) if size else ""
    return value


def _read_corrected(spoken: Sequence[Token], text: str, expectation: Expectation, today: date | None) -> str:
    if expectation is Expectation.YES_NO:
        return read_answer(spoken)
    for part in reversed(_between_corrections(spoken)):
        if value := _read(_without_denied(part), text, expectation, today):
            return value
    return _read(_without_denied(spoken), text, expectation, today)


def _read(spoken: Sequence[Token], text: str, expectation: Expectation, today: date | None) -> str:
    match expectation:
        case Expectation.PHONE:
            return read_phone(spoken, international="+" in text)
        case Expectation.SIZE:
            return read_size(spoken)
        case Expectation.QUANTITY:
            return read_quantity(spoken)
        case Expectation.DATE:
            return read_date(spoken, today)
        case Expectation.TIME:
            return read_time(spoken)
        case Expectation.ORDER_NUMBER:
            return read_order_number(spoken, text)
        case Expectation.PLATE:
            return read_plate(spoken)
        case _:
            return ""


def _between_corrections(spoken: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in spoken:
        if token.text in _CORRECTIONS:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_denied(spoken: Sequence[Token]) -> list[Token]:
    """Leave out what stands behind a "not", up to the "but"."""
    kept: list[Token] = []
    denied = False
    for token, following in zip(spoken, (*spoken[1:], None), strict=False):
        if token.text in _NOT and (following is None or following.text not in _UNSURE):
            denied = True
            continue
        if token.after_pause or token.text in _BUT:
            denied = False
        if not denied:
            kept.append(token)
    return kept


def is_complete(text: str, expectation: Expectation) -> bool:
    """Whether these words are all that was asked for, so that nothing more need come."""
    match expectation:
        case Expectation.PHONE | Expectation.PLATE:
            return bool(understood(text, expectation))
        case Expectation.SIZE:
            return "/" in (size := understood(text, expectation)) and "R" in size
        case Expectation.QUANTITY:
            return understood(text, expectation) in _ENOUGH
        case Expectation.TIME:
            return understood(text, expectation)[-2:] not in ("", "00")
        case _:
            return False
