"""Reading an answer's JSON: each value is what the Store API says it is, or the answer is none.

A wrong value raises `Unavailable` with its path (`GET /tires/search: data[3].price`), never with what stood there.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import NoReturn, TypeVar

from domain.errors import Unavailable
from domain.money import Money

T = TypeVar("T")
Choice = TypeVar("Choice", bound=Enum)

_MOST_MONEY = 10**9  # hryvnias
_MOST_OF_A_NUMBER = 10**9
_DATE_LETTERS = len("2026-11-26")


def parsed(body: bytes, where: str) -> "Answer":
    """Read JSON with exact amounts.  Raises `Unavailable`."""
    try:
        return Answer(json.loads(body, parse_float=Decimal, parse_constant=_refuse), where)
    except (ValueError, RecursionError):
        raise Unavailable(f"{where}: the shop's answer is no JSON") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


@dataclass(frozen=True, slots=True)
class Answer:
    """A value in an answer, and where it stands."""

    value: object
    path: str

    def __getitem__(self, name: str) -> "Answer":
        return self.get(name) or self._of(name).wrong("is missing")

    def get(self, name: str) -> "Answer | None":
        """Return a member, None where it is missing or null."""
        if not isinstance(self.value, Mapping):
            self.wrong("is no object")
        member = self.value.get(name)
        return None if member is None else Answer(member, self._of(name).path)

    def maybe(self, name: str, read: "Callable[[Answer], T]") -> T | None:
        member = self.get(name)
        return None if member is None else read(member)

    def each(self, read: "Callable[[Answer], T]") -> tuple[T, ...]:
        if not isinstance(self.value, list):
            self.wrong("is no list")
        return tuple(read(Answer(item, f"{self.path}[{at}]")) for at, item in enumerate(self.value))

    def members(self) -> "tuple[tuple[str, Answer], ...]":
        if not isinstance(self.value, Mapping):
            self.wrong("is no object")
        # The names of these members are data: they stand in no path.
        return tuple((name, Answer(value, f"{self.path}[{at}]")) for at, (name, value) in enumerate(self.value.items()))

    def text(self) -> str:
        """Return a text; shops write ids and indexes as numbers as well."""
        if isinstance(self.value, bool) or not isinstance(self.value, str | int):
            self.wrong("is no text")
        return str(self.value)

    def whole(self) -> int:
        match self.value:
            case bool():
                pass
            case int() | Decimal() if -_MOST_OF_A_NUMBER < self.value < _MOST_OF_A_NUMBER:
                if self.value == int(self.value):
                    return int(self.value)
            case str() as digits if digits.isdecimal() and len(digits) < len(str(_MOST_OF_A_NUMBER)):
                return int(digits)
        self.wrong("is no whole number")

    def money(self) -> Money:
        if isinstance(self.value, bool) or not isinstance(self.value, int | Decimal | str):
            self.wrong("is no amount")
        try:
            amount = Decimal(self.value)
        except ArithmeticError:
            self.wrong("is no amount")
        if not amount.is_finite() or not 0 <= amount < _MOST_MONEY:
            self.wrong("is no amount that can be")
        return Money.hryvnias(amount)

    def flag(self) -> bool:
        return self.value if isinstance(self.value, bool) else self.wrong("is neither true nor false")

    def day(self) -> date:
        """Return a date, also of a moment."""
        try:
            return date.fromisoformat(self.text()[:_DATE_LETTERS])
        except ValueError:
            self.wrong("is no date")

    def time(self) -> time:
        try:
            return time.fromisoformat(self.text().rjust(len("09:00"), "0"))
        except ValueError:
            self.wrong("is no time")

    def one_of(self, choices: type[Choice]) -> Choice:
        return self.known(choices) or self.wrong("is none of what it may be")

    def known(self, choices: type[Choice]) -> Choice | None:
        """Return what it stands for, None for what we do not know."""
        try:
            return choices(self.value)
        except ValueError:
            return None

    def wrong(self, how: str) -> NoReturn:
        raise Unavailable(f"{self.path} {how}")

    def _of(self, name: str) -> "Answer":
        return Answer(None, f"{self.path}{'' if self.path.endswith(' ') else '.'}{name}")
