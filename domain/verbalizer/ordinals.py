"""Numbers with a written ending ("26-го", "3-х", "16-дюймовий"): the form is the one that ends so."""

import re

from domain.verbalizer.grammar import FEMININE, MASCULINE, NEUTER, Case
from domain.verbalizer.tongue import Reading, Tongue

_N, _G, _D, _A, _I, _L = Case
_ENDED = re.compile(
    r"(?<![\d.,:/-])(?P<number>\d{1,4})-(?P<ending>[а-яёґєії]{1,3})(?!\w)(?:\s(?=(?P<next>[^\W\d]+)))?", re.I
)
_COMPOUND = re.compile(r"(?<![\d.,:/-])(?P<number>\d{1,4})-?(?=[а-яёґєії]{4,})(?:(?<=-)|(?=річч|лети))", re.I)
_LIKELY = (
    *((_N, MASCULINE), (_G, MASCULINE), (_N, FEMININE), (_N, NEUTER), (_G, FEMININE), (_A, FEMININE)),
    *((_D, MASCULINE), (_L, FEMININE), (_L, MASCULINE)),
)


def ordinals(tongue: Tongue) -> Reading:
    def read(text: str) -> str:
        if "-" not in text:
            return text
        text = _COMPOUND.sub(lambda found: tongue.numerals.prefix(int(found["number"])), text)
        return _ENDED.sub(lambda found: _ended(found, tongue), text)

    return read


def _ended(found: re.Match[str], tongue: Tongue) -> str:
    number, ending, following = int(found["number"]), found["ending"].lower(), (found["next"] or "").lower()
    gap = " " if found["next"] else ""
    ordinal, cardinal = tongue.numerals.ordinal, tongue.numerals.cardinal
    for noun in tongue.forms.get(following, ()):
        for case in Case:
            if noun.singular[case] == following and (form := ordinal(number, case, noun.gender)).endswith(ending):
                return form + gap
    forms = [ordinal(number, case, gender) for case, gender in _LIKELY] + [cardinal(number, case) for case in Case]
    said = next((form for form in forms if form.endswith(ending)), None)
    return f"{said}{gap}" if said else f"{ordinal(number)} {ending}{gap}"
