"""Tyre sizes: `205/55 R16` from "двісті п'ять на п'ятдесят п'ять на шістнадцять", "two oh five fifty five sixteen".

Rule 1: a whole size is unmistakable and read wherever it is said: three
numbers, or what is said in their place, that make the figures of a tyre.
Rule 2: a part of one is read only where a size is asked for.
"""

from collections.abc import Sequence

from domain.hearing.numbers import Numeral, Token, numerals, runs
from domain.shop.catalog import TireSize

_BETWEEN = frozenset(
    """
    на х x по дріб через слеш дробь слэш by over slash and і и а r р ер эр ар ar are z ze
    радіус радіуса радіусом радіусі радиус радиуса радиусом дюймів дюймов inch inches профіль профилем профілем профиль
    висота высота ширина діаметр діаметром диаметр диаметром profile radius rim diameter width колесо диски диск диск
    """.split()
)
_WIDTHS = range(105, 400, 10)
_PROFILES = frozenset((*range(20, 100, 5), 82))
_DIAMETERS = range(10, 27)
_WHOLE = 7
"""Figures of a size: three, two and two."""
_UNITS = ("шт", "кол", "кіл", "шин", "покриш", "комплект", "tire", "tyre", "piece")


def whole_size(spoken: Sequence[Token]) -> TireSize | None:
    """Return the size that is said among these words, if it is one."""
    found = {size for row in runs(spoken, _BETWEEN) if (size := _in_row(row)) is not None}
    return found.pop() if len(found) == 1 else None


def read_size(spoken: Sequence[Token]) -> str:
    size = whole_size(spoken) or _in_figures(spoken)
    return str(size) if size else _part(spoken)


def _in_row(row: Sequence[Numeral]) -> TireSize | None:
    """Read numbers that follow each other; a number before or behind them makes them something else."""
    if len(row) == 1:
        return None
    return _of_figures("".join(numeral.digits for numeral in row))


def _of_figures(figures: str) -> TireSize | None:
    if len(figures) != _WHOLE:
        return None
    size = TireSize(int(figures[:3]), int(figures[3:5]), int(figures[5:]))
    likely = size.width in _WIDTHS and size.profile in _PROFILES and size.diameter in _DIAMETERS
    return size if likely else None


def _in_figures(spoken: Sequence[Token]) -> TireSize | None:
    """Read a size that the recognizer has written without any space, or among other numbers: "4 шини 2055516"."""
    found = numerals(spoken)
    sizes: set[TireSize] = set()
    for first in range(len(found)):
        figures = ""
        for numeral in found[first:]:
            figures += numeral.digits
            if (size := _of_figures(figures)) is not None:
                sizes.add(size)
            if len(figures) >= _WHOLE:
                break
    return sizes.pop() if len(sizes) == 1 else None


def _part(spoken: Sequence[Token]) -> str:
    """Read `205/55`, `205` or `R16` where no more was said."""
    found = [numeral for numeral in numerals(spoken) if not _counts_tires(numeral, spoken)]
    figures = "".join(numeral.digits for numeral in found)
    if not figures:
        return ""
    if len(figures) == 2 and int(figures) in _DIAMETERS:
        return f"R{int(figures)}"
    if len(figures) == 5 and int(figures[:3]) in _WIDTHS and int(figures[3:]) in _PROFILES:
        return f"{int(figures[:3])}/{int(figures[3:])}"
    return figures if len(figures) == 3 and int(figures) in _WIDTHS else ""


def _counts_tires(numeral: Numeral, spoken: Sequence[Token]) -> bool:
    following = spoken[numeral.end].text if numeral.end < len(spoken) else ""
    return following.startswith(_UNITS) and numeral.value < _DIAMETERS.start
