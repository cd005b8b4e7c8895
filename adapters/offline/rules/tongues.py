"""Which language the caller is answered in: the one of his last words that have letters."""

import re
from collections.abc import Sequence

from adapters.offline.rules.english import ENGLISH
from adapters.offline.rules.ukrainian import UKRAINIAN
from adapters.offline.rules.wording import Wording
from domain.transcript import CallerTurn, Turn

TONGUES = (UKRAINIAN, ENGLISH)
_CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2}")


def tongue_of(turns: Sequence[Turn]) -> Wording:
    said = [turn.text for turn in reversed(turns) if isinstance(turn, CallerTurn) and _LETTERS.search(turn.text)]
    return UKRAINIAN if said and _CYRILLIC.search(said[0]) else ENGLISH
