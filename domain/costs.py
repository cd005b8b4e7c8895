"""What a call costs, in dollars of the United States: providers' prices, and what usage comes to.

Rule 1: sums are exact: prices are decimals, and what is kept is whole millionths of a dollar.
Rule 2: what has no price is named, never counted as free.
Rule 3: a price is found by a pattern, `provider/name` with `*` for the rest; the first that fits is right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from typing import TypeVar

from domain.usage import Kind, ModelUsage, Usage, VoiceUsage

P = TypeVar("P")

_MILLION = 1_000_000
_MINUTE_SECONDS = 60


@dataclass(frozen=True, slots=True, order=True)
class Dollars:
    micros: int
    """Millionths."""

    @classmethod
    def of(cls, amount: Decimal) -> "Dollars":
        return cls(int((amount * _MILLION).quantize(Decimal(1), rounding=ROUND_HALF_UP)))

    @property
    def amount(self) -> Decimal:
        return Decimal(self.micros) / _MILLION

    def __add__(self, other: "Dollars") -> "Dollars":
        return Dollars(self.micros + other.micros)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """By what was paid for."""

    model: Dollars = Dollars(0)
    voice: Dollars = Dollars(0)
    ear: Dollars = Dollars(0)
    unpriced: tuple[str, ...] = ()
    """What was used and has no price, so that it is missing above: `model openai/gpt-9`."""

    @property
    def total(self) -> Dollars:
        return self.model + self.voice + self.ear

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            model=self.model + other.model,
            voice=self.voice + other.voice,
            ear=self.ear + other.ear,
            unpriced=tuple(sorted({*self.unpriced, *other.unpriced})),
        )

    def of(self, kind: Kind) -> Dollars:
        return {Kind.MODEL: self.model, Kind.VOICE: self.voice, Kind.EAR: self.ear}[kind]

    def knows(self, kind: Kind) -> bool:
        """Whether all that was used of this kind has a price."""
        return not any(each.startswith(f"{kind.value} ") for each in self.unpriced)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPrice:
    """For a million tokens."""

    input: Decimal
    output: Decimal
    cached: Decimal | None = None
    """None: as all input."""
    written: Decimal | None = None
    """None: as all input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    as_of: date
    """The day on which somebody looked them up."""
    models: Mapping[str, TokenPrice] = field(default_factory=dict)
    voices: Mapping[str, Decimal] = field(default_factory=dict)
    """For a million characters."""
    ears: Mapping[str, Decimal] = field(default_factory=dict)
    """For a minute of audio."""

    def before(self, others: "Prices") -> "Prices":
        """Return these, and those of the others for what these say nothing of."""
        return Prices(
            as_of=self.as_of,
            models=_first(self.models, others.models),
            voices=_first(self.voices, others.voices),
            ears=_first(self.ears, others.ears),
        )

    def price(self, usage: Usage) -> Decimal | None:
        """Return the dollars that this comes to; None where its price is not known."""
        match usage:
            case ModelUsage():
                tokens = _found(self.models, usage.name)
                return None if tokens is None else _for_tokens(usage, tokens)
            case VoiceUsage():
                characters = _found(self.voices, usage.name)
                return None if characters is None else characters * usage.characters / _MILLION
            case _:  # EarUsage
                minute = _found(self.ears, usage.name)
                return None if minute is None else minute * Decimal(str(usage.seconds)) / _MINUTE_SECONDS

    def cost(self, usages: Iterable[Usage]) -> Cost:
        """Return what all of it comes to; each kind is rounded once."""
        sums = dict.fromkeys(Kind, Decimal(0))
        unpriced: set[str] = set()
        for usage in usages:
            price = self.price(usage)
            if price is None:
                unpriced.add(f"{usage.kind.value} {usage.name}")
            else:
                sums[usage.kind] += price
        return Cost(
            model=Dollars.of(sums[Kind.MODEL]),
            voice=Dollars.of(sums[Kind.VOICE]),
            ear=Dollars.of(sums[Kind.EAR]),
            unpriced=tuple(sorted(unpriced)),
        )


def _for_tokens(usage: ModelUsage, price: TokenPrice) -> Decimal:
    fresh = max(0, usage.input_tokens - usage.cached_tokens - usage.written_tokens)
    return (
        fresh * price.input
        + usage.cached_tokens * (price.input if price.cached is None else price.cached)
        + usage.written_tokens * (price.input if price.written is None else price.written)
        + usage.output_tokens * price.output
    ) / _MILLION


def _found(prices: Mapping[str, P], name: str) -> P | None:
    return next((price for pattern, price in prices.items() if fnmatchcase(name, pattern)), None)


def _first(some: Mapping[str, P], others: Mapping[str, P]) -> Mapping[str, P]:
    """Return them in this order; a pattern that both have stands for the first's price."""
    return {**some, **{pattern: price for pattern, price in others.items() if pattern not in some}}
