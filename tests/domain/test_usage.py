"""What is used is summed by what it was used of."""

import pytest

from domain.usage import EarUsage, Kind, ModelUsage, VoiceUsage, _both, summed

MODEL = ModelUsage(provider="anthropic", model="a", input_tokens=100, output_tokens=7, cached_tokens=60)
VOICE = VoiceUsage(provider="google", voice="v", characters=12)
EAR = EarUsage(provider="google", model="e", seconds=1.5)


def test_the_same_is_one_sum_and_kinds_stand_in_their_order() -> None:
    other = ModelUsage(
        provider="anthropic", model="a", input_tokens=1, output_tokens=2, written_tokens=1, estimated=True
    )
    assert summed([EAR, VOICE, MODEL, EAR, VOICE, other]) == (
        ModelUsage(
            provider="anthropic",
            model="a",
            input_tokens=101,
            output_tokens=9,
            cached_tokens=60,
            written_tokens=1,
            estimated=True,
        ),
        VoiceUsage(provider="google", voice="v", characters=24),
        EarUsage(provider="google", model="e", seconds=3.0),
    )


def test_a_voice_and_an_ear_of_the_same_name_stay_two() -> None:
    assert [each.kind for each in summed([VoiceUsage(provider="google", voice="e", characters=1), EAR])] == [
        Kind.VOICE,
        Kind.EAR,
    ]


def test_different_kinds_have_no_sum() -> None:
    with pytest.raises(TypeError, match="no sum"):
        _both(VOICE, EAR)
