"""Voice activity of all calls of a process by one model.

Rule 1: a window of audio for which the gate is shut has no voice in it; the
model never sees it.
Rule 2: windows wait to share a run of the model: next to nothing when there
are few calls, 8 ms when there are many, and 24 ms where a voice goes on, whose
end is waited for anyway.  A run takes one window of a call.
Rule 3: a run holds the event loop, so it is short: 32 windows, 2 ms; what is
left lets the loop come round first.
Rule 4: sixteen windows of a call (0.5 s) wait at most; what comes beyond them
after the loop stood still is told to be like the last of them, and counted.
"""

import asyncio
import logging
from collections.abc import Callable

import numpy as np

from adapters.vad.gate import EnergyGate
from adapters.vad.model import CONTEXT_SAMPLES, MOST_WINDOWS, STATE_SIZE, WINDOW_SAMPLES, WINDOW_SECONDS, SileroModel
from domain.audio import SAMPLE_BYTES, Frame

MOST_WAITING = 16

_LONGEST_WAIT_SECONDS = 0.008
_LONGEST_WAIT_OF_A_VOICE_SECONDS = 0.024
_WAIT_SECONDS_PER_CALL = 0.0005
_CONTEXT_BYTES = CONTEXT_SAMPLES * SAMPLE_BYTES
_STEP_BYTES = WINDOW_SAMPLES * SAMPLE_BYTES
_VOICED = 0.5
_FORGETS_AFTER_WINDOWS = 10  # 0.3 s behind a shut gate: what comes is another sound than what was

_log = logging.getLogger(__name__)


class SileroTrack:
    """One call: its gate, its audio that is not a whole window yet, its row in the model's states."""

    __slots__ = (
        "_activity",
        "_audio",
        "_gate",
        "_told",
        "closed",
        "row",
        "shut_windows",
        "unseen",
        "voiced",
        "waiting",
    )

    def __init__(self, activity: "SileroVoiceActivity", told: Callable[[float, float], None], row: int) -> None:
        self.row = row
        self.closed = False
        self.waiting = 0
        self.unseen = 0
        self.shut_windows = 0
        self._activity = activity
        self._told = told
        self._gate = EnergyGate()
        self._audio = bytes(_CONTEXT_BYTES)
        self.voiced = False

    def hear(self, frame: Frame, sounding: Frame | None) -> None:
        if self.closed:
            return
        is_open = self._gate.hear(frame, sounding, voiced=self.voiced)
        audio = self._audio + frame
        if len(audio) < _CONTEXT_BYTES + _STEP_BYTES:
            self._audio = audio
            return
        self._audio = audio[_STEP_BYTES:]
        if is_open or self.waiting:
            self._activity.look(self, audio[: _CONTEXT_BYTES + _STEP_BYTES])
        else:
            self.shut_windows += 1
            self.tell(0.0)

    def tell(self, probability: float) -> None:
        if self.closed:
            return
        self.voiced = probability >= _VOICED
        try:
            self._told(WINDOW_SECONDS, probability)
        except Exception:  # noqa: BLE001 - the other calls of the batch go on
            _log.exception("a call fails to take its voice activity; its track is closed")
            self.close()

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            self._activity.leave(self)


class SileroVoiceActivity:
    """Fulfils the port `VoiceActivity` for the calls of one event loop."""

    def __init__(self, model: SileroModel) -> None:
        self._model = model
        self._states = np.zeros((2, 0, STATE_SIZE), np.float32)
        self._free_rows: list[int] = []
        self._calls = 0
        self._waiting: list[tuple[SileroTrack, bytes]] = []
        self._run: asyncio.Handle | None = None
        """The run that is coming, by `_due`."""
        self._due = 0.0
        self.runs = 0
        self.windows_seen = 0
        self.windows_unseen = 0

    def track(self, told: Callable[[float, float], None]) -> SileroTrack:
        if not self._free_rows:
            rows = self._states.shape[1]
            self._states = np.pad(self._states, ((0, 0), (0, MOST_WINDOWS), (0, 0)))
            self._free_rows.extend(range(rows, rows + MOST_WINDOWS))
        row = self._free_rows.pop()
        self._states[:, row] = 0
        self._calls += 1
        return SileroTrack(self, told, row)

    def look(self, track: SileroTrack, window: bytes) -> None:
        """Have the model look at a window of an open gate."""
        if track.waiting == MOST_WAITING:
            track.unseen += 1
            self.windows_unseen += 1
            return
        if track.shut_windows >= _FORGETS_AFTER_WINDOWS:
            self._states[:, track.row] = 0
        track.shut_windows = 0
        track.waiting += 1
        self._waiting.append((track, window))
        longest = _LONGEST_WAIT_OF_A_VOICE_SECONDS if track.voiced else _LONGEST_WAIT_SECONDS
        loop = asyncio.get_running_loop()
        self._run_by(loop, loop.time() + min(longest, self._calls * _WAIT_SECONDS_PER_CALL))

    def leave(self, track: SileroTrack) -> None:
        self._free_rows.append(track.row)
        self._calls -= 1

    def _run_by(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        if self._run is not None:
            if self._due <= due:
                return
            self._run.cancel()
        self._due = due
        self._run = loop.call_at(due, self._look_at_waiting)

    def _look_at_waiting(self) -> None:
        self._run = None
        batch = self._next_batch()
        if self._waiting:
            loop = asyncio.get_running_loop()
            self._run_by(loop, loop.time())
        if not batch:
            return
        rows = list(batch)
        windows = [window for _, window in batch.values()]
        probabilities, states = self._model.listen(windows, self._states[:, rows])
        self._states[:, rows] = states
        self.runs += 1
        self.windows_seen += len(batch)
        for (track, _), probability in zip(batch.values(), probabilities, strict=True):
            track.tell(probability)
            while track.unseen and not track.waiting:
                track.unseen -= 1
                track.tell(probability)

    def _next_batch(self) -> dict[int, tuple[SileroTrack, bytes]]:
        """Take the first window of up to 32 calls; the others go on waiting in their order."""
        batch: dict[int, tuple[SileroTrack, bytes]] = {}
        later = []
        for track, window in self._waiting:
            if track.closed:
                continue
            if track.row in batch or len(batch) == MOST_WINDOWS:
                later.append((track, window))
            else:
                track.waiting -= 1
                batch[track.row] = track, window
        self._waiting = later
        return batch
