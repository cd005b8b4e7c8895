"""Number words of Ukrainian and Russian in every gender and case.

The tables are our own. `num2words` 0.5.14 is right about nominatives, and the tests hold these tables against it.
It is wrong about the Ukrainian neuter ("один" for "одне"), the genitive of hundreds ("двохста") and of a thousand
("тисячи") and the Russian accusative of two thousand ("двух тысячи"); of Ukrainian ordinals, which every date needs,
it has no cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.verbalizer.grammar import MASCULINE, Case, Gender, Noun

N = Case.NOMINATIVE
LARGEST = 10**12 - 1


@dataclass(frozen=True, slots=True)
class Numerals:
    one: Mapping[Gender, tuple[str, ...]]
    two: Mapping[Gender, tuple[str, ...]]
    simple: Mapping[int, tuple[str, ...]]
    """Every number of one word but one and two, in its six cases."""
    scales: tuple[tuple[int, Noun], ...]
    ordinals: Mapping[int, Mapping[Gender, tuple[str, ...]]]
    """Every ordinal of one word."""
    prefixes: Mapping[int, str]
    """Where a number that begins a word is not its genitive."""

    def cardinal(self, number: int, case: Case = N, gender: Gender = MASCULINE) -> str:
        """Say a number; one that is too large is no quantity, and is said by threes."""
        words: list[str] = []
        if number > LARGEST:
            return f"{self.cardinal(number // 1000, case)} {self.cardinal(number % 1000, case, gender)}"
        for scale, name in self.scales:
            count, number = divmod(number, scale)
            if not count:
                continue
            if words or count > 1:
                words += self._hundreds(count, case, name.gender)
            words.append(name.counted(count, case))
        if number or not words:
            words += self._hundreds(number, case, gender)
        return " ".join(words)

    def ordinal(self, number: int, case: Case = N, gender: Gender = MASCULINE) -> str:
        last = self._last(number)
        if last is None:
            return self.cardinal(number, case, gender)
        before = f"{self.cardinal(number - last)} " if number > last else ""
        return before + self.ordinals[last][gender][case]

    def prefix(self, number: int) -> str:
        """Return the number as the beginning of a word: `16` of `16-дюймовий`."""
        if number >= 1000:
            return self.cardinal(number, Case.GENITIVE).replace(" ", "")
        return "".join(
            self.prefixes.get(part) or self.simple[part][Case.GENITIVE] for part in _parts(number) if part or not number
        )

    def _hundreds(self, number: int, case: Case, gender: Gender) -> list[str]:
        return [self._word(part, case, gender) for part in _parts(number)]

    def _word(self, number: int, case: Case, gender: Gender) -> str:
        if number == 1:
            return self.one[gender][case]
        if number == 2:
            return self.two[gender][case]
        return self.simple[number][case]

    def _last(self, number: int) -> int | None:
        """Return the part that becomes the ordinal; None when there is no such word."""
        if number % 100 == 0:
            last = number % 1000
        elif number % 100 <= 20 or number % 10 == 0:
            last = number % 100
        else:
            last = number % 10
        if number == 1000:
            last = number
        return last if last or not number else None


def _parts(number: int) -> list[int]:
    """Split a number under a thousand into the numbers of one word that it is said with."""
    if number == 0:
        return [0]
    hundreds, rest = number // 100 * 100, number % 100
    parts = [hundreds, rest] if rest <= 20 else [hundreds, rest // 10 * 10, rest % 10]
    return [part for part in parts if part]


def adjective(stem: str, endings: Mapping[Gender, str]) -> Mapping[Gender, tuple[str, ...]]:
    return {gender: tuple(stem + ending for ending in endings[gender].split()) for gender in Gender}
