"""Abbreviations that are said the same wherever they stand, and signs between words."""

import re
from collections.abc import Mapping

from domain.verbalizer.tongue import Reading

_OR = re.compile(r"(?<=[^\W\d])\s?/\s?(?=[^\W\d])")


def abbreviations(said: Mapping[str, str]) -> Reading:
    """Read abbreviations; one in capitals is an abbreviation only in capitals, one with a point only with its point."""
    capitals = "|".join(re.escape(short) for short in said if short.isupper())
    small = sorted((short for short in said if not short.isupper()), key=len, reverse=True)
    loose = "|".join(
        r"\.\s?".join(map(re.escape, short.removesuffix(".").split("."))) for short in small if short.endswith(".")
    )
    plain = "|".join(re.escape(short) for short in small if not short.endswith("."))
    pattern = re.compile(
        rf"(?<![\w'])(?:(?P<capitals>(?-i:{capitals}))(?![\w'])|(?P<loose>{loose})\.(?P<ends>\s*$|(?=\s+(?-i:[A-ZА-ЯЁҐЄІЇ])))?"
        rf"|(?P<plain>{plain})(?![\w']))",
        re.I,
    )

    def word(found: re.Match[str]) -> str:
        if found["capitals"]:
            return said[found["capitals"]]
        if found["plain"]:
            return said[found["plain"].lower()]
        key = "".join(found["loose"].lower().split()) + "."
        return _spaced[key] + ("" if found["ends"] is None else ".")

    _spaced = {"".join(short.split()): words for short, words in said.items()}
    return lambda text: pattern.sub(word, text)


def slashes(either: str) -> Reading:
    """Put a word for a slash between words: "чи" is said for "так/ні"."""
    twice = re.compile(rf"(?<=\w)\s?/\s?(?={either}\b)")
    return lambda text: _OR.sub(f" {either} ", twice.sub(" ", text)) if "/" in text else text
