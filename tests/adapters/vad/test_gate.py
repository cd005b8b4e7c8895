"""The gate judges loudness alone: frames here are level tones, drawn one character a frame."""

import pytest

from adapters.vad.gate import EnergyGate
from domain.audio import FRAME_BYTES, Frame

LEVELS = {".": 0, "n": 200, "N": 400, "v": 1_000, "V": 4_000}


def level(character: str) -> Frame:
    """Return a frame of this rms."""
    up = LEVELS[character].to_bytes(2, "little", signed=True)
    down = (-LEVELS[character]).to_bytes(2, "little", signed=True)
    return Frame((up + down) * (FRAME_BYTES // 4))


def opened(caller: str, agent: str = "", *, voiced: bool = False, gate: EnergyGate | None = None) -> str:
    """Draw the gate: `#` for a frame that finds it open; the agent's line is ` ` where nothing sounds."""
    gate = gate or EnergyGate()
    sounding = [None if character == " " else level(character) for character in agent.ljust(len(caller))]
    return "".join(
        "#" if gate.hear(level(character), sounds, voiced=voiced) else "."
        for character, sounds in zip(caller, sounding, strict=True)
    )


def test_silence_never_opens_it() -> None:
    assert opened("." * 20) == "." * 20


def test_a_voice_opens_it_at_once_and_it_stays_open_for_a_moment() -> None:
    assert opened("...v.........") == "...#####....."


def test_it_stays_open_longer_after_a_voice() -> None:
    assert opened("v" + "." * 20, voiced=True) == "#" * 15 + "." * 6


def test_steady_noise_shuts_it_in_three_seconds_and_a_voice_above_the_noise_opens_it() -> None:
    gate = EnergyGate()
    assert opened("n" * 150, gate=gate).endswith("." * 50)
    assert opened("v", gate=gate) == "#"


def test_when_the_noise_ends_a_faint_voice_is_heard_half_a_second_later() -> None:
    gate = EnergyGate()
    opened("N" * 200, gate=gate)
    opened("." * 25, gate=gate)
    assert opened("n", gate=gate) == "#"


def test_a_voice_is_not_learned_as_noise() -> None:
    assert opened("v" * 500, voiced=True) == "#" * 500


def test_the_agents_echo_is_not_learned_as_noise() -> None:
    assert opened("N" * 325, "V" * 300).endswith("." + "#" * 6)


@pytest.mark.parametrize("delay", [0, 5, 19])
def test_the_agents_echo_does_not_open_it_however_late_it_comes(delay: int) -> None:
    agent = "V" * 30
    assert opened("." * delay + "n" * 30, agent) == "." * (delay + 30)


def test_a_caller_near_the_agents_level_opens_it() -> None:
    assert opened("." * 20 + "v" * 3, "v" * 23) == "." * 20 + "###"


def test_a_caller_far_below_the_agents_level_does_not() -> None:
    assert opened("." * 20 + "n" * 20, "v" * 40) == "." * 40


def test_the_first_echo_may_be_louder_until_the_echo_canceller_has_learned() -> None:
    assert opened("N" * 40, "v" * 40) == "." * 15 + "#" * 25


def test_the_agents_echo_is_expected_for_less_than_half_a_second() -> None:
    assert opened("." * 30 + "n" * 25, "V" * 30) == "." * 49 + "#" * 6
