"""Real speech of several voices, and what a line carries besides, through the gate and the model."""

import logging
import time

import numpy as np
import pytest

from adapters.vad.model import MOST_WINDOWS, WINDOW_SAMPLES, WINDOW_SECONDS, SileroModel
from adapters.vad.silero import MOST_WAITING, SileroTrack, SileroVoiceActivity
from domain.audio import FRAME_SECONDS, RATE, SILENCE, Frame, frames, seconds
from tests.adapters.vad.listening import Told, listen
from tests.adapters.vad.sounds import Samples, cough, noise, on_the_line, silence, speech, tones

pytestmark = pytest.mark.anyio

ENGLISH = "I would like to order four winter tires, please."
UKRAINIAN = "Добрий день, мені потрібні зимові шини."


@pytest.fixture(scope="module")
def model() -> SileroModel:
    return SileroModel()


@pytest.fixture
def activity(model: SileroModel) -> SileroVoiceActivity:
    return SileroVoiceActivity(model)


def levels(samples: Samples) -> Samples:
    """Return the dBFS of each whole window."""
    count = len(samples) // WINDOW_SAMPLES
    power = (samples[: count * WINDOW_SAMPLES].reshape(count, WINDOW_SAMPLES) ** 2).mean(axis=1)
    return np.asarray(10 * np.log10(power / 32767**2 + 1e-12))


@pytest.mark.parametrize("dbfs", [-20, -30, -36])
@pytest.mark.parametrize(
    ("voice", "clause"),
    [
        *[(voice, clause) for voice in ("en-us", "en-us+f3", "en-us+m3") for clause in (ENGLISH, "Yes.", "No.")],
        *[(voice, clause) for voice in ("uk", "uk+f2") for clause in (UKRAINIAN, "так", "ні", "Двадцять.")],
    ],
)
async def test_no_clause_is_missed(activity: SileroVoiceActivity, voice: str, clause: str, dbfs: float) -> None:
    said = np.concatenate([silence(0.5), await speech(voice, clause, dbfs=dbfs), silence(1)])
    told = await listen(activity, on_the_line(said))
    found = np.array(told.probabilities)
    (loud,) = np.nonzero(levels(said)[: len(found)] > dbfs - 8)
    (voiced,) = np.nonzero(found >= 0.5)
    assert (found[loud] >= 0.5).mean() > (0.85 if clause in (ENGLISH, UKRAINIAN) else 0.35)
    assert told.longest_voice >= 3
    assert abs(voiced[0] - loud[0]) <= 5
    assert voiced[-1] * WINDOW_SECONDS < len(said) / RATE - 1 + 0.2


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(silence(2), id="silence"),
        *[pytest.param(noise(2, dbfs=dbfs), id=f"noise{dbfs}") for dbfs in (-50, -40, -30, -20, -10)],
        *[pytest.param(cough(dbfs=dbfs), id=f"cough{dbfs}") for dbfs in (-30, -20, -10)],
        pytest.param(tones(0.2, 770, 1336, dbfs=-15), id="key 5"),
        pytest.param(tones(0.4, 941, 1477, dbfs=-20), id="key #"),
        pytest.param(tones(2, 50, 150, dbfs=-30), id="hum"),
        pytest.param(tones(2, 100, 200, 300, dbfs=-30), id="buzz"),
        pytest.param(tones(1, 425, dbfs=-20), id="ringing"),
    ],
)
async def test_what_is_not_a_voice_is_not_told_as_one(activity: SileroVoiceActivity, sound: Samples) -> None:
    told = await listen(activity, on_the_line(np.concatenate([silence(0.5), sound, silence(0.5)])))
    assert told.longest_voice < 3


async def test_a_voice_in_loud_noise_is_still_heard(activity: SileroVoiceActivity) -> None:
    said = np.concatenate([silence(4), await speech("en-us", ENGLISH, dbfs=-20)])
    told = await listen(activity, on_the_line(said, noise_dbfs=-35))
    before = int(4 / WINDOW_SECONDS)
    assert max(told.probabilities[:before]) < 0.5
    assert np.mean(np.array(told.probabilities[before:]) >= 0.5) > 0.8


async def test_silence_is_told_at_once_and_the_model_never_sees_it(activity: SileroVoiceActivity) -> None:
    told = Told()
    track = activity.track(told)
    for _ in range(8):
        track.hear(SILENCE, None)
    assert told.probabilities == [0.0] * 5
    assert sum(told.seconds) == pytest.approx(8 * FRAME_SECONDS)
    assert activity.windows_seen == 0


