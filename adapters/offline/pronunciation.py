"""How words sound: the dictionary of pocketsphinx, which is American, and the British manner made from it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pocketsphinx

_PLACES_AND_NAMES = {
    "cherkasy": "CH ER K AA S IY",
    "dnipro": "D N IY P R OW",
    "kharkiv": "HH AA R K IH V",
    "kyiv": "K IY V",
    "olena": "OW L EY N AH",
}
"""What an American dictionary does not have."""
_BEFORE_SCHWA = frozenset(["EH", "IH", "UH", "AY", "AW"])
"""Vowels after which a British r turns into a vowel: where, here, sure, tyre, hour."""


def dictionary_lines(vocabulary: frozenset[str]) -> Iterator[str]:
    """Yield the dictionary of these words: `the DH AH`, `the(2) DH IY`, …"""
    for word, known in sorted(_known(vocabulary).items()):
        sounds = dict.fromkeys([*known, *(british(phones) for phones in known)])
        for number, phones in enumerate(sounds, start=1):
            yield " ".join([word if number == 1 else f"{word}({number})", *phones])


def british(phones: Sequence[str]) -> tuple[str, ...]:
    """Return a pronunciation without the r's that a Briton leaves out."""
    spoken: list[str] = []
    for phone, after in pairwise([*phones, ""]):
        if phone == "ER" and after in ("", "Z"):
            spoken.append("AH")
        elif phone == "R" and spoken and _is_vowel(spoken[-1]) and not _is_vowel(after):
            spoken.extend(["AH"] if spoken[-1] in _BEFORE_SCHWA else [])
        else:
            spoken.append(phone)
    return tuple(spoken)


def _known(vocabulary: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    with Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")).open() as dictionary:
        for line in dictionary:
            entry, *phones = line.split()
            if (word := entry.partition("(")[0]) in vocabulary:
                known.setdefault(word, []).append(tuple(phones))
    for word, sounds in _PLACES_AND_NAMES.items():
        if word in vocabulary:
            known.setdefault(word, []).append(tuple(sounds.split()))
    return known


def _is_vowel(phone: str) -> bool:
    return phone[:1] in tuple("AEIOU")
