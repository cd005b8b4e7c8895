"""The draft of a feature: a call with made-up people, in the steps of `features/`.

Rule 1: it runs as it stands, but for what its lines marked `ЗРОБИТИ` leave to a person.
Rule 2: in the examples today is always the same day, and the shop is the demonstration's.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from domain.dialog.phases import Outcome
from domain.drafting.after import after
from domain.drafting.before import before
from domain.drafting.disguise import disguised
from domain.drafting.steps import MONTHS, Line, Step, ToDo
from domain.drafting.talk import talk
from domain.records import StoredRecord, ToolUsed, TurnTaken

TODO = "ЗРОБИТИ"
TODAY_OF_EXAMPLES = date(2026, 11, 25)
_MOST_WORDS_OF_TITLE = 8


def feature_of(record: StoredRecord) -> str:
    """Return the text of a feature file."""
    told = disguised(record)
    turns = [unit for unit in told.transcript if isinstance(unit, TurnTaken)]
    uses = [unit for unit in told.transcript if isinstance(unit, ToolUsed)]
    lines = [
        "# language: uk",
        *(f"# {each}" for each in _about(told)),
        "Функціонал: Чернетка з дзвінка",
        "  Імена, номери й адреси вигадано; міста, машини й товари такі, як були.",
        "",
        "  Передумова:",
        *_written("Дано", [Step("магазин відчинено"), *before(uses)]),
        "",
        f"  Сценарій: {_title(turns)}",
        *_written("Дано", [_dials(told)]),
        *_written("Коли", [*talk(turns), *_hangs_up(told)]),
        *_written("Тоді", after(uses, told.call.ended)),
    ]
    return "\n".join(lines) + "\n"


def _about(record: StoredRecord) -> Iterator[str]:
    call = record.call
    day = call.began.date()
    yield f"Чернетка з дзвінка {call.call_id}."
    yield "Перш ніж додати її до features/, прочитайте її, приберіть зайве й зробіть те, що лишилося зробити."
    yield f"{TODO}: у стовпці «агент» лишіть тільки те, що має бути чути щоразу: модель каже те саме різними словами."
    if call.language != "uk":
        yield f"{TODO}: магазин прикладів говорить українською, а мова дзвінка - {call.language or 'невідома'}."
    if day != TODAY_OF_EXAMPLES:
        yield (
            f"{TODO}: дзвінок був {day.day} {MONTHS[day.month - 1]} {day.year}, а в прикладах завжди"
            f" {TODAY_OF_EXAMPLES.day} {MONTHS[TODAY_OF_EXAMPLES.month - 1]} {TODAY_OF_EXAMPLES.year}: перевірте дні."
        )


def _title(turns: Sequence[TurnTaken]) -> str:
    first = next((turn.text.split() for turn in turns if turn.speaker == "caller"), [])
    if not first:
        return "Абонент мовчить"
    more = "…" if len(first) > _MOST_WORDS_OF_TITLE else ""
    return f"Абонент каже: {' '.join(first[:_MOST_WORDS_OF_TITLE])}{more}"


def _dials(record: StoredRecord) -> Step:
    return Step("абонент на лінії" if record.call.caller else "на лінії абонент із прихованим номером")


def _hangs_up(record: StoredRecord) -> Iterator[Step]:
    if record.call.ended and record.call.ended.outcome is Outcome.ABANDONED:
        yield Step("абонент кладе слухавку")


def _written(keyword: str, lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, ToDo):
            yield f"    # {TODO}: {line.text}"
            continue
        yield f"    {keyword} {line.text}"
        keyword = "І"
        yield from _rows(line.rows)


def _rows(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    cells = [tuple(map(_cell, row)) for row in rows]
    width = max((len(said) for said, _ in cells), default=0)
    for said, heard in cells:
        yield f"      | {said:<{width}} | {heard} |"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
