"""Cases, genders and nouns, as far as numbers agree with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum


class Case(IntEnum):
    """In the order of the tables."""

    NOMINATIVE = 0
    GENITIVE = 1
    DATIVE = 2
    ACCUSATIVE = 3
    INSTRUMENTAL = 4
    LOCATIVE = 5


class Gender(Enum):
    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


MASCULINE, FEMININE, NEUTER = Gender.MASCULINE, Gender.FEMININE, Gender.NEUTER
_GENDERS = {"m": MASCULINE, "f": FEMININE, "n": NEUTER}
_COUNTED_BY_KIND = frozenset({Case.NOMINATIVE, Case.ACCUSATIVE})


@dataclass(frozen=True, slots=True)
class Noun:
    gender: Gender
    singular: tuple[str, ...]
    plural: tuple[str, ...]
    few: str
    """What follows two, three and four: the plural in Ukrainian, the genitive of one in Russian."""

    def counted(self, number: int, case: Case) -> str:
        """Return the form that follows this number, when the number stands in this case."""
        if number % 10 == 1 and number % 100 != 11:
            return self.singular[case]
        if case not in _COUNTED_BY_KIND:
            return self.plural[case]
        if number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}:
            return self.few
        return self.plural[Case.GENITIVE]


def noun(gender: Gender, stem: str, endings: str, *, genitive_few: bool = False) -> Noun:
    """Decline a stem: twelve endings, those of one thing and those of many; `-` is no ending."""
    forms = tuple(stem + ending.removeprefix("-") for ending in endings.split())
    singular, plural = forms[:6], forms[6:]
    few = singular[Case.GENITIVE] if genitive_few else plural[Case.NOMINATIVE]
    return Noun(gender, singular, plural, few)


def nouns(table: str, *, genitive_few: bool = False) -> dict[str, Noun]:
    """Read declensions, by the nominative.

    A line of the table is a gender's first letter, twelve endings and, behind a colon, the stems that take them.
    """
    read: dict[str, Noun] = {}
    for line in table.strip().splitlines():
        pattern, stems = line.split(":")
        letter, endings = pattern.split(maxsplit=1)
        for stem in stems.split():
            word = noun(_GENDERS[letter], stem.removeprefix("-"), endings, genitive_few=genitive_few)
            read[word.singular[Case.NOMINATIVE]] = word
    return read


def followed(word: Noun, after: str) -> Noun:
    """Put unchanging words behind a noun: kilometres an hour."""
    return Noun(
        word.gender,
        tuple(form + after for form in word.singular),
        tuple(form + after for form in word.plural),
        word.few + after,
    )


def by_form(words: Iterable[Noun]) -> dict[str, tuple[Noun, ...]]:
    """Index nouns by everything that they may look like."""
    found: dict[str, tuple[Noun, ...]] = {}
    for word in words:
        for form in {*word.singular, *word.plural}:
            found[form] = (*found.get(form, ()), word)
    return found
