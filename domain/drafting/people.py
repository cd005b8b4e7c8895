"""Made-up people: names, numbers and places to live that stand for those of a call.

Rule 1: who or what is named twice gets the same stand-in twice, in the form that it was named in.
Rule 2: a stand-in is never what it stands for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.hearing.names import first_name

CARD, EMAIL, PLATE = "4000 0000 0000 0002", "person@example.com", "АА0001АА"
OWN_PHONE = "0671234567"
"""The number of the caller in the examples."""

_MEN = {"Віктор": "Віктора", "Сергій": "Сергія", "Андрій": "Андрія", "Тарас": "Тараса"}
_WOMEN = {"Марія": "Марію", "Оксана": "Оксану", "Ірина": "Ірину", "Катерина": "Катерину"}
"""Each with its form behind "на"."""
_LATIN = {"Victor": "Victor", "Maria": "Maria", "Andrew": "Andrew", "Helen": "Helen"}
_FAMILIES = {name: name for name in ("Садовенко", "Польовенко", "Лісовенко", "Степовенко")}
_MEN_IN_A = frozenset("микола ілля саша вова коля міша діма женя льоша никита илья микита лука кузьма сава".split())
_ENDINGS = "аяоійьйеу"
_LONGEST_ENDING = 3
_SHORTEST_STEM = 3


@dataclass(slots=True)
class People:
    """Who has been met in a call so far, and what stands for each."""

    _names: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """By stem: the stand-in's forms."""
    _canonical: dict[str, str] = field(default_factory=dict)
    _phones: dict[str, str] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def meet(self, name: str) -> None:
        """Learn a name as a tool was told it: a first name, and what follows it."""
        for word in re.findall(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*", name):
            self._stand_in(word, first_name(word) or word, family=word != name.split()[0])

    def named(self, word: str) -> str:
        """Return what stands for this word; "" for one that names nobody."""
        known = first_name(word)
        if known:
            self._stand_in(word, known, family=False)
            stem = _stem(known)
        else:
            small = word.casefold()
            stem = next((each for each in self._names if _is_form(small, each)), "")
        if not stem:
            return ""
        nominative, behind_on = next(iter(self._names[stem].items()))
        return nominative if word.casefold() == self._canonical[stem] else behind_on

    def phone(self, number: str) -> str:
        """Return what stands for a number, written as it is: from abroad, or at home."""
        digits = "".join(filter(str.isdigit, number))
        at_home = digits.removeprefix("38")
        stand_in = self._phones.setdefault(at_home, f"09311122{len(self._phones):02}")
        return "+38" * number.startswith("+") + "38" * (not number.startswith("+") and digits != at_home) + stand_in

    def own(self, number: str) -> None:
        """Learn the number that the line has said."""
        self._phones["".join(filter(str.isdigit, number)).removeprefix("38")] = OWN_PHONE

    def address(self, written: str) -> str:
        """Return what stands for an address."""
        key = " ".join(re.findall(r"\w+", written.casefold()))
        return self._addresses.setdefault(key, f"вулиця Садова {5 + 2 * len(self._addresses)}")

    def _stand_in(self, word: str, canonical: str, *, family: bool) -> None:
        stem = _stem(canonical)
        if stem in self._names:
            return
        if word.isascii():
            forms: Mapping[str, str] = _LATIN
        elif family:
            forms = _FAMILIES
        else:
            woman = canonical[-1:] in "ая" and canonical.casefold() not in _MEN_IN_A
            forms = _WOMEN if woman else _MEN
        taken = {nominative for each in self._names.values() for nominative in each}
        free = [each for each in forms if each not in taken and not _is_form(each.casefold(), stem)]
        chosen = free[0] if free else next(iter(forms))
        self._names[stem] = {chosen: forms[chosen]}
        self._canonical[stem] = canonical.casefold()


def _stem(name: str) -> str:
    small = name.casefold()
    return small[:-1] if small[-1] in _ENDINGS and len(small) > _SHORTEST_STEM else small


def _is_form(word: str, stem: str) -> bool:
    return word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING
