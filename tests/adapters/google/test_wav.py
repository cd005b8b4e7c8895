"""The slin inside a WAV file."""

import wave
from io import BytesIO

import pytest

from adapters.google.wav import slin_of
from domain.errors import Unavailable

SLIN = bytes(range(200)) * 4


def wav(rate: int = 8_000, channels: int = 1) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(SLIN)
    return file.getvalue()


def test_the_header_is_left_out() -> None:
    assert slin_of(wav()) == SLIN


def test_other_chunks_are_passed_over() -> None:
    plain = wav()
    note = b"LIST" + (5).to_bytes(4, "little") + b"hello\0"
    assert slin_of(plain[:36] + note + plain[36:]) == SLIN


def test_a_length_that_was_not_known_when_the_header_was_written_takes_all() -> None:
    plain = wav()
    assert slin_of(plain[:40] + b"\xff\xff\xff\xff" + plain[44:]) == SLIN


def test_audio_without_a_header_is_slin_already() -> None:
    assert slin_of(SLIN) == SLIN


@pytest.mark.parametrize("audio", [wav(rate=16_000), wav(channels=2), b"RIFF\0\0\0\0WAVE", b"RIFF"])
def test_audio_that_a_call_cannot_carry_is_refused(audio: bytes) -> None:
    with pytest.raises(Unavailable):
        slin_of(audio)
