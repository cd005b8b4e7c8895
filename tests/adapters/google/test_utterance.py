"""What several streams understand of one utterance."""

import pytest

from adapters.google.recent import BYTES_PER_SECOND, RecentAudio
from adapters.google.stream import Response
from adapters.google.utterance import Utterance, joined

CHUNK = bytes(1600)


@pytest.mark.parametrize(
    ("known", "more", "all_of_it"),
    [
        ("", "так", "так"),
        ("так", "", "так"),
        ("я хочу", "замовити шини", "я хочу замовити шини"),
        ("я хочу замовити", "хочу замовити шини", "я хочу замовити шини"),
        ("Я хочу замовити.", "замовити шини", "Я хочу замовити. шини"),
        ("я хочу зам", "хочу замовити шини", "я хочу замовити шини"),
        ("я хочу замовити", "вити хочу замовити шини", "я хочу замовити шини"),
        ("нуль п'ять нуль", "нуль сім", "нуль п'ять нуль сім"),
    ],
)
def test_words_that_two_streams_heard_are_said_once(known: str, more: str, all_of_it: str) -> None:
    assert joined(known, more) == all_of_it


def test_the_parts_of_an_interim_are_put_together() -> None:
    utterance = Utterance(0)
    part = utterance.begin_part(overlaps=False)
    results = [
        {"alternatives": [{"transcript": "добрий"}], "stability": 0.9},
        {"alternatives": [{"transcript": " день"}], "stability": 0.1},
    ]
    utterance.take(Response(results=results), part, 0)
    assert utterance.text == "добрий день"


def test_words_of_a_broken_stream_stay_until_the_next_says_them_again() -> None:
    utterance = Utterance(0)
    utterance.audio.append(CHUNK)
    broken = utterance.begin_part(overlaps=False)
    utterance.take(Response(results=[{"alternatives": [{"transcript": "я хочу"}]}]), broken, 0)
    following, began = utterance.follow(broken)
    assert (utterance.text, began) == ("я хочу", 0)
    utterance.take(Response(results=[{"alternatives": [{"transcript": "я хотів"}]}]), following, began)
    assert utterance.text == "я хотів"


def test_audio_whose_words_are_final_is_not_heard_again() -> None:
    utterance = Utterance(0)
    for _ in range(10):
        utterance.audio.append(CHUNK)
    part = utterance.begin_part(overlaps=False)
    final = {"alternatives": [{"transcript": "так"}], "is_final": True, "result_end_offset": {"nanos": 400_000_000}}
    utterance.take(Response(results=[final]), part, 0)
    _, began = utterance.follow(part)
    assert began == 4 * len(CHUNK)


def test_only_five_seconds_are_kept() -> None:
    audio = RecentAudio()
    for _ in range(100):
        audio.append(CHUNK)
    assert audio.end - audio.begin == 5 * BYTES_PER_SECOND
    message, at, _ = audio.after(0)
    assert at == audio.begin
    assert 10_000 < len(message) < 15 * 1024


def test_a_reader_gets_every_byte_once() -> None:
    audio = RecentAudio()
    position, read = 0, b""
    for number in range(40):
        audio.append(bytes([number]) * (640 if number % 3 else 1600))
        if number % 4 == 0:
            message, at, _ = audio.after(position)
            assert at == position
            read += message
            position += len(message)
    while message := audio.after(position)[0]:
        read += message
        position += len(message)
    assert read == b"".join(bytes([number]) * (640 if number % 3 else 1600) for number in range(40))
