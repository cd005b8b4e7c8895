"""Addresses: streets and towns in whole words, in the case that is asked for; house letters by their names."""

import re

from domain.verbalizer.grammar import Case
from domain.verbalizer.tongue import Reading, Tongue
from domain.verbalizer.written import POINT

_END_OF_HOUSE = r"(?=[\s.,;:!?)\"»]|$)"
_HOUSE = re.compile(
    rf"(?<![\d.,:/])(?P<number>\d{{1,4}})(?P<part>/\d{{1,4}})?"
    rf"(?:\s?[-–]\s?(?P<hyphened>[А-ЯҐЄІЇ])|(?P<close>[А-ЯҐЄІЇабвгґдежз]))(?P<more>/\d{{1,4}})?{_END_OF_HOUSE}"
)
_HOUSE_IN_LIST = re.compile(
    r"(?<=,\s)(?P<number>\d{1,4})(?P<part>/\d{1,4})?(?:-(?P<hyphened>[а-еґє])|\s(?P<close>[А-ЯҐЄІЇ])(?=[,.!?;)]|$))"
    r"(?P<more>/\d{1,4})?(?!\w)"
)
_PART = re.compile(r"(?<![\w/.,])(\d{1,4})\s?/\s?(\d{1,4})(?![\w/]|[.,]\d)")
_LABEL = re.compile(
    r"\b(?:позиц|варіант|вариант|пункт|розмір|размер|літер|букв|клас|індекс|индекс|категор|сері[яїю]|сери[яию])\w*\s+$",
    re.I,
)
"""Words before a letter that names a thing of a list or a size."""
_BEGINNING = re.compile(r"(?:^|[.!?:,;(–—-])\s*$")
_ALWAYS_OPEN = ("24", "7")
_LOCATIVE_ADJECTIVE, _GENITIVE_ADJECTIVE = ("ій", "ому", "ой", "ом"), ("ої", "ого", "ей")


def addresses(tongue: Tongue) -> Reading:
    pointed = "|".join(sorted((short for short in tongue.places if "-" not in short), key=len, reverse=True))
    hyphened = "|".join(short for short in tongue.places if "-" in short)
    leading = re.compile(
        rf"(?<!\d)(?<!\d\s)(?<![\w'])(?:(?P<pointed>{pointed})\.\s?(?=(?-i:[А-ЯЁҐЄІЇ\d«\"])|(?<=..\.\s)\w)|(?P<hyphened>{hyphened})\.?\s)",
        re.I,
    )
    trailing = re.compile(rf"(?<![\w'])(?P<short>{'|'.join(tongue.regions)})(?!\w){POINT}", re.I)

    def read(text: str) -> str:
        if "." in text or "-" in text:
            text = leading.sub(lambda found: _leading(found, tongue), text)
            text = trailing.sub(lambda found: _named(found, found["short"], tongue), text)
        text = _HOUSE.sub(lambda found: _house(found, tongue), text)
        text = _HOUSE_IN_LIST.sub(lambda found: _house(found, tongue), text)
        return _PART.sub(lambda found: _with_part(found[1], found[2], tongue), text)

    return read


def _leading(found: re.Match[str], tongue: Tongue) -> str:
    short = found["pointed"] or found["hyphened"]
    if len(short) == 1 and not _is_place(found, tongue):
        return found.group()
    return f"{_named(found, short, tongue)} "


def _is_place(found: re.Match[str], tongue: Tongue) -> bool:
    """Whether a letter with a point is short for a place: a house before its number, a town before its name."""
    letter, before, behind = found["pointed"], found.string[: found.start()], found.string[found.end()]
    if _LABEL.search(before) or (letter.isupper() and not _BEGINNING.search(before)):
        return False
    is_house = tongue.places[letter.lower()] is tongue.places["буд"]
    return behind.isdigit() if is_house else behind.isupper()


def _named(found: re.Match[str], short: str, tongue: Tongue) -> str:
    known = {**tongue.places, **tongue.regions}[short.lower()]
    *_, before = ("", *found.string[: found.start()].lower().split())
    word = known.singular[_case(before, tongue)]
    return word.capitalize() if short[0].isupper() else word


def _case(before: str, tongue: Tongue) -> Case:
    if before in tongue.place_prepositions:
        return tongue.place_prepositions[before]
    if before.endswith(_LOCATIVE_ADJECTIVE):
        return Case.LOCATIVE
    return Case.GENITIVE if before.endswith(_GENITIVE_ADJECTIVE) else Case.NOMINATIVE


def _house(found: re.Match[str], tongue: Tongue) -> str:
    said = tongue.number(int(found["number"]))
    if found["part"]:
        said += f" {tongue.slash} {tongue.number(int(found['part'][1:]))}"
    said += f" {tongue.letters[(found['hyphened'] or found['close']).upper()]}"
    if found["more"]:
        said += f" {tongue.slash} {tongue.number(int(found['more'][1:]))}"
    return said


def _with_part(house: str, part: str, tongue: Tongue) -> str:
    slash = tongue.by if (house, part) == _ALWAYS_OPEN else tongue.slash
    return f"{tongue.number(int(house))} {slash} {tongue.number(int(part))}"
