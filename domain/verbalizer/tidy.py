"""What is done to a text before and after its figures are read."""

import re
from collections.abc import Mapping

from domain.verbalizer.tongue import Reading

_TYPED = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "−": "-",
        "\u2011": "-",
        "\u2010": "-",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "²": " 2",
        "³": " 3",
        "¹": " 1",
        "½": " 0,5",
        "¼": " 0,25",
        "¾": " 0,75",
    }
)
_SPACES = re.compile(r"\s{2,}")
_BEFORE_POINT = re.compile(r"\s+(?=[,.!?;:)](?:\s|$))")
_INCHES = re.compile(r"(?<=\b1[2-9])[\"”]|(?<=\b2[0-4])[\"”]")
_CELSIUS = re.compile(r"°\s?[CС]")
_COMMAS = re.compile(r"(?:,\s*){2,}(?=\S)")


def typed(text: str) -> str:
    """Make spaces, hyphens and apostrophes all alike."""
    if not text.isascii():
        text = _CELSIUS.sub("°", text.translate(_TYPED))
    return _INCHES.sub("″", text)


def signs(said: Mapping[str, str]) -> Reading:
    pattern = re.compile("|".join(map(re.escape, said)))
    return lambda text: pattern.sub(lambda found: said[found.group()], text)


def tidy(text: str) -> str:
    text = _COMMAS.sub(", ", _BEFORE_POINT.sub("", text))
    return _SPACES.sub(" ", text).strip()
