"""The last seconds of an utterance's audio, where every stream that needs them can read them.

Rule 1: positions are bytes from the beginning of the utterance.
Rule 2: five seconds are kept; then the oldest goes, whether a slow stream
has read it or not.  What it missed is counted by the stream.
"""

import asyncio
from collections import deque
from time import monotonic

from domain.audio import RATE, SAMPLE_BYTES

BYTES_PER_SECOND = RATE * SAMPLE_BYTES
_MOST_BYTES = 5 * BYTES_PER_SECOND
_LONGEST_MESSAGE_BYTES = 12_800  # 0.8 s; Google takes less than 15 KB


class RecentAudio:
    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        self._came: deque[float] = deque()
        """When each of them came."""
        self.begin = 0
        """The position of the oldest byte that is kept."""
        self.end = 0
        self.ended = False
        self._grown = asyncio.Event()  # anyio's cannot be used again; a new one each 40 ms costs more than the audio

    def append(self, chunk: bytes) -> None:
        self._chunks.append(chunk)
        self._came.append(monotonic())
        self.end += len(chunk)
        while self.end - self.begin > _MOST_BYTES:
            self._drop()
        self._grown.set()

    def finish(self) -> None:
        """Nothing more comes."""
        self.ended = True
        self._grown.set()

    def wake(self) -> None:
        """Have whoever waits look again."""
        self._grown.set()

    def forget(self, until: int) -> None:
        """Drop whole chunks before a position: their words are known."""
        while self._chunks and self.begin + len(self._chunks[0]) <= until:
            self._drop()

    def after(self, position: int) -> tuple[bytes, int, float]:
        """Return what comes from a position on, a message full at most, where it really begins, and when it came."""
        at = self.end
        first = len(self._chunks)
        while first and at > position:
            first -= 1
            at -= len(self._chunks[first])
        message = b""
        came = self._came[first] if first < len(self._chunks) else 0.0
        while first < len(self._chunks):
            chunk = self._chunks[first]
            if message and len(message) + len(chunk) > _LONGEST_MESSAGE_BYTES:
                break
            message = message + chunk if message else chunk
            first += 1
        return message, at, came

    async def grown(self) -> None:
        """Wait for more audio, or for its end."""
        self._grown.clear()
        await self._grown.wait()

    def _drop(self) -> None:
        self.begin += len(self._chunks.popleft())
        self._came.popleft()
