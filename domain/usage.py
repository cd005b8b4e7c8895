"""What a call uses of what is paid for: tokens of language models, characters of voices, seconds of recognizers.

Rule: used is what a provider was asked for, whether or not anybody heard what came of it.  What was kept from
earlier (a clause in a cache) is not used.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


class Kind(Enum):
    """What it is used for; a cost is kept for each."""

    MODEL = "model"
    VOICE = "voice"
    EAR = "ear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUsage:
    provider: str
    model: str
    input_tokens: int
    """All that was read, from the provider's cache or not."""
    output_tokens: int
    cached_tokens: int = 0
    """Of the input: read from the provider's cache, which costs less."""
    written_tokens: int = 0
    """Of the input: put into the provider's cache, which some take more for."""
    estimated: bool = False
    """The provider did not come to tell all of it, and its length was counted instead."""

    @property
    def kind(self) -> Kind:
        return Kind.MODEL

    @property
    def name(self) -> str:
        return f"{self.provider}/{self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceUsage:
    provider: str
    voice: str
    characters: int

    @property
    def kind(self) -> Kind:
        return Kind.VOICE

    @property
    def name(self) -> str:
        return f"{self.provider}/{self.voice}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarUsage:
    provider: str
    model: str
    seconds: float
    """Of audio, silence included where it is sent."""

    @property
    def kind(self) -> Kind:
        return Kind.EAR

    @property
    def name(self) -> str:
        return f"{self.provider}/{self.model}"


Usage = ModelUsage | VoiceUsage | EarUsage


def summed(usages: Iterable[Usage]) -> tuple[Usage, ...]:
    """Return one for each model, voice and recognizer, by kind and name."""
    sums: dict[tuple[str, str], Usage] = {}
    for usage in usages:
        key = usage.kind.value, usage.name
        sums[key] = _both(sums[key], usage) if key in sums else usage
    order = [kind.value for kind in Kind]
    return tuple(sums[key] for key in sorted(sums, key=lambda each: (order.index(each[0]), each[1])))


def _both(one: Usage, other: Usage) -> Usage:
    match one, other:
        case ModelUsage(), ModelUsage():
            return replace(
                one,
                input_tokens=one.input_tokens + other.input_tokens,
                output_tokens=one.output_tokens + other.output_tokens,
                cached_tokens=one.cached_tokens + other.cached_tokens,
                written_tokens=one.written_tokens + other.written_tokens,
                estimated=one.estimated or other.estimated,
            )
        case VoiceUsage(), VoiceUsage():
            return replace(one, characters=one.characters + other.characters)
        case EarUsage(), EarUsage():
            return replace(one, seconds=one.seconds + other.seconds)
        case _:
            raise TypeError(f"{one.kind} and {other.kind} have no sum")
