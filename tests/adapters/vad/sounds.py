"""What a line may carry: speech of espeak-ng and everything that is not speech."""

import numpy as np
from numpy.typing import NDArray

from adapters.offline.espeak import EspeakSynthesizer
from domain.audio import RATE, Frame, frames

Samples = NDArray[np.float64]

_FULL = 32767


async def speech(voice: str, clause: str, *, dbfs: float) -> Samples:
    async with EspeakSynthesizer(voice=voice).voice() as mouth:
        spoken = [frame async for piece in mouth.say(clause) for frame in piece]
    return at_level(np.frombuffer(b"".join(spoken), "<i2").astype(np.float64), dbfs)


def at_level(samples: Samples, dbfs: float) -> Samples:
    gain = float(_FULL * 10 ** (dbfs / 20) / np.sqrt(np.mean(samples**2)))
    return samples * gain


def noise(seconds: float, *, dbfs: float, seed: int = 1) -> Samples:
    return at_level(np.random.default_rng(seed).standard_normal(int(seconds * RATE)), dbfs)


def tones(seconds: float, *hertz: float, dbfs: float) -> Samples:
    at = np.arange(int(seconds * RATE)) / RATE
    return at_level(np.sum([np.sin(2 * np.pi * pitch * at) for pitch in hertz], axis=0), dbfs)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE))


def cough(*, dbfs: float) -> Samples:
    """Noise that begins at once, is darker than white, and dies away in 150 ms."""
    burst = np.convolve(noise(0.15, dbfs=dbfs), np.ones(4) / 4, "same")
    return at_level(burst * np.exp(-np.arange(len(burst)) / (0.05 * RATE)), dbfs)


def on_the_line(samples: Samples, *, noise_dbfs: float = -65) -> list[Frame]:
    """Add the line's noise and cut into frames."""
    heard = samples + noise(len(samples) / RATE + 0.001, dbfs=noise_dbfs, seed=7)[: len(samples)]
    return frames(np.clip(heard, -_FULL, _FULL).astype("<i2").tobytes())