async def echo_of(agent: Samples, *, decibels: float, delay: float) -> Samples:
    return np.concatenate([silence(delay), agent * 10 ** (decibels / 20)])


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.06, 0.2, 0.35])
@pytest.mark.parametrize("voice", ["uk", "en-us+f3"])
async def test_the_agents_echo_is_never_a_voice(activity: SileroVoiceActivity, voice: str, delay: float) -> None:
    agent = await speech(voice, f"{UKRAINIAN} {UKRAINIAN}" if voice == "uk" else f"{ENGLISH} Yes.", dbfs=-20)
    sounding = frames(agent.astype("<i2").tobytes())
    echo = await echo_of(agent, decibels=-15, delay=delay)
    heard = on_the_line(np.concatenate([echo, silence(0.5)]))
    told = await listen(activity, heard, [*sounding, *[None] * (len(heard) - len(sounding))])
    assert max(told.probabilities) < 0.5


@pytest.mark.parametrize("caller", ["en-us+f3", "uk"])
async def test_a_caller_as_loud_as_the_agent_is_heard_over_it_at_once(
    activity: SileroVoiceActivity, caller: str
) -> None:
    agent = await speech("en-us", f"{ENGLISH} {ENGLISH}", dbfs=-20)
    said = await speech(caller, ENGLISH if caller != "uk" else UKRAINIAN, dbfs=-20)
    line = (await echo_of(agent, decibels=-15, delay=0.06))[: len(agent)]
    begins = 2 * RATE
    line[begins : begins + len(said)] += said
    told = await listen(activity, on_the_line(line), list(frames(agent.astype("<i2").tobytes())))
    verdicts = np.array(told.probabilities) >= 0.5
    first = int(np.argmax(verdicts)) * WINDOW_SECONDS
    assert 2 - WINDOW_SECONDS <= first <= 2.2
    during = verdicts[int(2.1 / WINDOW_SECONDS) : int((2 + len(said) / RATE) / WINDOW_SECONDS)]
    assert during.mean() > 0.7


async def test_a_quiet_caller_is_heard_half_a_second_after_the_agent(activity: SileroVoiceActivity) -> None:
    agent = await speech("en-us", ENGLISH, dbfs=-15)
    said = await speech("uk", "так", dbfs=-35)
    heard = on_the_line(np.concatenate([silence(len(agent) / RATE + 0.5), said, silence(0.3)]))
    sounding = frames(agent.astype("<i2").tobytes())
    told = await listen(activity, heard, [*sounding, *[None] * (len(heard) - len(sounding))])
    assert told.longest_voice >= 6


async def several_calls() -> list[list[Frame]]:
    said = [
        await speech("en-us", ENGLISH, dbfs=-20),
        await speech("uk", UKRAINIAN, dbfs=-30),
        noise(2, dbfs=-30),
        np.concatenate([silence(0.7), await speech("en-us+f3", ENGLISH, dbfs=-25)]),
        tones(2, 425, dbfs=-20),
    ]
    return [on_the_line(audio[: 2 * RATE]) for audio in said]


