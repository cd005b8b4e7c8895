"""The gate of one call: whether a frame is loud enough to be worth a look by the model.

Rule 1: loud is what rises above the line's own noise, which is learned
quickly downwards and slowly upwards, and never from a voice.
Rule 2: while the agent sounds, and for the longest way of an echo after it,
only what comes near the agent's own level is loud.
Rule 3: the gate stays open for a moment, a longer one after a voice, so that
the model hears words end.
"""

import audioop
from collections import deque

from domain.audio import FRAME_SECONDS, Frame

_LOWEST_FLOOR = 20  # rms of 16-bit samples, -64 dBFS
_LOUDER_THAN_NOISE = 2.0  # +6 dB: a quiet line opens at -58 dBFS
_FLOOR_FALLS = 0.25  # of the difference, a frame
_FLOOR_RISES = 1.03  # a frame: twice as high after 0.5 s
_LOUDER_THAN_ECHO = 0.25  # -12 dB of what the agent sounds
_LOUDER_THAN_FIRST_ECHO = 0.5  # -6 dB: a phone's echo canceller has yet to learn
_FIRST_ECHO_FRAMES = round(0.3 / FRAME_SECONDS)
_ECHO_FRAMES = round(0.4 / FRAME_SECONDS)  # the echo's way over the network and back
_HANGOVER_FRAMES = round(0.1 / FRAME_SECONDS)
_HANGOVER_FRAMES_AFTER_VOICE = round(0.3 / FRAME_SECONDS)


class EnergyGate:
    """Knows the noise and the echo of one line."""

    def __init__(self) -> None:
        self._floor = float(_LOWEST_FLOOR)
        self._sounded: deque[int] = deque(maxlen=_ECHO_FRAMES)
        self._since_agent_began = 0
        self._open_frames = 0

    def hear(self, frame: Frame, sounding: Frame | None, *, voiced: bool) -> bool:
        """Take the caller's frame and say whether the gate is open; `voiced` is what the model last found."""
        level = audioop.rms(frame, 2)
        threshold = self._floor * _LOUDER_THAN_NOISE
        hangover = _HANGOVER_FRAMES_AFTER_VOICE if voiced else _HANGOVER_FRAMES
        if sounding is not None or self._sounded:
            threshold = max(threshold, self._echo(sounding))
            hangover = _HANGOVER_FRAMES
        if level > threshold:
            self._open_frames = hangover
        elif self._open_frames:
            self._open_frames = min(self._open_frames - 1, hangover)
        self._learn(level, voiced=voiced)
        return self._open_frames > 0

    def _echo(self, sounding: Frame | None) -> float:
        """Return the level that the agent's echo may reach."""
        self._sounded.append(audioop.rms(sounding, 2) if sounding is not None else 0)
        loudest = max(self._sounded)
        if not loudest:
            self._sounded.clear()
            self._since_agent_began = 0
            return 0
        self._since_agent_began += 1
        first = self._since_agent_began <= _FIRST_ECHO_FRAMES
        return loudest * (_LOUDER_THAN_FIRST_ECHO if first else _LOUDER_THAN_ECHO)

    def _learn(self, level: int, *, voiced: bool) -> None:
        if level < self._floor:
            self._floor = max(_LOWEST_FLOOR, self._floor + (level - self._floor) * _FLOOR_FALLS)
        elif not voiced and not self._sounded:
            self._floor = min(level, self._floor * _FLOOR_RISES)
