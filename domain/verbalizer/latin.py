"""Latin letters among Cyrillic words: names as they are said, codes letter by letter, other words as they are."""

import re

from domain.verbalizer.references import spelled
from domain.verbalizer.tongue import Reading, Tongue

_CODE_LETTERS = 4
"""So many capitals at most are a code and not a shouted word."""
_LETTER = "A-Za-zÀ-ɏ"
_NAMES = re.compile(rf"(?<![{_LETTER}])[{_LETTER}]+(?:[- *'][{_LETTER}]+)*(?![{_LETTER}])")
_BETWEEN = re.compile(r"([- *'])")
_MIXED = re.compile(r"(?<![^\W_])(?=[A-Za-z-]*\d)(?=[\d-]*[A-Za-z])[A-Za-z\d]+(?:-[A-Za-z\d]+)*(?![^\W_])")
_RUNS = re.compile(r"\d+|[A-Za-z]+")


def latin(tongue: Tongue) -> Reading:
    return lambda text: _NAMES.sub(
        lambda found: _named(found.group(), tongue), _MIXED.sub(lambda found: _mixed(found.group(), tongue), text)
    )


def _named(written: str, tongue: Tongue) -> str:
    """Say names that follow each other, the longest that are known first."""
    parts = _BETWEEN.split(written)
    said: list[str] = []
    while parts:
        if len(parts) >= 3 and (name := tongue.latin.get("".join(parts[:3]).lower())):
            said.append(name)
            del parts[:3]
        else:
            said.append(_word(parts.pop(0), tongue))
        if parts:
            between = parts.pop(0)
            said.append(" " if between == "*" else between)
    return "".join(said)


def _word(written: str, tongue: Tongue) -> str:
    if said := tongue.latin.get(written.lower()):
        return said
    if written.isupper() and len(written) <= _CODE_LETTERS and written.isascii():
        return spelled(written, tongue)
    return written


def _mixed(written: str, tongue: Tongue) -> str:
    """Say a code of letters and digits: the model of a tyre or of a car."""
    return " ".join(tongue.group(run) if run.isdecimal() else _letters(run, tongue) for run in _RUNS.findall(written))


def _letters(run: str, tongue: Tongue) -> str:
    if said := tongue.latin.get(run.lower()):
        return said
    return spelled(run.upper(), tongue) if len(run) <= _CODE_LETTERS else run
