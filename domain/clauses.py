"""Cutting the model's words into clauses that can be voiced.

The first clause is cut as early as it can be spoken, so that the caller waits
least; the following ones are whole sentences, so that they sound best.
"""

import re

from domain.speakable import is_open

_FIRST_CHARACTERS = 14
_LONGEST_CHARACTERS = 240
_END = re.compile(r"[.!?…]+[\"»”)]*(?=\s|$)|\n+")
_BREATH = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"])(?:(?!є)\w|вул|грн|див|ін|обл|просп|пров|тел|шт|напр|ул|руб|ст|mr|mrs|dr|st|no|etc)\.$", re.I
)


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
            if not _ABBREVIATION.search(before) and not is_open(before):
                return match.end()
        if is_open(self._rest):
            return None
        if not self._any:
            for match in _BREATH.finditer(self._rest):
                if match.end() >= _FIRST_CHARACTERS and not is_open(self._rest[: match.end()]):
                    return match.end()
        if len(self._rest) > _LONGEST_CHARACTERS:
            at = self._rest.rfind(" ", 0, _LONGEST_CHARACTERS) + 1 or _LONGEST_CHARACTERS
            return None if is_open(self._rest[:at]) else at
        return None

    def _is_certain(self, end: re.Match[str]) -> bool:
        """Whether this is an end even though what follows is not known yet ("2.5", "вул. Сагайдака")."""
        before = self._rest[: end.start()]
        return end.group() != "." or before[-4:].isalpha()
