"""Parameters and JSON bodies: how a field becomes a value, and what is said when it cannot.

A field that nobody asks for is refused: a misspelt name would be ignored in silence.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from adapters.demo_shop.refusals import Invalid

E = TypeVar("E", bound=Enum)
V = TypeVar("V")

MOST_LETTERS = 300
MOST_KOPECKS = 1_000_000_00
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Malformed(Exception):
    """The request is not even readable."""


class Fields:
    """Named values, from a query (all of them text) or from a JSON object."""

    def __init__(self, values: Mapping[str, object], *, within: str = "") -> None:
        self._values = values
        self._within = within
        self._asked: set[str] = set()

    @classmethod
    def of_query(cls, pairs: Iterable[tuple[str, str]]) -> "Fields":
        values: dict[str, object] = {}
        for name, value in pairs:
            if name in values:
                raise Invalid(f"{_shown(name)}: given twice")
            values[name] = value
        return cls(values)

    @classmethod
    def of_body(cls, body: bytes) -> "Fields":
        """Read a JSON object; an empty body is an empty object."""
        if not body:
            return cls({})
        try:
            values = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Malformed("the body is not JSON") from error
        if not isinstance(values, dict):
            raise Invalid("the body is not an object")
        return cls(values)

    @property
    def canonical(self) -> str:
        """Return all the values in one fixed form."""
        return json.dumps(self._values, sort_keys=True)

    def text(self, name: str, *, most: int = MOST_LETTERS) -> str | None:
        value = self._given(name)
        if value is None:
            return None
        if not isinstance(value, str) or not 1 <= len(value) <= most or not _writable(value):
            raise self._wrong(name, f"a text of 1 to {most} letters")
        return value

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        value = self._given(name)
        if value is None:
            return None
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(name, f"a whole number from {least} to {most}")
        return value

    def kopecks(self, name: str) -> int | None:
        """Read an amount in hryvnias."""
        value = self._given(name)
        if value is None:
            return None
        written = str(value)
        kopecks = Decimal(written) * 100 if _DECIMAL.fullmatch(written) else Decimal(-1)
        if not 0 <= kopecks <= MOST_KOPECKS:
            raise self._wrong(name, f"an amount from 0 to {MOST_KOPECKS // 100}")
        return int(kopecks)

    def number(self, name: str, *, least: float, most: float) -> float | None:
        value = self._given(name)
        if value is None:
            return None
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(name, f"a number from {least:g} to {most:g}")
        return float(value)

    def switch(self, name: str) -> bool | None:
        match self._given(name):
            case None:
                return None
            case True | "true":
                return True
            case False | "false":
                return False
            case _:
                raise self._wrong(name, "true or false")

    def choice(self, name: str, kind: type[E]) -> E | None:
        value = self._given(name)
        if value is None:
            return None
        for each in kind:
            if each.value == value:
                return each
        raise self._wrong(name, f"one of {', '.join(str(each.value) for each in kind)}")

    def word(self, name: str, *allowed: str) -> str | None:
        value = self._given(name)
        if value is None:
            return None
        if not isinstance(value, str) or value not in allowed:
            raise self._wrong(name, f"one of {', '.join(allowed)}")
        return value

    def day(self, name: str) -> date | None:
        value = self._given(name)
        if value is None:
            return None
        try:
            if isinstance(value, str) and _DATE.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self._wrong(name, "a date, YYYY-MM-DD")

    def at(self, name: str) -> time | None:
        value = self._given(name)
        if value is None:
            return None
        if not isinstance(value, str) or not _TIME.fullmatch(value):
            raise self._wrong(name, "a time, HH:MM")
        return time.fromisoformat(value)

    def list(self, name: str, *, most: int) -> Sequence["Fields"]:
        """Read a list of objects that is not empty."""
        value = self._given(name)
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise self._wrong(name, f"a list of 1 to {most} objects")
        for each in value:
            if not isinstance(each, dict):
                raise self._wrong(name, "a list of objects")
        return [Fields(each, within=f"{name}[{index}].") for index, each in enumerate(value)]

    def end(self) -> None:
        """Refuse what nobody has asked for."""
        for name in self._values:
            if name not in self._asked:
                raise Invalid(f"{self._within}{_shown(name)}: there is no such field")

    def _given(self, name: str) -> object:
        self._asked.add(name)
        if name in self._values and self._values[name] is None:
            raise self._wrong(name, "given, or left out")
        return self._values.get(name)

    def _wrong(self, name: str, wanted: str) -> Invalid:
        return Invalid(f"{self._within}{name}: must be {wanted}")


def required(name: str, value: V | None) -> V:
    """Return a value that must be there."""
    if value is None:
        raise Invalid(f"{name}: is missing")
    return value


def _writable(value: str) -> bool:
    """Return whether it is Unicode that can be stored: JSON can spell half a surrogate pair."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _shown(name: str) -> str:
    return name.encode("ascii", "backslashreplace").decode()[:40]
