"""What a language with cases must bring so that figures can be said in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from domain.verbalizer.grammar import Case, Gender, Noun
from domain.verbalizer.numbers import Numerals

Reading = Callable[[str], str]
"""Puts words for one kind of figures in a text."""


class Speller(Protocol):
    """What is enough to dictate a number or a code."""

    @property
    def plus(self) -> str: ...

    @property
    def letters(self) -> Mapping[str, str]: ...

    def group(self, digits: str) -> str:
        """Say digits that belong together, with their leading zeros."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    whole: Noun
    hundredth: Noun


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    numerals: Numerals
    letters: Mapping[str, str]
    """The names of capital letters, Latin and Cyrillic."""

    hryvnia: Currency
    currencies: Mapping[str, Currency]
    """By the ways in which they are written, in small letters."""
    units: Mapping[str, Noun]
    """By their abbreviations."""
    forms: Mapping[str, tuple[Noun, ...]]
    """What is often counted, by all of its forms."""
    places: Mapping[str, Noun]
    """By their abbreviations: streets, towns, flats; what stands before its name or number."""
    regions: Mapping[str, Noun]
    """By their abbreviations: what stands behind its name."""
    abbreviations: Mapping[str, str]
    """That are said the same wherever they stand."""

    prepositions: Mapping[str, tuple[Case, ...]]
    """Words before a number, and the cases that they ask for, the likelier first."""
    firm: frozenset[str]
    """Prepositions that decide the case of a number even if nothing follows it."""
    place_prepositions: Mapping[str, Case]
    time_prepositions: Mapping[str, Case]

    months: tuple[str, ...]
    """In the genitive, January first."""
    month_prefixes: tuple[str, ...]
    weekdays: Mapping[str, tuple[str, str, str]]
    """By their abbreviations: nominative, genitive, accusative."""
    year: Noun
    hour: Noun
    hours_are_ordinal: bool
    """Whether ten o'clock is "the tenth hour"."""

    of_times: str
    """Begins the span of two times: "from nine to six"."""
    of_amounts: str
    """Begins the span of two amounts."""
    until: str
    by: str
    slash: str
    either: str
    index: str
    radius: str
    number_sign: str
    plus: str
    minus: str
    per: str
    half: str
    """Of one thing: "half an hour"."""
    one_and_a_half: Mapping[Gender, str]
    and_a_half: str
    whole: tuple[str, str]
    """Of a decimal number: of one, of more."""
    fractions: tuple[tuple[str, str], ...]
    """Tenths, hundredths, thousandths: of one, of more."""
    signs: Mapping[str, str]
    """What is left of them when everything else is read."""
    uncounted: frozenset[str]
    """Words that are never what a number before them counts."""
    orders: tuple[str, ...]
    """Words before a number that is a name, as beginnings."""
    latin: Mapping[str, str]
    """Brands and other Latin words, in small letters, as they are said."""

    def number(self, number: int) -> str:
        return self.numerals.cardinal(number)

    def group(self, digits: str) -> str:
        zeros = len(digits) - len(digits.lstrip("0"))
        words = [self.number(0)] * zeros
        if digits[zeros:]:
            words.append(self.number(int(digits[zeros:])))
        return " ".join(words)