async def test_calls_together_are_told_what_each_would_be_told_alone(activity: SileroVoiceActivity) -> None:
    calls = await several_calls()
    alone = [await listen(activity, heard) for heard in calls]
    runs_alone, seen_alone = activity.runs, activity.windows_seen
    together = [Told() for _ in calls]
    tracks = [activity.track(told) for told in together]
    for number in range(len(calls[0])):
        for track, heard in zip(tracks, calls, strict=True):
            track.hear(heard[number], None)
        for told in together:
            await told.reach((number + 1) * 320 // 512)
    for one, other in zip(alone, together, strict=True):
        assert other.probabilities == pytest.approx(one.probabilities, abs=1e-3)
    assert activity.windows_seen - seen_alone == seen_alone
    assert activity.runs - runs_alone < runs_alone / 2


async def test_a_sound_after_a_pause_is_heard_as_if_it_were_the_first(activity: SileroVoiceActivity) -> None:
    said = frames((await speech("en-us", ENGLISH, dbfs=-20)).astype("<i2").tobytes())
    said = [*said[: len(said) // 8 * 8]]  # whole windows, so that both times are cut alike
    told = await listen(activity, [*said, *[SILENCE] * 80, *said])
    windows = len(said) * 5 // 8
    assert told.probabilities[-windows:] == pytest.approx(told.probabilities[:windows], abs=1e-4)


async def test_more_calls_than_a_batch_holds_are_all_told(activity: SileroVoiceActivity) -> None:
    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[:8]
    calls = [Told() for _ in range(MOST_WINDOWS * 2 + 1)]
    tracks = [activity.track(told) for told in calls]
    for frame in said[:2]:
        for track in tracks:
            track.hear(frame, None)
    for told in calls:
        await told.reach(1)
    assert activity.runs == 3
    assert {len(told.probabilities) for told in calls} == {1}
    assert np.ptp([told.probabilities[0] for told in calls]) < 1e-4


async def test_a_call_that_fails_on_what_it_is_told_does_not_hurt_the_others(
    activity: SileroVoiceActivity, caplog: pytest.LogCaptureFixture
) -> None:
    times_failed = 0

    def fail(_seconds: float, _probability: float) -> None:
        nonlocal times_failed
        times_failed += 1
        raise LookupError("no such call")

    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[:80]
    failing, told = activity.track(fail), Told()
    track = activity.track(told)
    with caplog.at_level(logging.ERROR):
        for number, frame in enumerate(said):
            failing.hear(frame, None)
            track.hear(frame, None)
            await told.reach((number + 1) * 320 // 512)
    assert len(told.probabilities) == 50
    assert told.longest_voice > 20
    assert times_failed == 1
    assert len(caplog.records) == 1


async def test_a_closed_call_is_told_nothing_more_and_leaves_nothing_to_the_next(
    activity: SileroVoiceActivity,
) -> None:
    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))
    first_alone = await listen(activity, said[:16])
    gone, neighbour = Told(), Told()
    going, staying = activity.track(gone), activity.track(neighbour)
    for frame in said[40:42]:
        going.hear(frame, None)
        staying.hear(frame, None)
    going.close()
    going.close()
    going.hear(said[42], None)
    successor = await listen(activity, said[:16])
    await neighbour.reach(1)
    assert gone.probabilities == []
    assert successor.probabilities == pytest.approx(first_alone.probabilities, abs=1e-4)


async def test_a_call_may_close_itself_on_what_it_is_told(activity: SileroVoiceActivity) -> None:
    verdicts: list[float] = []
    tracks: list[SileroTrack] = []

    def told(_seconds: float, probability: float) -> None:
        verdicts.append(probability)
        tracks[0].close()

    tracks.append(activity.track(told))
    other = Told()
    track = activity.track(other)
    for frame in on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[:16]:
        tracks[0].hear(frame, None)
        track.hear(frame, None)
    await other.reach(10)
    assert len(verdicts) == 1


async def test_a_silence_that_comes_in_one_burst_with_a_voice_is_told_after_it(activity: SileroVoiceActivity) -> None:
    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[10:18]
    told = Told()
    track = activity.track(told)
    for frame in [*said, *[SILENCE] * 8]:
        track.hear(frame, None)
    assert told.probabilities == []
    await told.reach(10)
    assert min(told.probabilities[1:5]) > 0.5 > told.probabilities[-1]


async def test_after_a_long_standstill_every_stretch_is_told_and_the_oldest_are_looked_at(
    activity: SileroVoiceActivity,
) -> None:
    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[:80]
    told = Told()
    track = activity.track(told)
    for frame in said:
        track.hear(frame, None)
    await told.reach(50)
    assert sum(told.seconds) == pytest.approx(seconds(said))
    assert activity.windows_seen == MOST_WAITING
    assert activity.windows_unseen == 50 - MOST_WAITING
    assert set(told.probabilities[MOST_WAITING:]) == {told.probabilities[MOST_WAITING - 1]}


async def test_a_window_may_come_while_a_run_is_due_at_once(activity: SileroVoiceActivity) -> None:
    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[:40]
    late, told = activity.track(Told()), Told()

    def hear_late(stretch: float, probability: float) -> None:
        late.hear(said[len(told.probabilities)], None)
        told(stretch, probability)

    tracks = [activity.track(hear_late), *(activity.track(Told()) for _ in range(MOST_WINDOWS))]
    for frame in said:
        for track in tracks:
            track.hear(frame, None)
    await told.reach(16)
    assert not tracks[0].closed


@pytest.mark.parametrize(("calls", "begins_within", "goes_on_within"), [(1, 0.005, 0.005), (40, 0.015, 0.03)])
async def test_a_voice_is_told_within_milliseconds_and_its_beginning_sooner_than_the_rest(
    activity: SileroVoiceActivity, calls: int, begins_within: float, goes_on_within: float
) -> None:
    said = on_the_line(await speech("en-us", ENGLISH, dbfs=-20))[:40]
    everyone = [Told() for _ in range(calls)]
    tracks = [activity.track(told) for told in everyone]
    waits = []
    for number, frame in enumerate(said):
        for track in tracks:
            track.hear(frame, None)
        arrived = time.perf_counter()
        windows = (number + 1) * 320 // 512
        for told in everyone:
            await told.reach(windows)
        if windows > number * 320 // 512:
            waits.append(time.perf_counter() - arrived)
    assert min(waits[:3]) < begins_within
    assert min(waits[5:]) < goes_on_within
