"""Reading what the model passes to a tool; what cannot be read is refused with what is allowed.

Rule 1: "" and null are no value; a number may come as text, a text as a number.
Rule 2: each refusal tells the model what is wrong and what is right, in a sentence.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from application.calls.tools.toolbox import ToolRefused
from domain.visit.visit import by_handle

T = TypeVar("T")
Choice = TypeVar("Choice", bound=Enum)

Arguments = Mapping[str, object]

_LONGEST = 200
"""Characters of a name, an address, a note."""


def needed(value: T | None, name: str, ask: str = "") -> T:
    """Return a value that the tool cannot do without; `ask` says what the caller is to be asked."""
    if value is None:
        raise ToolRefused(f"{name} is missing. {ask or 'Ask the caller for it.'}")
    return value


def text(arguments: Arguments, name: str) -> str | None:
    value = arguments.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ToolRefused(f"{name} must be a text.")
    words = " ".join(str(value).split())
    if len(words) > _LONGEST:
        raise ToolRefused(f"{name} must have at most {_LONGEST} characters.")
    return words or None


def whole(arguments: Arguments, name: str, *, least: int, most: int) -> int | None:
    value = arguments.get(name)
    if value is None or value == "":
        return None
    number = _number(value)
    if number is None or not least <= number <= most:
        raise ToolRefused(f"{name} must be a whole number from {least} to {most}.")
    return number


def choice(arguments: Arguments, name: str, choices: type[Choice]) -> Choice | None:
    """Return the member of this name in small letters, as the tool's specification lists them."""
    value = arguments.get(name)
    if value is None or value == "":
        return None
    try:
        return choices(str(value).strip().lower())
    except ValueError:
        allowed = ", ".join(str(each.value) for each in choices)
        raise ToolRefused(f"{name} must be one of: {allowed}.") from None


def day(arguments: Arguments, name: str) -> date | None:
    value = text(arguments, name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ToolRefused(f"{name} must be a date like 2026-11-26.") from None


def handled(arguments: Arguments, name: str, kind: str, things: Sequence[T]) -> T | None:
    """Return the thing that a handle (`T1`) stands for."""
    value = text(arguments, name)
    if value is None:
        return None
    thing = by_handle(kind, things, value)
    if thing is None:
        known = ", ".join(f"{kind}{number}" for number in range(1, len(things) + 1))
        allowed = f"one of: {known}" if known else "one that was offered in this call; none was offered yet"
        raise ToolRefused(f"{name} must be {allowed}.")
    return thing


def _number(value: object) -> int | None:
    match value:
        case bool():
            return None
        case int():
            return value
        case float() if value.is_integer():
            return int(value)
        case str() if value.strip().isdecimal():
            return int(value)
        case _:
            return None
