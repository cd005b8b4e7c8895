"""A call whose people nobody would know: their names, numbers and addresses are made up, the same ones throughout.

Rule 1: cities, cars and what the shop calls its own stay: they make the case, not the person.
Rule 2: what was dictated in words gives way as a whole: nobody can tell which of them were the number.
Rule 3: numbers of orders that the call made are those that the shop of the examples gives.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from domain.drafting.people import CARD, EMAIL, PLATE, People
from domain.hearing.codes import read_plate
from domain.hearing.names import said_name
from domain.hearing.numbers import runs, tokens
from domain.hearing.phones import read_phone
from domain.records import StoredRecord, ToolUsed, TurnTaken

_FIRST_ORDER = 10245
_NAMES, _ADDRESSES = ("customer_name", "name"), ("address", "delivery_address")
_OF_PEOPLE = frozenset("create_order_draft update_order_delivery confirm_order get_order_status".split())
"""Tools whose addresses are not the shop's."""
_FEWEST_OF_CARD, _MOST_OF_CARD = 13, 19

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_STREET = re.compile(
    r"(?<!\w)(?:вул(?:\.|иц\w+)|ул(?:\.|иц\w+)|просп(?:\.|ект\w*)|бульв(?:\.|ар\w*)|пров(?:\.|ул\w+)|переул\w+|площ\w+"
    r"|шосе|шоссе|набережн\w+|узвіз\w*)\s+(?:[^\W\d_][\w'’ʼ-]*\s+){0,3}?[^\W\d_][\w'’ʼ-]*,?\s+"
    r"(?:буд(?:\.|ин\w+)\s*|дім\s+|дом\s+|номер\s+)?\d{1,4}\s?(?:[а-яіїєґ](?!\w))?(?:[/-]\d+)?"
    r"(?:,?\s*кв(?:\.|артир\w+)?\s*\d+)?",
    re.IGNORECASE,
)
_POST_OFFICE = re.compile(r"відділенн|отделени|поштомат|почтомат|нова пошта|post office", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\S+ (?:собака|равлик) \S+(?: (?:крапка|точка) \w+)+", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w.]\d|\w)")
_PHONE = re.compile(r"(?<![\w.])(?:\+?38)?[ (-]{0,2}0\d{2}[ )-]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?!\w)")
_PLATE = re.compile(r"(?<!\w)[A-ZА-ЯІЇЄ]{2} ?-?\d{4} ?-?[A-ZА-ЯІЇЄ]{2}(?!\w)", re.IGNORECASE)


def disguised(record: StoredRecord) -> StoredRecord:
    """Return the call with other people in it."""
    cover, ended = _Cover(record), record.call.ended
    caller = record.call.caller and cover.text(record.call.caller)
    if ended is not None:
        ended = replace(ended, caller=caller, orders=tuple(map(cover.text, ended.orders)))
    transcript = tuple(map(cover.unit, record.transcript))
    return replace(record, call=replace(record.call, caller=caller, ended=ended), transcript=transcript)


class _Cover:
    """What is replaced in the texts of one call."""

    def __init__(self, record: StoredRecord) -> None:
        self._people = People()
        if record.call.caller:
            self._people.own(record.call.caller)
        uses = [unit for unit in record.transcript if isinstance(unit, ToolUsed)]
        turns = [unit for unit in record.transcript if isinstance(unit, TurnTaken)]
        said = [said_name(turn.text) for turn in turns if turn.speaker == "caller"]
        for name in (*_told(uses, _NAMES), *(each for each in said if not each.isascii())):
            self._people.meet(name)
        self._shops = _any_of(_of_shop(uses))
        homes = [address for address in _told(uses, _ADDRESSES) if not _POST_OFFICE.search(address)]
        homes += [found for turn in turns if turn.speaker == "caller" for found in _STREET.findall(turn.text)]
        self._homes = _any_of(home for home in homes if any(letter.isdigit() for letter in home))
        orders = record.call.ended.orders if record.call.ended else ()
        self._orders = {number.casefold(): str(_FIRST_ORDER + at) for at, number in enumerate(orders)}
        self._made = _any_of(orders)

    def unit(self, unit: TurnTaken | ToolUsed) -> TurnTaken | ToolUsed:
        if isinstance(unit, TurnTaken):
            understood, refused = self.text(unit.understood), tuple(map(self.text, unit.refused))
            return replace(unit, text=self._spoken(unit), understood=understood, refused=refused)
        arguments, facts = _within(dict(unit.arguments), self.text), _within(dict(unit.facts), self.text)
        return replace(unit, arguments=arguments, result=self._written(unit.result), facts=facts)

    def _spoken(self, turn: TurnTaken) -> str:
        if turn.speaker == "caller":
            said = tokens(turn.text)
            if number := read_phone(said, international="+" in turn.text):
                return self._people.phone(number)
            if read_plate(said):
                return PLATE
            digits = ("".join(numeral.digits for numeral in run) for run in runs(said, frozenset()))
            if any(_FEWEST_OF_CARD <= len(each) <= _MOST_OF_CARD for each in digits):
                return CARD
        return self.text(turn.text)

    def _written(self, result: str) -> str:
        """Replace within a tool's answer, be it JSON or a sentence."""
        try:
            return json.dumps(_within(json.loads(result), self.text), ensure_ascii=False)
        except ValueError:
            return self.text(result)

    def text(self, text: str) -> str:
        """Replace in all but what is the shop's."""
        return "".join(
            part if self._shops.fullmatch(part) else self._replaced(part) for part in self._shops.split(text) if part
        )

    def _replaced(self, text: str) -> str:
        text = _EMAIL.sub(EMAIL, text)
        text = _CARD.sub(CARD, text)
        text = _PHONE.sub(lambda found: self._people.phone(found[0]), text)
        text = _PLATE.sub(PLATE, text)
        text = self._made.sub(lambda found: self._orders[found[0].casefold()], text)
        parts = self._homes.split(text)
        return "".join(
            self._people.address(part) if self._homes.fullmatch(part) else _WORD.sub(self._name, part) for part in parts
        )

    def _name(self, found: re.Match[str]) -> str:
        return self._people.named(found[0]) or found[0]


def _told(uses: Iterable[ToolUsed], names: Iterable[str]) -> Iterator[str]:
    """Return what tools were told under these names."""
    for use in uses:
        for name in names:
            if isinstance(told := use.arguments.get(name), str):
                yield told


def _of_shop(uses: Iterable[ToolUsed]) -> Iterator[str]:
    """Return the addresses that the shop has named of its own."""
    for use in uses:
        addresses = use.facts.get("addresses")
        if use.name not in _OF_PEOPLE and isinstance(addresses, list):
            yield from addresses


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of these, the longest first, however spaced; nothing where there is none."""
    known = sorted({text for text in texts if text.strip()}, key=len, reverse=True)
    forms = (r"[\s,]+".join(map(re.escape, re.findall(r"[^\s,]+", text))) for text in known)
    return re.compile(rf"((?<!\w)(?:{'|'.join(forms)})(?!\w))" if known else r"((?!))", re.IGNORECASE)


def _within(value: Any, change: Callable[[str], str]) -> Any:
    """Return a value of JSON with every text in it changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {name: _within(each, change) for name, each in value.items()}
        case list():
            return [_within(each, change) for each in value]
        case _:
            return value
