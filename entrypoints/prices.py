"""Prices of one's own: a file that the setting PRICES names.

    as_of = 2026-11-25

    [models."anthropic/claude-sonnet-4-5*"]     # dollars for a million tokens
    input = 3
    output = 15
    cached = 0.3                                # if another than that of all input
    written = 3.75                              # likewise

    [voices]                                    # dollars for a million characters
    "google/*-Standard-*" = 4

    [ears]                                      # dollars for a minute of audio
    "whisper/*" = 0.002

Rule 1: names are `provider/name`, with `*` for the rest; the first that fits is right.
Rule 2: what the file says nothing of costs what the program's own list says.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.costs import Prices, TokenPrice
from domain.price_list import PRICES

_PARTS = {"as_of", "models", "voices", "ears"}
_TOKENS = {"input", "output", "cached", "written"}


def prices_of(path: str) -> Prices:
    """Return the prices that hold; raises ValueError with what is wrong and the cure."""
    if not path:
        return PRICES
    try:
        text = Path(path).read_text(encoding="utf-8")
        return _read(tomllib.loads(text, parse_float=Decimal)).before(PRICES)
    except OSError as error:
        raise ValueError(f"PRICES is {path!r}: it cannot be read ({error.strerror}); put the file there") from error
    except ValueError as error:
        raise ValueError(f"PRICES is {path!r}: {error}; correct the file") from error


def _read(told: Mapping[str, Any]) -> Prices:
    if unknown := sorted(told.keys() - _PARTS):
        raise ValueError(f"it has {', '.join(unknown)}, and may have as_of, models, voices and ears")
    as_of = told.get("as_of", PRICES.as_of)
    if not isinstance(as_of, date):
        raise ValueError("as_of must be a day such as 2026-11-25")
    return Prices(
        as_of=as_of,
        models={name: _tokens(name, price) for name, price in _table(told, "models").items()},
        voices={name: _amount(name, price) for name, price in _table(told, "voices").items()},
        ears={name: _amount(name, price) for name, price in _table(told, "ears").items()},
    )


def _table(told: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    table = told.get(part, {})
    if not isinstance(table, dict):
        raise ValueError(f"{part} must be a table")
    return table


def _tokens(name: str, price: object) -> TokenPrice:
    if not isinstance(price, dict) or not {"input", "output"} <= price.keys() <= _TOKENS:
        raise ValueError(f"{name} must have input and output, and may have cached and written")
    return TokenPrice(**{each: _amount(f"{each} of {name}", amount) for each, amount in price.items()})


def _amount(name: str, amount: object) -> Decimal:
    if isinstance(amount, int | Decimal) and not isinstance(amount, bool):
        dollars = Decimal(amount)
        if dollars.is_finite() and dollars >= 0:
            return dollars
    raise ValueError(f"{name} must be an amount of dollars")
