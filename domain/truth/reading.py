"""A sentence that is being read: what was claimed so far, and what is still unread."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from domain.truth.claim import Claim
from domain.truth.plain import TAKEN

_BREAK = re.compile(r"[,;:—–]|\s-\s|\b(?:і|й|та|и|and|але|но|but)\b", re.I)

Reader = Callable[[re.Match[str]], Sequence[Claim] | None]


def choices(lines: str) -> str:
    """Join lines to one pattern, each a choice more; a line that begins with a bar goes on where the last one ended."""
    return re.sub(r"\s*\n\s*\|?", "|", lines.strip())


def words(lines: str) -> re.Pattern[str]:
    """Return the pattern of any of these words."""
    return re.compile(rf"\b(?:{choices(lines)})\b", re.I)


_ECHO = words(r"""
    до|не дорожч\w*|не дороже|дешевш\w*|дешевле|[ву] межах|в пределах|під? бюджет|бюджет\w*|ви (?:сказали|назвали)
    вы (?:сказали|назвали)
    up to|under|below|budget|within|you (?:said|mentioned)|at most|шука\w*|ищу|ищем|п[ио]дбер\w*|підібра\w*|подобра\w*
""")
"""Words with which the caller's wish is said back."""


class Reading:
    """Readers take one after the other what they understand; each sees what the others have left."""

    def __init__(self, sentence: str, today: date) -> None:
        self.sentence = sentence
        self.today = today
        self.rest = sentence
        self.claims: list[Claim] = []

    @cached_property
    def echoes(self) -> bool:
        """Whether its figures are asked about, or are what the caller wished."""
        return _ECHO.search(self.sentence) is not None or self.asks(0)

    def take(self, pattern: re.Pattern[str], read: Reader, *, mark: str = TAKEN) -> None:
        """Let a reader read each match; it returns None for what is nothing of its kind."""

        def taken(match: re.Match[str]) -> str:
            if (claims := read(match)) is None:
                return match.group()
            self.claims.extend(claims)
            return mark

        self.rest = pattern.sub(taken, self.rest)

    def asks(self, at: int) -> bool:
        """Whether what stands before this place is asked, not said: nothing but the question's rest follows it."""
        return self.sentence.endswith("?") and not _BREAK.search(self.sentence, at)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence says, and does not ask, what the pattern describes."""
        return any(not self.asks(match.end()) for match in pattern.finditer(self.sentence))
