"""Numbers in words and figures, as they are said: one after another, leading zeros and all.

Rule 1: words make one number as long as each is smaller than the one before
in kind: "двісті п'ять п'ятдесят п'ять" are 205 and 55.  A pause between them
(a comma) makes two.
Rule 2: figures are kept as they were dictated: "нуль шістдесят сім" is `0`, `67`.
Rule 3: whether a text holds a number at all is for the expected slot to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.hearing.number_words import (
    HUNDRED,
    NUMBER_WORDS,
    ONE_AND_A_HALF,
    REPEATS,
    THOUSANDS,
    NumberWord,
    Rank,
)
from domain.money import Money

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_PAUSE = re.compile(r"[,;.!?…—](\s|$)|\s[–—-]\s")
_THOUSAND = 1000
_ABOVE = Rank.HUNDREDS + 1
"""What a thousand leaves open, and what nothing has closed yet."""
_MOST_REPEATED = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a row of figures, in small letters, apostrophes and `ё` all alike."""

    text: str
    after_pause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    value: int
    digits: str
    """As dictated, leading zeros and all."""
    start: int
    end: int
    """Its tokens, the last not included."""
    last: str
    """Its last word, whose ending tells what is counted."""
    ordinal: bool = False
    written: bool = False
    """Whether it stands in figures."""


def tokens(text: str) -> tuple[Token, ...]:
    found = []
    end = 0
    for match in _TOKEN.finditer(text):
        word = re.sub("[’ʼ`]", "'", match.group().lower()).replace("ё", "е")
        found.append(Token(word, _PAUSE.search(text[end : match.start() + 1]) is not None))
        end = match.end()
    return tuple(found)


def numerals(spoken: Sequence[Token]) -> tuple[Numeral, ...]:
    """Return the numbers among these words."""
    found: list[Numeral] = []
    at = 0
    while at < len(spoken):
        numeral = _Reading(spoken, at).read()
        if numeral is None:
            at += 1
        else:
            found.append(numeral)
            at = numeral.end
    return tuple(found)


class _Reading:
    """Reads the number that begins with a token, if one does."""

    def __init__(self, spoken: Sequence[Token], start: int) -> None:
        self._spoken = spoken
        self._start = self._at = start
        self._value = 0
        """What is behind the thousands."""
        self._thousands: int | None = None
        self._open: int = _ABOVE
        self._ordinal = self._written = False
        self._digits: str | None = None

    def read(self) -> Numeral | None:
        repeated = self._repeated()
        if repeated is not None:
            return repeated
        while self._at < len(self._spoken) and not self._ordinal and self._take(self._spoken[self._at]):
            self._at += 1
        if self._at == self._start:
            return None
        value = (self._thousands or 0) * _THOUSAND + self._value
        return Numeral(
            value=value,
            digits=self._digits if self._digits is not None and self._thousands is None else str(value),
            start=self._start,
            end=self._at,
            last=self._spoken[self._at - 1].text,
            ordinal=self._ordinal,
            written=self._written,
        )

    def _take(self, token: Token) -> bool:
        begun = self._at > self._start
        if begun and token.after_pause:
            return False
        if token.text.isdecimal():
            return self._take_figures(token.text)
        if token.text in THOUSANDS:
            return self._take_thousand()
        if token.text in HUNDRED:
            return self._take_hundred()
        if token.text in ONE_AND_A_HALF:
            return self._take_one_and_a_half()
        if token.text == "and" and begun and (self._open is Rank.HUNDREDS or self._thousands is not None):
            return self._next_is_smaller()
        word = NUMBER_WORDS.get(token.text)
        return word is not None and self._take_word(word)

    def _take_word(self, word: NumberWord) -> bool:
        begun = self._at > self._start
        if begun and (word.rank is Rank.ZERO or not self._fits(word.rank)):
            return False
        self._value += word.value
        self._open = word.rank
        self._ordinal = word.ordinal
        return True

    def _fits(self, rank: Rank) -> bool:
        if self._open is Rank.TEEN or self._open is Rank.ZERO:
            return False
        return rank < self._open and not (self._open is Rank.TENS and rank is Rank.TEEN)

    def _take_figures(self, figures: str) -> bool:
        begun = self._at > self._start
        if begun and (self._thousands is None or self._open != _ABOVE or len(figures) > 3):
            return False
        self._value, self._open, self._written, self._digits = int(figures), Rank.ZERO, True, figures
        return True

    def _take_thousand(self) -> bool:
        begun = self._at > self._start
        if self._thousands is not None or (begun and self._value == 0):
            return False
        self._thousands, self._value, self._open = (self._value if begun else 1), 0, _ABOVE
        return True

    def _take_hundred(self) -> bool:
        begun = self._at > self._start
        if begun and not 0 < self._value < 100:
            return False
        self._value, self._open = 100 * (self._value if begun else 1), Rank.HUNDREDS
        return True

    def _take_one_and_a_half(self) -> bool:
        following = self._spoken[self._at + 1 : self._at + 2]
        if self._at > self._start or not following or following[0].text not in THOUSANDS:
            return False
        self._thousands, self._value, self._open = 1, _THOUSAND // 2, Rank.ZERO
        self._at += 1
        return True

    def _next_is_smaller(self) -> bool:
        following = self._spoken[self._at + 1 : self._at + 2]
        word = NUMBER_WORDS.get(following[0].text) if following else None
        return word is not None and word.rank is not Rank.ZERO and self._fits(word.rank)

    def _repeated(self) -> Numeral | None:
        """Read "double five", "три сімки"."""
        pair = self._spoken[self._start : self._start + 2]
        if len(pair) < 2:
            return None
        count, figure = pair[0].text, NUMBER_WORDS.get(pair[1].text)
        if figure is None or figure.value > 9 or figure.ordinal:
            return None
        times = REPEATS.get(count)
        if times is None and figure.countable:
            word = NUMBER_WORDS.get(count)
            times = word.value if word is not None and 2 <= word.value <= _MOST_REPEATED and not word.ordinal else None
        if times is None:
            return None
        digits = str(figure.value) * times
        return Numeral(value=int(digits), digits=digits, start=self._start, end=self._start + 2, last=pair[1].text)


