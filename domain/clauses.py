"""Cutting the model's words into clauses that can be voiced.

The first clause is cut as early as it can be spoken, so that the caller waits
least; the following ones are whole sentences, so that they sound best.
"""

import re

from domain.speakable import is_open

_FIRST_CHARACTERS = 14
_LONGEST_CHARACTERS = 240
_END = re.compile(r"[.!?…]+[\"»”)]*(?=\s|$)|\n+")
_BREATH = re.compile(r"[,;:](?=\s+[^\s\d])|\s[–—-](?=\s+[^\s\d])")
"""Not before a figure: "Здолбунівська, 7Г" and "четвер, 26 листопада" are said in one breath."""
_IN_ADDRESS = re.compile(
    r"\b(?:м\.\s|(?:вул|просп|пр-т|бульв|бул|пров|пл|ул|пр)\.|вулиц|проспект|бульвар|провул|площ|шосе|узвіз|улиц|шоссе)"
    r"[^,;:–—]*[,;:]?$",
    re.I,
)
"""A street waits for its house, whatever its number begins with; a town that is called one waits for its street."""
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"])(?:(?!є)\w|вул|буд|корп|кв|пр|пл|бул|бульв|наб|див|обл|просп|пров|тел|шт|напр|ул|ст|mr|mrs|dr|st|no|etc)\.$",
    re.I,
)
_UNIT = re.compile(r"(?:^|[\s(«\"])(?:грн|руб|коп|год|хв|ін)\.\Z", re.I)
"""Abbreviations that may end a sentence: they do where the next word begins with a capital letter."""
_OPENING = ' \n"«„“(–—-'


class Clauses:
    """Takes words as they come and gives clauses as they are whole."""

    def __init__(self) -> None:
        self._rest = ""
        self._any = False

    def add(self, text: str) -> list[str]:
        self._rest += text
        whole: list[str] = []
        while (end := self._end()) is not None:
            clause, self._rest = self._rest[:end].strip(), self._rest[end:].lstrip()
            if clause:
                whole.append(clause)
                self._any = True
        return whole

    def rest(self) -> list[str]:
        """Return what is left when no more words come."""
        clause, self._rest = self._rest.strip(), ""
        return [clause] if clause else []

    def _end(self) -> int | None:
        for match in _END.finditer(self._rest):
            if match.end() == len(self._rest) and not self._is_certain(match):
                return None
            before = self._rest[: match.end()]
            if not self._is_shortened(before) and not is_open(before):
                return match.end()
        if is_open(self._rest):
            return None
        if not self._any:
            for match in _BREATH.finditer(self._rest):
                before = self._rest[: match.end()]
                if match.end() >= _FIRST_CHARACTERS and not (_IN_ADDRESS.search(before) or is_open(before)):
                    return match.end()
        if len(self._rest) > _LONGEST_CHARACTERS:
            at = self._rest.rfind(" ", 0, _LONGEST_CHARACTERS) + 1 or _LONGEST_CHARACTERS
            return None if is_open(self._rest[:at]) else at
        return None

    def _is_shortened(self, before: str) -> bool:
        """Whether the point at the end of this only shortens a word."""
        after = self._rest[len(before) :].lstrip(_OPENING)
        return bool(_ABBREVIATION.search(before) or (_UNIT.search(before) and not after[:1].isupper()))

    def _is_certain(self, end: re.Match[str]) -> bool:
        """Whether this is an end even though what follows is not known yet ("2.5", "вул. Сагайдака")."""
        before = self._rest[: end.start()]
        return end.group() != "." or before[-4:].isalpha()
