"""The network's file is found and run as it is; rows of a batch are strangers to one another."""

import sys

import numpy as np
import pytest

from adapters.vad.model import CONTEXT_SAMPLES, MOST_WINDOWS, STATE_SIZE, WINDOW_SAMPLES, SileroModel
from tests.adapters.vad.sounds import noise, speech

pytestmark = pytest.mark.anyio

SAMPLES = CONTEXT_SAMPLES + WINDOW_SAMPLES


@pytest.fixture(scope="module")
def model() -> SileroModel:
    return SileroModel()


async def windows() -> list[bytes]:
    spoken = await speech("en-us", "I would like to order four winter tires, please.", dbfs=-20)
    audio = np.concatenate([noise(0.1, dbfs=-40), spoken])
    starts = range(0, len(audio) - SAMPLES, WINDOW_SAMPLES)
    return [audio[at : at + SAMPLES].astype("<i2").tobytes() for at in starts][:MOST_WINDOWS]


async def test_a_batch_finds_what_one_by_one_would(model: SileroModel) -> None:
    batch = await windows()
    states = np.random.default_rng(3).uniform(-0.5, 0.5, (2, len(batch), STATE_SIZE)).astype(np.float32)
    found, after = model.listen(batch, states)
    for row, window in enumerate(batch):
        alone, after_alone = model.listen([window], states[:, row : row + 1])
        assert alone == pytest.approx([found[row]], abs=1e-4)
        np.testing.assert_allclose(after_alone[:, 0], after[:, row], atol=1e-4)


async def test_speech_is_a_voice_and_noise_is_not(model: SileroModel) -> None:
    states = np.zeros((2, 1, STATE_SIZE), np.float32)
    verdicts = []
    for window in await windows():
        (found,), states = model.listen([window], states)
        verdicts.append(found)
    assert max(verdicts[:2]) < 0.5 < min(verdicts[6:20])


def test_the_package_that_carries_the_file_is_not_imported(model: SileroModel) -> None:
    assert not {"silero_vad", "torch"} & set(sys.modules)