def runs(spoken: Sequence[Token], between: frozenset[str]) -> list[list[Numeral]]:
    """Return the numbers in rows: within one there is nothing but these words between them."""
    rows: list[list[Numeral]] = []
    for numeral in numerals(spoken):
        if rows and all(token.text in between for token in spoken[rows[-1][-1].end : numeral.start]):
            rows[-1].append(numeral)
        else:
            rows.append([numeral])
    return rows


def read_numbers(text: str) -> list[int]:
    """Return all numbers of a text, in their order."""
    return [numeral.value for numeral in numerals(tokens(text))]


def ends_in_number(text: str) -> bool:
    """Whether figures are being dictated, so that more may follow."""
    spoken = tokens(text)
    found = numerals(spoken)
    return bool(found) and found[-1].end == len(spoken) and not found[-1].ordinal


_HRYVNIAS = ("гривн", "гривен", "грн", "hryvn", "uah")
_KOPECKS = ("копі", "копій", "копе", "коп", "kopeck", "kopek")


def read_amounts(text: str) -> list[Money]:
    """Return all amounts of money of a text, in their order."""
    spoken = tokens(text)
    amounts: list[Money] = []
    whole_ended: int | None = None
    for numeral in _with_thousands_apart(numerals(spoken)):
        unit = spoken[numeral.end].text if numeral.end < len(spoken) else ""
        if unit.startswith(_HRYVNIAS):
            amounts.append(Money.hryvnias(numeral.value))
            whole_ended = numeral.end + 1
        elif unit.startswith(_KOPECKS):
            kopecks = Money(numeral.value)
            if whole_ended is not None and numeral.start - whole_ended <= 1:
                amounts[-1] = amounts[-1] + kopecks
            else:
                amounts.append(kopecks)
            whole_ended = None
    return amounts


def _with_thousands_apart(found: Sequence[Numeral]) -> list[Numeral]:
    """Join figures that are written with a space between thousands: `13 800`."""
    joined: list[Numeral] = []
    for numeral in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.written
            and numeral.written
            and before.end == numeral.start
            and len(before.digits) <= 3
            and len(numeral.digits) == 3
        ):
            joined[-1] = replace(
                numeral,
                value=before.value * _THOUSAND + numeral.value,
                digits=before.digits + numeral.digits,
                start=before.start,
            )
        else:
            joined.append(numeral)
    return joined
