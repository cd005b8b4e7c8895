"""A clause as it is written becomes a clause as it is spoken: no figure, sign, abbreviation or short name is left.

The kinds of figures are read one after another, those that look like nothing else first. What is words already stays as
it is, so that reading twice changes nothing, and punctuation stays, because it carries the intonation.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from domain.verbalizer.abbreviations import abbreviations, slashes
from domain.verbalizer.addresses import addresses
from domain.verbalizer.counts import counts
from domain.verbalizer.dates import dates
from domain.verbalizer.english import english
from domain.verbalizer.latin import latin
from domain.verbalizer.money import money
from domain.verbalizer.ordinals import ordinals
from domain.verbalizer.phones import phones
from domain.verbalizer.references import references
from domain.verbalizer.russian import RUSSIAN
from domain.verbalizer.sizes import sizes
from domain.verbalizer.tidy import signs, tidy, typed
from domain.verbalizer.times import times
from domain.verbalizer.tongue import Tongue
from domain.verbalizer.ukrainian import UKRAINIAN
from domain.verbalizer.weekdays import weekdays

SpokenLanguage = Literal["uk", "en", "ru"]
_DIGIT = re.compile(r"\d")


def verbalize(text: str, language: SpokenLanguage, *, today: date | None = None) -> str:
    """Return the words that people would say for this clause; `today` tells which dates need no year."""
    return _READINGS[language](text, today)


def _slavic(tongue: Tongue) -> Callable[[str, date | None], str]:
    read_dates = dates(tongue)
    figures = (
        lambda text: phones(text, tongue),
        times(tongue),
        money(tongue),
        lambda text: sizes(text, tongue),
        references(tongue, orders=tongue.orders, sign=tongue.number_sign),
    )
    words = (addresses(tongue), weekdays(tongue), latin(tongue))
    rest = (ordinals(tongue), counts(tongue))
    bare_places = {f"{short}.": noun.singular[0] for short, noun in tongue.places.items() if len(short) > 1}
    last = (abbreviations({**bare_places, **tongue.abbreviations}), slashes(tongue.either), signs(tongue.signs))

    def read(text: str, today: date | None) -> str:
        said = typed(text)
        if has_digits := _DIGIT.search(said) is not None:
            said = read_dates(said, today)
            for reading in figures:
                said = reading(said)
        for reading in words:
            said = reading(said)
        if has_digits:
            for reading in rest:
                said = reading(said)
        for reading in last:
            said = reading(said)
        return said if said == text else tidy(said)

    return read


_READINGS: dict[SpokenLanguage, Callable[[str, date | None], str]] = {
    "uk": _slavic(UKRAINIAN),
    "ru": _slavic(RUSSIAN),
    "en": english(),
}
