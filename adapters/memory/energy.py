"""Voice activity by level alone: whatever is loud is a voice, except the agent's own words come back."""

import audioop
from collections.abc import Callable

from domain.audio import FRAME_SECONDS, Frame

_LOUD = 500  # rms of 16-bit samples, -36 dBFS


class EnergyTrack:
    def __init__(self, told: Callable[[float, float], None]) -> None:
        self._told = told
        self._closed = False

    def hear(self, frame: Frame, sounding: Frame | None) -> None:
        if not self._closed:
            loud = frame != sounding and audioop.rms(frame, 2) > _LOUD
            self._told(FRAME_SECONDS, 1.0 if loud else 0.0)

    def close(self) -> None:
        self._closed = True


class EnergyVoiceActivity:
    """Tells each frame at once; for audio that is loud or silent and nothing between."""

    def track(self, told: Callable[[float, float], None]) -> EnergyTrack:
        return EnergyTrack(told)
