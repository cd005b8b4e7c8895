"""Where the time of a reply went, as stretches of a bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from domain.records import ToolUsed, TurnTaken, Waterfall

Part = Literal["ear", "model", "voice"]
_LEAST_SECONDS = 1.0
"""Bars of a quick call are not drawn larger than life."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was waited for from one moment to the next, in seconds since the caller's voice ended."""

    part: Part
    start: float
    end: float


def stretches(waterfall: Waterfall) -> tuple[Stretch, ...]:
    """Return them in their order, up to the first sound of the reply.

    The model may begin, and even the voice, before the recognizer has its last word.
    """
    moments: list[tuple[float | None, Part]] = [
        (waterfall.final, "ear"),
        (waterfall.first_word, "model"),
        (waterfall.first_audio, "voice"),
    ]
    end = float("inf") if waterfall.first_audio is None else waterfall.first_audio
    known = sorted((max(0.0, at), part) for at, part in moments if at is not None and at <= end)
    starts = (0.0, *(at for at, _ in known))
    return tuple(
        Stretch(part, start, until) for start, (until, part) in zip(starts, known, strict=False) if until > start
    )


def longest_seconds(transcript: Iterable[TurnTaken | ToolUsed]) -> float:
    """Return how long the longest bar of a call is."""
    falls = (turn.waterfall for turn in transcript if isinstance(turn, TurnTaken) and turn.waterfall)
    return max((_LEAST_SECONDS, *(each.end for fall in falls for each in stretches(fall))))
