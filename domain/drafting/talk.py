"""What was said, as steps.

Rule 1: a row of the table is what the caller says and what he hears of the answer; he waits for its end.
Rule 2: whom he interrupted he did not hear out: that is a step of its own.
Rule 3: of an answer its end is enough, where the question stands that he replies to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.drafting.steps import Step, quoted
from domain.records import TurnTaken

_TABLE = "розмова йде так:"
_HEADING = ("абонент", "агент")
_MOST_LETTERS = 90
_MOST_WORDS = 12
_PART = re.compile(r"(?<=[.!?…,;])\s+")


@dataclass(slots=True)
class _Exchange:
    said: str
    heard: list[TurnTaken] = field(default_factory=list)

    @property
    def cut(self) -> bool:
        return bool(self.heard) and self.heard[-1].cut


def talk(turns: Sequence[TurnTaken]) -> Iterator[Step]:
    """Yield the steps of a conversation, from the caller's first words on."""
    rows: list[tuple[str, str]] = []
    interrupting = False
    for exchange in _exchanges(turns):
        said, heard = quoted(exchange.said), exchange.heard
        plain = bool(heard) and not interrupting and not exchange.cut
        if plain:
            rows.append((said, _end(heard[0].text)))
            heard = heard[1:]
        if heard or not plain:
            yield from _table(rows)
            rows = []
        if not plain:
            yield Step(f"абонент {'перебиває:' if interrupting else 'відповідає'} «{said}»")
        for turn in heard:
            yield _heard(turn)
        interrupting = exchange.cut
    yield from _table(rows)


def _exchanges(turns: Sequence[TurnTaken]) -> list[_Exchange]:
    """Part the turns so that each part begins with the caller; what he said on and on is one."""
    parted: list[_Exchange] = []
    for turn in turns:
        if turn.speaker == "agent":
            if parted:
                parted[-1].heard.append(turn)
        elif parted and not parted[-1].heard:
            parted[-1].said += f" {turn.text}"
        else:
            parted.append(_Exchange(turn.text))
    return parted


def _table(rows: Sequence[tuple[str, str]]) -> Iterator[Step]:
    if rows:
        yield Step(_TABLE, (_HEADING, *rows))


def _heard(turn: TurnTaken) -> Step:
    return Step(f"чути агента: «{_beginning(turn.text) if turn.cut else _end(turn.text)}»")


def _end(text: str) -> str:
    """Return as much of an answer's end as is quickly read."""
    *before, last = _PART.split(quoted(text))
    if len(last) > _MOST_LETTERS:
        return " ".join(last.split()[-_MOST_WORDS:])
    for part in reversed(before):
        if len(part) + len(last) >= _MOST_LETTERS:
            break
        last = f"{part} {last}"
    return last


def _beginning(text: str) -> str:
    """Return the first half of what was heard, so that there is something left to be cut."""
    spoken = quoted(text).split()
    return " ".join(spoken[: max(1, min(_MOST_WORDS, len(spoken) // 2))])
