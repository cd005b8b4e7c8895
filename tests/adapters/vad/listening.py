"""Feeds frames to tracks as a line would, without waiting for real time."""

from collections.abc import Sequence

import anyio

from application.ports.speech import VoiceActivity
from domain.audio import FRAME_BYTES, Frame

WINDOW_BYTES = 512


class Told:
    """What one call was told, in order."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.probabilities: list[float] = []
        self._more = anyio.Event()

    def __call__(self, seconds: float, probability: float) -> None:
        self.seconds.append(seconds)
        self.probabilities.append(probability)
        self._more.set()

    async def reach(self, windows: int) -> None:
        with anyio.fail_after(5):
            while len(self.probabilities) < windows:
                self._more = anyio.Event()
                await self._more.wait()

    @property
    def longest_voice(self) -> int:
        """Windows in a row that were told to be a voice."""
        longest = run = 0
        for probability in self.probabilities:
            run = run + 1 if probability >= 0.5 else 0
            longest = max(longest, run)
        return longest


async def listen(
    activity: VoiceActivity, heard: Sequence[Frame], sounding: Sequence[Frame | None] | None = None
) -> Told:
    """Have one call hear all the frames, each after the model has answered for those before it."""
    told = Told()
    track = activity.track(told)
    for number, frame in enumerate(heard):
        track.hear(frame, sounding[number] if sounding else None)
        await told.reach((number + 1) * FRAME_BYTES // WINDOW_BYTES)
    track.close()
    return told
