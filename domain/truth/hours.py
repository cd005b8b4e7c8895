"""Reading times of day."""

import re
from datetime import time

from domain.truth.claim import Claim, Kind
from domain.truth.days import PROMISING
from domain.truth.reading import Reading

_HALF_DAY = r"(?:\s*(?P<{}>ранку|утра|ночі|ночи|дня|вечора|вечера|a\.?m\b|p\.?m\b))?"
_NTH = r"(?:[ºª]|-?(?:й|ій|ої|ту|та|у|й)\b)"
_ENDS = (
    r"(?=\s*(?:$|[,.!?;:)¤‹–—-]|(?:ранку|вечора|дня|утра|вечера|і|й|та|або|чи|или|и|до|на|у|в|з|із|є|вас|вам|буде"
    r"|вільн\w*"
    r"|підійде|зручно|підходить|and|or|on|to|for|tomorrow|today)\b))"
)
_TIMES = re.compile(
    r"(?<![\d.,:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)"
    + _HALF_DAY.format("half_a")
    # of halves and quarters
    + r"|\b(?:пів|половин\w+|пол)\s*(?:на\s+|до\s+)?(?P<before_half>\d{1,2})[ºª]?"
    r"|\b(?P<past>half|quarter|чверть|четверть)\s+(?:past|after|по)\s+(?P<past_hour>\d{1,2})[ºª]?"
    r"|\b(?:чверть|четверть)\s+(?:на\s+)?(?P<quarter_of>\d{1,2})[ºª]?"
    r"|\b(?:за чверть|без четверти|quarter to)\s+(?P<quarter_to>\d{1,2})[ºª]?"
    r"|\b(?:між|между|between)\s+(?P<between>[01]?\d|2[0-4])[ºª]?\s+(?:і|та|й|и|and)\s+(?P<and>[01]?\d|2[0-4])[ºª]?"
    + _ENDS
    # of hours behind a small word
    + r"|\b(?:о|об|в|у|к|at|на|до|після|з|с|від|от|by|from|till|until|before|after|around)\s+"
    r"(?P<point_hour>[01]?\d|2[0-4])\.(?P<point_minute>[0-5]\d)(?!\d)"
    r"|\b(?:з|із|с|від|от|from)\s+(?P<from>[01]?\d|2[0-4])" + _NTH + r"?(?:\s*(?:[ap]\.?m\b|години|часов))?"
    r"\s+(?:і\s+)?(?:до|по|to|till|until)\s+(?P<to>[01]?\d|2[0-4])"
    + _NTH
    + "?"
    + _HALF_DAY.format("half_b")
    + r"(?:\s*(?:години|годин|часов))?"
    + _ENDS
    + r"|\b(?:о|об|at)\s+(?P<at>[01]?\d|2[0-4])"
    + _NTH
    + r"?(?:\s*(?:годин[іиу]|час(?:ов|а)?|o'clock))?(?:\s+(?P<at_minute>[0-5]\d))?"
    + _HALF_DAY.format("half_c")
    + r"(?!\s*(?:%|percent|грн|штук|шин|mm\b|mill|kilo|km\b|degree|\d)|[:.]\d)\b"
    r"|\b(?:в|у|на|до|після|после|з|із|с|к|по|близько|около|від|от|ближче до|by|from|to|till|until|before|after"
    r"|around)\s+"
    r"(?P<near>[01]?\d|2[0-4])(?:[ºª]|-[йї]\w?)(?:\s+(?P<near_minute>[0-5]\d))?(?:\s*(?:годин[іиу]|час(?:ов|а)?))?"
    + _HALF_DAY.format("half_d")
    + _ENDS
    + r"|\b(?:в|у|к|до|с|після|после|по|by|before|after|from|till|until)\s+(?P<oclock>[01]?\d"
    r"|2[0-4])(?:\s+(?P<oclock_minute>[0-5]\d))?"
    r"\s*(?:часов|час[а]?\b|o'clock|(?P<half_e>ранку|утра|дня|вечора|вечера|a\.?m\b|p\.?m\b))"
    r"|\b(?:в|у)\s+(?P<bare>1\d|2[0-4]|[7-9])(?:\s+(?P<bare_minute>[0-5]\d)|(?=\s*[.,!?]?$))"
    r"|\b(?P<named>[7-9]|1\d|2[0-4])ª(?:\s+(?P<named_minute>[0-5]\d))?"
    + _ENDS
    + r"|\b(?P<english>1[0-2]|[1-9])\s*(?P<half_f>[ap]\.?m\b\.?)",
    re.I,
)
_AFTERNOON = ("дня", "вечор", "вечер", "pm", "p.m")


def read_hours(reading: Reading) -> None:
    promising = reading.says(PROMISING)

    def timed(match: re.Match[str]) -> list[Claim] | None:
        times = _times(match)
        return [Claim(kind=Kind.TIME, text=match.group().strip(), value=at, is_promise=promising) for at in times]

    reading.take(_TIMES, timed)


def _times(match: re.Match[str]) -> list[time | None]:
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    half_day = next((value.lower() for name, value in said.items() if name.startswith("half_")), "")
    if "before_half" in said:
        return [_time(int(said["before_half"]) - 1, 30, half_day)]
    if "past_hour" in said:
        return [_time(int(said["past_hour"]), 30 if said["past"].lower() == "half" else 15, half_day)]
    if "quarter_of" in said:
        return [_time(int(said["quarter_of"]) - 1, 15, half_day)]
    if "quarter_to" in said:
        return [_time(int(said["quarter_to"]) - 1, 45, half_day)]
    if "from" in said:
        first, last = int(said["from"]), int(said["to"])
        return [_time(first, 0, ""), _time(last, 0, half_day)]
    if "between" in said:
        return [_time(int(said["between"]), 0, ""), _time(int(said["and"]), 0, "")]
    hour = next(
        said[name]
        for name in ("hour", "point_hour", "at", "near", "oclock", "bare", "named", "english")
        if name in said
    )
    minute = next((value for name, value in said.items() if name.endswith("minute")), "0")
    return [_time(int(hour), int(minute), half_day)]


def _time(hour: int, minute: int, half_day: str) -> time | None:
    if half_day.startswith(_AFTERNOON) and hour < 12:
        hour += 12
    return time(hour % 24, minute) if 0 <= hour <= 24 else None
