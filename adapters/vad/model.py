"""silero at 8 kHz: the network in the file that the package silero-vad carries.

The package itself is never imported: it asks for torch.
"""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from domain.audio import RATE
from domain.errors import Misconfigured

WINDOW_SAMPLES = 256
CONTEXT_SAMPLES = 32
WINDOW_SECONDS = WINDOW_SAMPLES / RATE
STATE_SIZE = 128
MOST_WINDOWS = 32
"""In a batch: larger ones cost no less for each window, and hold up the audio of all calls for longer."""

_PACKAGE = "silero-vad"
_FILE = "silero_vad/data/silero_vad.onnx"
_ERRORS_ONLY = 3
_WARM_UP_RUNS = 3


class SileroModel:
    """One session of onnxruntime, on the thread that calls it; made at start: it takes 0.1 s."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        self._session = onnxruntime.InferenceSession(_path(), options, providers=["CPUExecutionProvider"])
        self._rate = np.array(RATE, np.int64)
        self._warm_up()

    def listen(self, windows: Sequence[bytes], states: NDArray[np.float32]) -> tuple[list[float], NDArray[np.float32]]:
        """Return how likely there is a voice in each window, and the new states.

        A window is slin, its context before it: 288 samples; `states` is
        shaped (2, windows, 128), zeros at first.
        """
        slin = np.frombuffer(b"".join(windows), "<i2").reshape(len(windows), CONTEXT_SAMPLES + WINDOW_SAMPLES)
        audio = slin.astype(np.float32) / np.float32(32768)
        found, states = self._session.run(None, {"input": audio, "state": states, "sr": self._rate})
        probabilities: list[float] = found[:, 0].tolist()
        return probabilities, states

    def _warm_up(self) -> None:
        """Have the memory of the smallest and the largest batch at hand before a call needs it."""
        silence = bytes(2 * (CONTEXT_SAMPLES + WINDOW_SAMPLES))
        for count in (1, MOST_WINDOWS) * _WARM_UP_RUNS:
            self.listen([silence] * count, np.zeros((2, count, STATE_SIZE), np.float32))


def _path() -> str:
    try:
        path = distribution(_PACKAGE).locate_file(_FILE)
    except PackageNotFoundError as error:
        raise Misconfigured(f"the package {_PACKAGE} is not installed: install it without its dependencies") from error
    return str(path)
