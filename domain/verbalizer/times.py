"""Times of the day and hours of work.

In Ukrainian ten o'clock is the tenth hour ("о десятій годині", "з дев'ятої до вісімнадцятої"),
in Russian it is ten hours ("в десять часов", "с девяти до восемнадцати часов").
"""

import re

from domain.verbalizer.grammar import FEMININE, MASCULINE, Case
from domain.verbalizer.tongue import Reading, Tongue
from domain.verbalizer.written import HYPHEN, POINT

_N, _G, _A, _L = Case.NOMINATIVE, Case.GENITIVE, Case.ACCUSATIVE, Case.LOCATIVE
_ENDING = r"(?:-?(?:та|ту|тої|тій|ти|й|ї|а)(?!\w))?"
_TIME = rf"(?<![\d:.,])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]){_ENDING}"
_HOUR = rf"(?<![\d:.,])(?:1\d|2[0-4]|0?\d)(?!\d){_ENDING}"
_EACH = re.compile(rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d)?{_ENDING}")
_FROM = r"(?<![\w'])(?P<before>з|із|зі|від|с|со|от)\s+"
_AND = r"(?:,|,?\s(?:та|і|й|або|чи|и|или))\s"
_NOTHING_COUNTED = r"(?!\s+[^\W\d])(?!\s?[%\d:/-]|[.,]\d)"


def times(tongue: Tongue) -> Reading:
    hour_word = "|".join({"год", "час", *tongue.hour.singular, *tongue.hour.plural})
    hour_word = rf"(?:\s?(?:{hour_word})(?!\w){POINT})?"
    prepositions = "|".join(tongue.time_prepositions)
    span = re.compile(rf"(?:{_FROM})?(?P<start>{_TIME})\s*(?:{HYPHEN}|до|по)\s*(?P<end>{_TIME}){hour_word}", re.I)
    hours = re.compile(rf"{_FROM}(?P<start>{_HOUR})\s+до\s+(?P<end>{_HOUR}){_NOTHING_COUNTED}", re.I)
    several = re.compile(
        rf"(?:(?<![\w'])(?P<before>{prepositions})\s+)?(?P<times>{_TIME}(?:{_AND}{_TIME})*){hour_word}", re.I
    )
    dotted = re.compile(r"(?<![\w'])(о|об|в)\s+([01]?\d|2[0-3])[.-]([0-5]\d)(?![\d.,-]|\s?%)", re.I)
    of_day = re.compile(
        rf"(?<![\w'])(?P<before>{prepositions})\s+(?P<hour>{_HOUR})(?=\s+(?:ранку|вечора|ночі|дня|утра|вечера|ночи)(?!\w))",
        re.I,
    )
    o_clock = re.compile(rf"(?<![\w'])(?P<before>о|об)\s+(?P<hour>{_HOUR})(?P<word>\s(?:год\w*)(?!\w))?", re.I)

    def read(text: str) -> str:
        text = dotted.sub(r"\1 \2:\3", text)
        if ":" in text:
            text = span.sub(lambda found: _span(found, tongue), text)
            text = several.sub(lambda found: _several(found, tongue), text)
        text = hours.sub(lambda found: _span(found, tongue), text)
        text = of_day.sub(lambda found: _hour_of_day(found, tongue), text)
        return o_clock.sub(lambda found: _o_clock(found, tongue), text) if tongue.hours_are_ordinal else text

    return read


def _span(found: re.Match[str], tongue: Tongue) -> str:
    start = _at(found["start"], _G, tongue, named=False)
    end = _at(found["end"], _G, tongue, named=not tongue.hours_are_ordinal)
    return f"{found['before'] or tongue.of_times} {start} {tongue.until} {end}"


def _several(found: re.Match[str], tongue: Tongue) -> str:
    case = tongue.time_prepositions.get((found["before"] or "").lower(), _N)
    named = not tongue.hours_are_ordinal or case in {_N, _A, _L}
    said = _EACH.sub(lambda each: _at(each.group(), case, tongue, named=named), found["times"])
    return _after(found["before"], said, tongue)


def _hour_of_day(found: re.Match[str], tongue: Tongue) -> str:
    case = tongue.time_prepositions[found["before"].lower()]
    return _after(found["before"], _at(found["hour"], case, tongue, named=False), tongue)


def _o_clock(found: re.Match[str], tongue: Tongue) -> str:
    return _after(found["before"], _at(found["hour"], _L, tongue, named=found["word"] is not None), tongue)


def _after(before: str | None, said: str, tongue: Tongue) -> str:
    if before and before.lower() in {"о", "об"} and tongue.hours_are_ordinal:
        before = before[0] + ("б" if said.startswith("о") else "")
    return f"{before} {said}" if before else said


def _at(written: str, case: Case, tongue: Tongue, *, named: bool) -> str:
    """Say one time; `named` is with the word for the hour when there are no minutes."""
    hour, *minutes = [int(part) for part in re.findall(r"\d+", written)]
    numerals = tongue.numerals
    if tongue.hours_are_ordinal:
        said = numerals.ordinal(hour, case, FEMININE)
    else:
        said = numerals.cardinal(hour, case, MASCULINE)
    minute = minutes[0] if minutes else 0
    if not minute:
        word = tongue.hour.singular[case] if tongue.hours_are_ordinal else tongue.hour.counted(hour, case)
        return f"{said} {word}" if named else said
    if minute < 10:
        return f"{said} {tongue.group(f'{minute:02}')}"
    return f"{said} {numerals.cardinal(minute, _N if tongue.hours_are_ordinal else case, MASCULINE)}"
