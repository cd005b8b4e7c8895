"""How figures are written, in all languages alike."""

import re
from dataclasses import dataclass

SPACES = " \u00a0\u202f\u2009"
DIGITS = rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)|\d+"
AMOUNT = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|(?:{DIGITS})(?:[.,]\d+)?)"
"""With thousands apart, and a decimal point or comma."""
HYPHEN = r"[-–—−]"
POINT = r"(?:\.(?=\s+(?-i:[a-zа-яёґєії\d])|\s*[,;:)]))?"
"""The point of an abbreviation; one that may end a sentence stays."""

_WORD_BEFORE = re.compile(r"(?<![\w'])([^\W\d]+)\s+$")
_LONGEST_WORD = 20
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Amount:
    whole: int
    fraction: str
    """Digits behind the point, without those zeros that say nothing."""

    @classmethod
    def read(cls, written: str) -> "Amount":
        """Read what `AMOUNT` matches."""
        plain = "".join(written.split())
        if _THOUSANDS.fullmatch(plain):
            plain = plain.replace(",", "")
        whole, _, fraction = plain.replace(",", ".").partition(".")
        return cls(int(whole), fraction.rstrip("0"))


def word_before(found: re.Match[str]) -> str:
    """Return the word before a match, in small letters; a match that began with it would be tried at every letter."""
    start = found.start()
    word = _WORD_BEFORE.search(found.string, max(0, start - _LONGEST_WORD), start)
    return word[1].lower() if word else ""


def dictated(digits: str) -> tuple[str, ...]:
    """Cut a long number so that it can be written down: by threes, what is left over by twos in front."""
    if len(digits) <= 3:
        return (digits,)
    twos = {0: 0, 1: 4, 2: 2}[len(digits) % 3]
    pairs = [digits[at : at + 2] for at in range(0, twos, 2)]
    threes = [digits[at : at + 3] for at in range(twos, len(digits), 3)]
    return (*pairs, *threes)
