"""Loud is a voice, at once; silence and the agent's own words are not."""

from adapters.memory.energy import EnergyVoiceActivity
from application.ports.speech import VoiceActivity
from domain.audio import FRAME_BYTES, SILENCE, Frame

LOUD = Frame(b"\x00\x20\x00\xe0" * (FRAME_BYTES // 4))
OTHER = Frame(b"\x00\x30\x00\xd0" * (FRAME_BYTES // 4))
FAINT = Frame(b"\x20\x00\xe0\xff" * (FRAME_BYTES // 4))


def told(*heard: tuple[Frame, Frame | None]) -> list[tuple[float, float]]:
    verdicts: list[tuple[float, float]] = []
    activity: VoiceActivity = EnergyVoiceActivity()
    track = activity.track(lambda seconds, probability: verdicts.append((seconds, probability)))
    for frame, sounding in heard:
        track.hear(frame, sounding)
    return verdicts


def test_every_frame_is_told_at_once_and_in_order() -> None:
    assert told((LOUD, None), (SILENCE, None), (FAINT, None), (LOUD, None)) == [
        (0.02, 1.0),
        (0.02, 0.0),
        (0.02, 0.0),
        (0.02, 1.0),
    ]


def test_the_agents_own_frame_is_no_voice_and_another_over_it_is() -> None:
    assert told((LOUD, LOUD), (OTHER, LOUD)) == [(0.02, 0.0), (0.02, 1.0)]


def test_a_closed_track_tells_nothing() -> None:
    verdicts: list[float] = []
    track = EnergyVoiceActivity().track(lambda _, probability: verdicts.append(probability))
    track.close()
    track.hear(LOUD, None)
    assert verdicts == []
