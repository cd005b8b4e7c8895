"""Days of the week in short: "пн–пт" is "з понеділка до п'ятниці"."""

import re

from domain.verbalizer.tongue import Reading, Tongue
from domain.verbalizer.written import HYPHEN, POINT

_NOMINATIVE, _GENITIVE, _ACCUSATIVE = range(3)


def weekdays(tongue: Tongue) -> Reading:
    short = "|".join(tongue.weekdays)
    pattern = re.compile(
        rf"(?<![\w'])(?:(?P<before>з|із|с|в|у|во|на)\s+)?(?P<first>{short})(?!\w)"
        rf"(?:\.?\s?(?:{HYPHEN}|до|по)\s?(?P<last>{short})(?!\w))?{POINT}",
        re.I,
    )
    return lambda text: pattern.sub(lambda found: _days(found, tongue), text)


def _days(found: re.Match[str], tongue: Tongue) -> str:
    before, first, last = found["before"], tongue.weekdays[found["first"].lower()], found["last"]
    if last:
        start = before or (tongue.of_times.capitalize() if found["first"][0].isupper() else tongue.of_times)
        return f"{start} {first[_GENITIVE]} {tongue.until} {tongue.weekdays[last.lower()][_GENITIVE]}"
    if before:
        return f"{before} {first[_GENITIVE if before.lower() in {'з', 'із', 'с'} else _ACCUSATIVE]}"
    day = first[_NOMINATIVE]
    return day.capitalize() if found["first"][0].isupper() else day
