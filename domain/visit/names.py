"""Telling a person's name from a brand: the recognizer hears brands everywhere, for it is told to expect them."""

from domain.verbalizer.brands import BRANDS, CAR_MAKES, TIRE_BRANDS
from domain.words import words

_ALIKE = str.maketrans({"и": "і", "ы": "і", "ї": "і", "э": "е", "є": "е", "ё": "е", "ґ": "г", "ь": None, "'": None})
_PEOPLE = frozenset({"лада", "сава"})
"""Brands that people are called by."""


def is_brand(name: str) -> bool:
    """Whether this names tyres or a car, and nobody."""
    spoken = _plain(name)
    return bool(spoken & _MAKES) and spoken <= _KNOWN and not spoken <= _PEOPLE


def _plain(text: str) -> set[str]:
    return {word.translate(_ALIKE) for word in words(text)}


_MAKES = frozenset(
    word for pair in (*TIRE_BRANDS.items(), *CAR_MAKES.items()) for name in pair for word in _plain(name)
)
_KNOWN = frozenset(word for pair in BRANDS.items() for name in pair for word in _plain(name))
