"""Whether words say that something is so, or only ask, deny or suppose it.

A supposition reaches to the next comma: in "if you like, I have booked you"
the deed is claimed.
"""

import re

from domain.truth.reading import Reading, words

_SEGMENT = re.compile(r"[,;:—–!.?]|\s-\s")
_SUPPOSED = words(r"""
    якщо|якби|щоб|аби|коли|щойно|тільки-но|після того|перш ніж|перед тим|поки|доки|чи|можна|можу|може|можуть|зможу
    на як(?:ий|е|у|ого)|на котор\w+|треба|потрібно|хочете|бажаєте|готова|готовий|хай|нехай
    если|когда|чтобы|чтоб|как только|после того|прежде чем|пока|ли|можно|могу|может|могут|нужно|хотите|бы|б|би
    if|when|once|until|unless|whether|before|after|as soon as|so that|can|could|would|should|may|might|want|like|need
""")
_IF = words(r"якщо|если|if")
_DENIED = re.compile(
    r"(?:\b(?:не|ні|нет|not|never|nothing|нічого|ничего|без)|n't)"
    r"(?:\s+(?:ще|поки|було|був|була|були|буде|вже|еще|пока|было|был|была|были|уже|yet|has|have|been|be|you|any|вас"
    r"|вам|його|ее|до кінця"
    r"|actually|мною|нами))*\s+$",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:буде|будуть|бути|будет|будут|быть|be|get|gets|getting|being|must|fully|over)\s+(?:\w+ly\s+)?$", re.I
)


def is_supposed(reading: Reading, start: int, end: int) -> bool:
    """Whether what stands here is asked or supposed."""
    return reading.asks(end) or _SUPPOSED.search(segment_before(reading.sentence, start)) is not None


def is_supposed_anywhere(reading: Reading, start: int, end: int) -> bool:
    """The same for what is to come: it depends on all that was said before it, and on an "if" behind it."""
    supposed = _SUPPOSED.search(reading.sentence, 0, start) or _IF.search(reading.sentence, end)
    return reading.asks(end) or supposed is not None


def is_denied(sentence: str, start: int) -> bool:
    return _DENIED.search(sentence[:start]) is not None


def is_to_come(sentence: str, start: int) -> bool:
    return _TO_COME.search(sentence[:start]) is not None


def segment_before(sentence: str, at: int) -> str:
    return _SEGMENT.split(sentence[:at])[-1]


def segment_around(sentence: str, start: int, end: int) -> str:
    return segment_before(sentence, start) + sentence[start:end] + _SEGMENT.split(sentence[end:])[0]
