"""Speech without a network: espeak-ng, as the library that the package espeakng-loader carries.

Rule 1: the library has one state for the whole process, so one clause is
spoken at a time, in a thread, with its voice, rate and pitch set anew.
Rule 2: a clause comes whole: it takes milliseconds, and its level is known
only at its end.
"""

import ctypes
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

import anyio
import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from application.ports.metering import Meter, uncounted
from domain.audio import RATE, Frame, frames
from domain.errors import Unavailable
from domain.usage import VoiceUsage

_PACKAGE = "espeakng_loader"
_CURE = f"install the package {_PACKAGE} in a version for this platform, or choose another speech provider"

# From espeak-ng's speak_lib.h
_OUTPUT_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_CHARACTERS_UTF8 = 1
_POSITION_CHARACTER = 1
_PARAMETER_RATE, _PARAMETER_PITCH = 1, 3
_OK = 0
_BUFFER_MS = 500

_LEVEL = 10 ** (-20 / 20)  # -20 dBFS rms
_HIGHEST_PEAK = 10 ** (-1 / 20)
_QUIET = 10 ** (-48 / 20)
_MARGIN_SECONDS = 0.04  # left around the words, so that no consonant is clipped

_OnSamples = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


class _Espeak:
    """The library, loaded and initialised: 10 ms, once a process."""

    def __init__(self) -> None:
        try:
            folder = Path(str(files(_PACKAGE)))
            self._library = ctypes.CDLL(str(folder / f"libespeak-ng{'.dylib' if sys.platform == 'darwin' else '.so'}"))
        except (ImportError, OSError) as error:
            raise Unavailable(f"espeak-ng cannot be loaded ({error}): {_CURE}") from error
        self._library.espeak_Synth.argtypes = [
            *(ctypes.c_char_p, ctypes.c_size_t),
            *(ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint),
            *(ctypes.c_void_p, ctypes.c_void_p),
        ]
        self._rate: int = self._library.espeak_Initialize(
            _OUTPUT_SYNCHRONOUS, _BUFFER_MS, str(folder).encode(), _DO_NOT_EXIT
        )
        if self._rate <= 0:
            raise Unavailable(
                f"espeak-ng does not find its data under {folder} (it takes paths of 140 bytes at most): "
                f"move the installation to a shorter path, or install {_PACKAGE} again"
            )
        self._variants = folder / "espeak-ng-data" / "voices" / "!v"

    def choose(self, voice: str) -> None:
        _, _, variant = voice.partition("+")
        known = self._library.espeak_SetVoiceByName(voice.encode()) == _OK
        if not known or (variant and not (self._variants / variant).is_file()):
            raise Unavailable(f"espeak-ng has no voice {voice!r}: write one such as 'uk' or 'en-us+f3'")

    def speak(self, text: str, *, rate: int, pitch: int) -> NDArray[np.float32]:
        """Return the samples at 8 kHz, between -1 and 1."""
        pieces: list[bytes] = []

        def keep(samples: int | None, count: int, _events: int | None) -> int:
            if samples:
                pieces.append(ctypes.string_at(samples, count * 2))
            return 0

        on_samples = _OnSamples(keep)  # lives as long as the synthesis
        utf8 = text.replace("\0", " ").encode()
        self._library.espeak_SetSynthCallback(on_samples)
        self._library.espeak_SetParameter(_PARAMETER_RATE, rate, 0)
        self._library.espeak_SetParameter(_PARAMETER_PITCH, pitch, 0)
        code = self._library.espeak_Synth(utf8, len(utf8) + 1, 0, _POSITION_CHARACTER, 0, _CHARACTERS_UTF8, None, None)
        if code != _OK:
            raise Unavailable(f"espeak-ng does not speak: error {code}")
        samples = np.frombuffer(b"".join(pieces), "<i2").astype(np.float32) / np.float32(32768)
        if not len(samples):
            return samples
        resampled: NDArray[np.float32] = soxr.resample(samples, self._rate, RATE)
        return resampled


_one_at_a_time = threading.Lock()
_espeak = cache(_Espeak)


class EspeakSynthesizer:
    """Speaks with one of espeak-ng's voices: a language, and a variant of it if wanted ('uk', 'en-us+f3')."""

    def __init__(self, *, voice: str, words_per_minute: int = 165, pitch: int = 50) -> None:
        self._voice = voice
        self._words_per_minute = words_per_minute
        self._pitch = pitch
        self._thread = anyio.CapacityLimiter(1)

    @asynccontextmanager
    async def voice(self, used: Meter = uncounted) -> AsyncGenerator["EspeakVoice", None]:
        await anyio.to_thread.run_sync(self._check, limiter=self._thread)
        voice = EspeakVoice(self._spoken)
        try:
            yield voice
        finally:
            if voice.characters:
                used(VoiceUsage(provider="offline", voice=f"espeak-ng {self._voice}", characters=voice.characters))

    async def _spoken(self, clause: str) -> list[Frame]:
        return await anyio.to_thread.run_sync(self._speak, clause, limiter=self._thread, abandon_on_cancel=True)

    def _check(self) -> None:
        with _one_at_a_time:
            _espeak().choose(self._voice)

    def _speak(self, clause: str) -> list[Frame]:
        with _one_at_a_time:
            espeak = _espeak()
            espeak.choose(self._voice)
            samples = espeak.speak(clause, rate=self._words_per_minute, pitch=self._pitch)
        return frames(_levelled(_trimmed(samples)))


class EspeakVoice:
    """Fulfils the port `Voice`."""

    def __init__(self, spoken: Callable[[str], Awaitable[list[Frame]]]) -> None:
        self._spoken = spoken
        self.characters = 0

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        self.characters += len(clause)
        if frames := await self._spoken(clause):
            yield frames


def _trimmed(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    (loud,) = np.nonzero(np.abs(samples) > _QUIET)
    if not len(loud):
        return samples[:0]
    margin = int(_MARGIN_SECONDS * RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def _levelled(samples: NDArray[np.float32]) -> bytes:
    if not len(samples):
        return b""
    gain = min(_LEVEL / float(np.sqrt(np.mean(samples**2))), _HIGHEST_PEAK / float(np.max(np.abs(samples))))
    return (samples * gain * 32767).astype("<i2").tobytes()
