"""Telephone numbers: in the groups in which they are dictated, zeros kept."""

import re
from itertools import pairwise

from domain.verbalizer.tongue import Speller
from domain.verbalizer.written import dictated

_GAP = r"[\s\u00a0().–-]{0,3}"
_UKRAINIAN = re.compile(rf"(?<![\w+])\(?(?P<country>\+?{_GAP}38{_GAP})?(?P<rest>0(?:{_GAP}\d){{9}})(?!\d)")
_FOREIGN = re.compile(r"\+\d(?:[\s\u00a0()-]{0,2}\d){7,14}")
_FREE = ("0800", "0900")
_NOT_DIGITS = re.compile(r"\D+")


def phones(text: str, tongue: Speller) -> str:
    """Put words for the telephone numbers of the text."""
    text = _UKRAINIAN.sub(lambda found: _ukrainian(found, tongue), text)
    return _FOREIGN.sub(lambda found: _foreign(found.group(), tongue), text)


def _ukrainian(found: re.Match[str], tongue: Speller) -> str:
    rest = _NOT_DIGITS.sub("", found["rest"])
    cuts = (0, 4, 7, 10) if rest.startswith(_FREE) else (0, 3, 6, 8, 10)
    groups = [tongue.group(rest[start:end]) for start, end in pairwise(cuts)]
    if found["country"]:
        groups.insert(0, f"{tongue.plus} {tongue.group('38')}")
    return ", ".join(groups)


def _foreign(written: str, tongue: Speller) -> str:
    groups = _NOT_DIGITS.split(written[1:])
    if len(groups) < 3 or any(len(group) > 4 for group in groups):
        groups = list(dictated("".join(groups)))
    return f"{tongue.plus} " + ", ".join(tongue.group(group) for group in groups if group)
