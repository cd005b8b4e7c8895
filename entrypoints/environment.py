"""Kinds of settings: how the text of an environment variable becomes a value, and what is said when it cannot.

A setting is a field of a frozen dataclass; its variable is the field's name
in capitals.  A variable that is empty counts as one that is not set.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, field
from pathlib import Path
from typing import Any, TypeVar

from dotenv import dotenv_values

T = TypeVar("T")
N = TypeVar("N", int, float)

_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


def environment(folder: Path) -> Mapping[str, str]:
    """Return the process's variables, after adding those that only the folder's `.env.local`, then its `.env`, sets.

    They are added to the process itself: Google's library looks there for its credentials.
    """
    for name in (".env.local", ".env"):
        for key, value in dotenv_values(folder / name).items():
            if value:
                os.environ.setdefault(key, value)
    return os.environ


def text(default: str = "") -> str:
    return _setting(default, "a text", str)


def secret() -> str:
    """Return a text that is never shown."""
    return _setting("", "a text", str, shown=False)


def number(default: float, *, least: float, most: float) -> float:
    return _setting(default, f"a number from {least:g} to {most:g}", lambda raw: _within(float(raw), least, most))


def whole(default: int, *, least: int, most: int) -> int:
    return _setting(default, f"a whole number from {least} to {most}", lambda raw: _within(int(raw), least, most))


def switch(default: bool) -> bool:
    values = dict.fromkeys(_TRUE, True) | dict.fromkeys(_FALSE, False)
    return _setting(default, "true or false", lambda raw: values[raw.lower()])


def choice(default: str, *others: str) -> str:
    allowed = {each.lower(): each for each in (default, *others)}
    return _setting(default, " or ".join((default, *others)), lambda raw: allowed[raw.lower()])


def words(*default: str) -> tuple[str, ...]:
    """Return the words that commas part."""
    return _setting(
        default, "words with commas between", lambda raw: tuple(w.strip() for w in raw.split(",") if w.strip())
    )


def url(default: str = "") -> str:
    return _setting(default, "a URL that starts with http:// or https://", _url)


def value_of(setting: Field[Any], environ: Mapping[str, str]) -> Any:
    """Return the setting's value, or raise ValueError with one line: variable, value, what is allowed, cure."""
    name = setting.name.upper()
    raw = environ.get(name, "").strip()
    if not raw:
        return setting.default
    try:
        return setting.metadata["read"](raw)
    except (KeyError, ValueError) as error:
        shown = repr(raw) if setting.repr else "a value that is not shown"
        raise ValueError(f"{name} is {shown}: it must be {setting.metadata['allowed']}; correct it in .env") from error


def _setting(default: T, allowed: str, read: Callable[[str], T], *, shown: bool = True) -> T:
    return field(default=default, repr=shown, metadata={"read": read, "allowed": allowed})


def _within(value: N, least: float, most: float) -> N:
    if not least <= value <= most:
        raise ValueError(value)
    return value


def _url(raw: str) -> str:
    scheme, _, rest = raw.partition("://")
    if scheme not in {"http", "https"} or not rest.strip("/"):
        raise ValueError(raw)
    return raw
