"""What providers took on the day that stands below, by their public price lists, in dollars.

Prices change, and contracts differ: the setting PRICES names a file with those that hold for you.
Where a price depends on the hour or on the amount, the highest that a call center pays stands here.
"""

from datetime import date
from decimal import Decimal

from domain.costs import Prices, TokenPrice


def _tokens(fresh: str, output: str, *, cached: str, written: str | None = None) -> TokenPrice:
    return TokenPrice(
        input=Decimal(fresh),
        output=Decimal(output),
        cached=Decimal(cached),
        written=None if written is None else Decimal(written),
    )


_FREE = TokenPrice(input=Decimal(0), output=Decimal(0))

PRICES = Prices(
    as_of=date(2026, 11, 1),
    models={
        "anthropic/claude-haiku-4-5*": _tokens("1", "5", cached="0.10", written="1.25"),
        "anthropic/claude-haiku-5-5*": _tokens("0.10", "0.50", cached="0.01", written="0.125"),
        "anthropic/claude-sonnet-4*": _tokens("3", "15", cached="0.30", written="3.75"),
        "anthropic/claude-sonnet-5-5*": _tokens("2", "10", cached="0.10", written="2.50"),
        "anthropic/claude-sonnet-5*": _tokens("2", "10", cached="0.20", written="2.50"),
        "anthropic/claude-opus-4-[5-9]*": _tokens("5", "25", cached="0.50", written="6.25"),
        "openai/gpt-4o-mini*": _tokens("0.15", "0.60", cached="0.075"),
        "openai/gpt-4o*": _tokens("2.50", "10", cached="1.25"),
        "openai/gpt-4.1-mini*": _tokens("0.40", "1.60", cached="0.10"),
        "openai/gpt-4.1-nano*": _tokens("0.10", "0.40", cached="0.025"),
        "openai/gpt-4.1*": _tokens("2", "8", cached="0.50"),
        "openai/gpt-5": _tokens("1.25", "10", cached="0.125"),
        "openai/gpt-5-mini*": _tokens("0.25", "2", cached="0.025"),
        "openai/gpt-5-nano*": _tokens("0.05", "0.40", cached="0.005"),
        "deepseek/deepseek-flash": _tokens("0.30", "1.20", cached="0.006"),
        "deepseek/deepseek-v4-pro": _tokens("1.32", "3.96", cached="0.044"),
        "gemini/gemini-2.0-flash": _tokens("0.10", "0.40", cached="0.025"),
        "gemini/gemini-2.5-flash": _tokens("0.30", "2.50", cached="0.03"),
        "offline/*": _FREE,
    },
    voices={
        "google/*-Chirp3-HD-*": Decimal(30),
        "google/*-Neural2-*": Decimal(16),
        "google/*-Standard-*": Decimal(4),
        "google/*-Studio-*": Decimal(160),
        "google/*-Wavenet-*": Decimal(4),
        "offline/*": Decimal(0),
    },
    ears={
        "google/*": Decimal("0.016"),
        "offline/*": Decimal(0),
    },
)
