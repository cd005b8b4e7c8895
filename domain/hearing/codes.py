"""Numbers that are names: of orders, bookings and contracts, and number plates.

Rule 1: letters are written as Latin capitals, whatever the tongue that named them.
Rule 2: a number of an order is its figures; letters belong to it only where they stand before them.
"""

import re
from collections.abc import Mapping, Sequence

from domain.hearing.numbers import Token, numerals

_LETTERS: Mapping[str, str] = {
    name: letter
    for letter, names in (
        ("A", "а a ей эй"),
        ("B", "б бе бэ b be bee в ве вэ"),
        ("C", "с ес эс c це цэ це see"),
        ("D", "д де дэ d dee"),
        ("E", "е є э e"),
        ("F", "ф еф эф f ef"),
        ("G", "г ге гэ g"),
        ("H", "н ен эн h аш"),
        ("I", "і и i ай"),
        ("J", "й j джей jay"),
        ("K", "к ка k kay кей"),
        ("L", "л ел ель эль l el"),
        ("M", "м ем эм m em"),
        ("N", "n"),
        ("O", "о o"),
        ("P", "р ер эр"),
        ("Q", "q ку"),
        ("R", "r ar"),
        ("S", "s"),
        ("T", "т те тэ t tee ти"),
        ("U", "у u"),
        ("V", "v ві"),
        ("W", "w"),
        ("X", "х ха x ікс икс"),
        ("Y", "y ігрек игрек"),
        ("Z", "з зе зэ z зет zed zee"),
    )
    for name in names.split()
}
_LOOK_ALIKE = str.maketrans("АВСЕНІКМОРТХЗБ", "ABCEHIKMOPTXZB")
_WRITTEN = re.compile(r"\b([A-ZА-ЯІЇЄҐ]{1,4})[- ]?(\d{2,14})\b")
_DASHES = frozenset("дефіс дефис тире dash".split())
_ORDINARY = frozenset("а a в і и i о у з с к е є э".split())
_BETWEEN = frozenset("номер дефіс дефис тире dash і and number это це потім далі так да значить".split())
_PLATE = re.compile(r"[A-Z]{2}\d{4}[A-Z]{2}")
_FEWEST, _MOST = 2, 14


def read_order_number(spoken: Sequence[Token], text: str) -> str:
    written = {f"{letters}-{figures}" for letters, figures in _WRITTEN.findall(text)}
    if len(written) == 1:
        return written.pop()
    found = numerals(spoken)
    rows: list[list[int]] = []
    for index, numeral in enumerate(found):
        between = spoken[found[index - 1].end : numeral.start] if index else ()
        if rows and all(token.text in _BETWEEN for token in between):
            rows[-1].append(index)
        else:
            rows.append([index])
    codes = set()
    for row in rows:
        figures = "".join(found[index].digits for index in row)
        if _FEWEST <= len(figures) <= _MOST:
            letters = _spelled_before(spoken, found[row[0]].start)
            codes.add(f"{letters}-{figures}" if letters else figures)
    return codes.pop() if len(codes) == 1 else ""


def _spelled_before(spoken: Sequence[Token], at: int) -> str:
    """Return the letters that are spelled right before a number; conjunctions and prepositions are no spelling."""
    while at and spoken[at - 1].text in _DASHES:
        at -= 1
    letters, spelled = "", False
    while at and (letter := _LETTERS.get(spoken[at - 1].text)):
        spelled |= spoken[at - 1].text not in _ORDINARY
        letters, at = letter + letters, at - 1
    return letters if spelled and len(letters) > 1 else ""


def read_plate(spoken: Sequence[Token]) -> str:
    """Return a plate of this country that is said whole: `AE1234CB`."""
    found = {numeral.start: numeral for numeral in numerals(spoken)}
    plate, at = "", 0
    while at < len(spoken):
        numeral = found.get(at)
        if numeral is not None:
            plate, at = plate + numeral.digits, numeral.end
            continue
        word = spoken[at].text
        plate += _LETTERS.get(word) or _written_together(word)
        at += 1
    plates = set(_PLATE.findall(plate))
    return plates.pop() if len(plates) == 1 else ""


def _written_together(word: str) -> str:
    """Return the letters of `АЕ`, as the recognizer writes what was spelled; other words are a gap."""
    letters = word.upper().translate(_LOOK_ALIKE)
    return letters if len(letters) == 2 and re.fullmatch("[A-Z]{2}", letters) else " "
