"""English speech without a network: whole utterances, decoded by pocketsphinx in processes of their own.

Rule 1: the event loop never decodes; an utterance that takes longer than its
bound is not understood, and its process makes room for a new one.
Rule 2: an interim whose final brings nothing but quiet after it is the final.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
import numpy as np
from anyio import to_process

from adapters.offline.pocketsphinx_decoder import Decoded, decode
from adapters.utterances import Transcription, UtteranceEar, seconds_of
from application.ports.metering import Meter, uncounted
from domain.audio import RATE, SAMPLE_BYTES
from domain.errors import Unavailable
from domain.speech import Expectation
from domain.usage import EarUsage

_LONGEST_BYTES = 20 * RATE * SAMPLE_BYTES
_QUIET = 0.1  # of the loudness of what went before
_WARM_UP_SECONDS = 30.0

Decode = Callable[[bytes, Expectation], Awaitable[Decoded]]


class PocketsphinxRecognizer:
    """Fulfils the port `SpeechRecognizer`."""

    def __init__(self, *, processes: int = 2, decode_seconds: float = 5.0) -> None:
        self._processes = anyio.CapacityLimiter(processes)
        self._decode_seconds = decode_seconds

    async def warm_up(self) -> None:
        """Start the processes: a second of work each.  Raises `Unavailable`."""
        failures: list[Unavailable] = []

        async def start() -> None:
            try:
                await self._decode(bytes(RATE), Expectation.FREE, _WARM_UP_SECONDS)
            except Unavailable as failure:
                failures.append(failure)

        async with anyio.create_task_group() as group:
            for _ in range(int(self._processes.total_tokens)):
                group.start_soon(start)
        if failures:
            raise failures[0]

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[UtteranceEar, None]:
        async def decode_counted(slin: bytes, expectation: Expectation) -> Decoded:
            used(EarUsage(provider="offline", model="pocketsphinx", seconds=seconds_of(slin)))
            return await self._decode_in_time(slin, expectation)

        yield UtteranceEar(_Transcriber(decode_counted), interims=True)

    async def _decode_in_time(self, slin: bytes, expectation: Expectation) -> Decoded:
        return await self._decode(slin, expectation, self._decode_seconds)

    async def _decode(self, slin: bytes, expectation: Expectation, seconds: float) -> Decoded:
        try:
            with anyio.move_on_after(seconds):
                return await to_process.run_sync(decode, slin, expectation, cancellable=True, limiter=self._processes)
        except (anyio.BrokenWorkerProcess, OSError) as error:
            raise Unavailable(f"pocketsphinx does not run: {error}") from error
        return Decoded("", 0.0)


class _Transcriber:
    """Transcribes the utterances of one ear; remembers the last, in case that its end adds nothing."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._last_slin = b""
        self._last_expectation = Expectation.FREE
        self._last = Decoded("", 0.0)

    async def __call__(self, slin: bytes, expectation: Expectation) -> Transcription:
        slin = slin[:_LONGEST_BYTES]
        if not (expectation is self._last_expectation and _adds_nothing(self._last_slin, slin)):
            self._last = await self._decode(slin, expectation)
            self._last_slin, self._last_expectation = slin, expectation
        return Transcription(self._last.text, self._last.confidence, "en-US")


def _adds_nothing(before: bytes, after: bytes) -> bool:
    return bool(before) and after.startswith(before) and _loudness(after[len(before) :]) <= _QUIET * _loudness(before)


def _loudness(slin: bytes) -> float:
    return float(np.sqrt(np.mean(np.frombuffer(slin, "<i2").astype(np.float64) ** 2))) if slin else 0.0
