"""Audio as this house knows it: 8 kHz signed 16-bit little-endian mono, cut into frames of 20 ms.

A `Frame` is bytes at run time and a type of its own to mypy: whatever has
another rate, width or length is not a frame and cannot be passed for one.
"""

from collections.abc import Iterable
from typing import NewType

RATE = 8_000
SAMPLE_BYTES = 2
FRAME_SECONDS = 0.02
FRAME_BYTES = int(RATE * FRAME_SECONDS) * SAMPLE_BYTES  # 320
FRAMES_PER_SECOND = 50

Frame = NewType("Frame", bytes)

SILENCE = Frame(bytes(FRAME_BYTES))


class Cutter:
    """Cuts pieces of slin of any length into frames and keeps the rest for later."""

    def __init__(self) -> None:
        self._rest = b""

    def cut(self, slin: bytes) -> list[Frame]:
        """Return the whole frames there are by now, oldest first."""
        if not self._rest and len(slin) == FRAME_BYTES:
            return [Frame(slin)]
        slin = self._rest + slin
        whole = len(slin) - len(slin) % FRAME_BYTES
        self._rest = slin[whole:]
        return [Frame(slin[at : at + FRAME_BYTES]) for at in range(0, whole, FRAME_BYTES)]

    def tail(self) -> list[Frame]:
        """Return what is left, filled up with silence to a frame; then nothing is left."""
        rest, self._rest = self._rest, b""
        return [Frame(rest.ljust(FRAME_BYTES, b"\0"))] if rest else []


def frames(slin: bytes) -> list[Frame]:
    """Cut a whole piece of slin into frames, the last filled up with silence."""
    cutter = Cutter()
    return cutter.cut(slin) + cutter.tail()


def seconds(audio: Iterable[Frame]) -> float:
    return sum(1 for _ in audio) * FRAME_SECONDS
