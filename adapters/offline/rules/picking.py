"""Picking one of a list that was told, by its place or by words of it."""

from collections.abc import Sequence

from adapters.offline.rules.said import Said
from adapters.offline.rules.story import Told
from domain.words import words

_STEM = 4
"""Letters of a word that tell it from others, whatever its ending."""


def picked(things: Sequence[Told], said: Said) -> Told | None:
    """Return the one that is meant; the only one when the caller agrees, None when it is not clear."""
    if not things:
        return None
    if said.place is not None:
        return things[min(said.place, len(things) - 1)]
    spoken = {word[:_STEM] for word in words(said.text) if len(word) >= _STEM or word.isdecimal()}
    likeness = [len(spoken & _stems(thing)) for thing in things]
    best = max(likeness)
    if best and likeness.count(best) == 1:
        return things[likeness.index(best)]
    return things[0] if said.agrees and not best else None


def _stems(thing: Told) -> set[str]:
    text = " ".join(str(value) for value in thing.values() if isinstance(value, str))
    return {word[:_STEM] for word in words(text) if len(word) >= _STEM or word.isdecimal()}
