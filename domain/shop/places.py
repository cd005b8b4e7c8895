"""Finding a place by what callers call it: `Дніпро`, `в Днепре`, `Dnipro`; `на Перемозі`, `лівий берег`.

Rule 1: names are compared by how they sound: one letter for all vowels, none
for soft signs, one for doubled letters, so that Ukrainian, Russian and Latin
spellings of a name fall together.
Rule 2: an ending does not matter, nor does a word that only says what kind of place it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.8
"""How much two sounds have in common when they are the same word, misheard."""
_ENDING = 3
"""Letters of an ending."""
_SHORTEST_STEM = 3

_KINDS = frozenset(
    """
    в у на і й та біля коло поруч поряд з із зі від до по де є мені район району районі вулиця вулиці вул місто місті
    проспект проспекті просп пр площа площі пл станція станції шиномонтаж м міста
    и возле около рядом с из от улица улице ул город городе города проспекте площадь площади станция
    in at on near by the a to of and street avenue square city town station district
    """.split()
)
_OTHER_NAMES = {
    "дніпропетровськ": "дніпро",
    "днепропетровск": "дніпро",
    "победа": "перемога",
    "победы": "перемога",
    "центральний": "центр",
    "центральный": "центр",
    "центрі": "центр",
    "center": "центр",
    "centre": "центр",
    "downtown": "центр",
}
_LATIN = {
    "shch": "щ",
    "zh": "ж",
    "kh": "г",
    "ts": "ц",
    "ch": "ч",
    "sh": "ш",
    **dict(zip("bcdfghjklmnpqrstvwxz", "бкдфггжклмнпкрстввкз", strict=True)),
    **dict.fromkeys("aeiouy", "а"),
}
_LATIN_LETTERS = re.compile("|".join(_LATIN))
_SOUNDS = str.maketrans({**dict.fromkeys("аеєёиіїйоуыэюя", "а"), "ґ": "г", "х": "г", "ь": None, "ъ": None})
_REPEATED = re.compile(r"(.)\1+")


def same_place(one: str, other: str) -> bool:
    """Whether two names stand for one place, however they are spelt and inflected."""
    sounds, others = _sounds(one), _sounds(other)
    return bool(sounds) and len(sounds) == len(others) and all(map(_alike, sounds, others))


def nearest(things: Sequence[T], wish: str, *, names: Callable[[T], Iterable[str]]) -> tuple[T, ...]:
    """Return the things whose names have most of the wished words in them, none when no word tells them apart."""
    sounds = [[sound for name in names(thing) for sound in _sounds(name)] for thing in things]
    found = [{place for place, known in enumerate(sounds) if _among(word, known)} for word in _sounds(wish)]
    telling = [places for places in found if len(places) < len(things) or len(things) == 1]
    scores = [sum(place in places for places in telling) for place in range(len(things))]
    best = max(scores, default=0)
    return tuple(thing for thing, score in zip(things, scores, strict=True) if best and score == best)


def _among(word: str, sounds: Sequence[str]) -> bool:
    return any(_alike(word, sound) for sound in sounds)


def _sounds(text: str) -> list[str]:
    written = re.sub("['’ʼ]", "", text.lower())
    return [_sound(_OTHER_NAMES.get(word, word)) for word in _WORD.findall(written) if word not in _KINDS]


def _sound(word: str) -> str:
    letters = _LATIN_LETTERS.sub(lambda found: _LATIN[found[0]], word).translate(_SOUNDS)
    return _REPEATED.sub(r"\1", letters).rstrip("а") or letters


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer:
        return True
    if len(shorter) < _SHORTEST_STEM or shorter.isdecimal() or longer.isdecimal():
        return False
    if longer.startswith(shorter) and len(longer) - len(shorter) <= _ENDING:
        return True
    return len(shorter) > _SHORTEST_STEM and SequenceMatcher(None, one, other).ratio() >= _ALIKE
