"""Whether what is said stands so in a text of the shop.

Rule: from the beginning of a sentence there to a comma or to its end, so that
no half of a condition is quoted.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_PART = re.compile(r"(?P<word>\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<end>[.!?…]+)|[,;:–—-]")
_END, _BREATH = "|", ","


def is_quoted(said: str, texts: Iterable[str]) -> bool:
    sentence = _parts(said).strip(f" {_END}{_BREATH}")
    opener, _, rest = sentence.partition(f" {_BREATH} ")
    wordings = {sentence, rest} if " " not in opener else {sentence}
    return any(_stands(wording, text) for wording in wordings if wording for text in map(_parts, texts))


def _stands(wording: str, text: str) -> bool:
    return any(f"{_END} {wording} {mark}" in text for mark in (_END, _BREATH))


@lru_cache(maxsize=64)
def _parts(text: str) -> str:
    """Return the words between marks, of which there are two kinds."""
    parts = (
        part["word"].replace("’", "'") if part["word"] else _END if part["end"] else _BREATH
        for part in _PART.finditer(text.lower())
    )
    return f"{_END} {' '.join(parts)} {_END}"
