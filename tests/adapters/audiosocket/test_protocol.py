"""AudioSocket's messages."""

from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.audiosocket.protocol import (
    FAILURE,
    HANG_UP,
    SILENCE_MESSAGE,
    Audio,
    Decoder,
    Digit,
    Error,
    HangUp,
    Message,
    Unknown,
    Uuid,
    encode_audio,
    encode_frame,
)
from domain.audio import SILENCE, Frame
from tests.adapters.audiosocket.peer import message

CALL_ID = UUID("0b7b5a3c-6f0e-4d55-9a54-111122223333")

WHOLE_MESSAGES: list[tuple[bytes, Message]] = [
    (message(0x01, CALL_ID.bytes), Uuid(CALL_ID)),
    (message(0x10, b"\1\2" * 160), Audio(b"\1\2" * 160)),
    (message(0x10, b"\1\2" * 480), Audio(b"\1\2" * 480)),
    (message(0x10), Audio(b"")),
    (message(0x10, bytes(0xFFFE)), Audio(bytes(0xFFFE))),
    (message(0x03, b"#"), Digit("#")),
    (message(0x00), HangUp()),
    (message(0xFF, b"\1"), Error(b"\1")),
    (message(0x11, bytes(480)), Unknown(0x11)),
    (message(0x18, bytes(3840)), Unknown(0x18)),
    (message(0x7A, b"whatever"), Unknown(0x7A)),
    (message(0x01, b"short"), Unknown(0x01)),
    (message(0x03, b""), Unknown(0x03)),
    (message(0x03, b"12"), Unknown(0x03)),
    (message(0x03, b"\xf7"), Unknown(0x03)),
]


@pytest.mark.parametrize(("data", "expected"), WHOLE_MESSAGES)
def test_each_kind_of_message_is_understood(data: bytes, expected: Message) -> None:
    assert Decoder().feed(data) == [expected]


def test_audio_of_odd_length_loses_its_half_sample() -> None:
    assert Decoder().feed(message(0x10, b"abc")) == [Audio(b"ab")]


@given(
    chosen=st.lists(st.sampled_from(WHOLE_MESSAGES), max_size=8),
    cuts=st.lists(st.integers(min_value=0, max_value=70_000), max_size=20),
)
def test_any_split_of_a_stream_gives_the_same_messages(chosen: list[tuple[bytes, Message]], cuts: list[int]) -> None:
    stream = b"".join(data for data, _ in chosen)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    decoder = Decoder()
    got = [found for at, to in pairwise(edges) for found in decoder.feed(stream[at:to])]
    assert got == [expected for _, expected in chosen]


def test_a_message_split_at_every_byte_is_whole_with_the_last() -> None:
    stream = message(0x01, CALL_ID.bytes) + message(0x03, b"5") + message(0x10, b"\1\2" * 160)
    decoder = Decoder()
    got = [found for at in range(len(stream)) for found in decoder.feed(stream[at : at + 1])]
    assert got == [Uuid(CALL_ID), Digit("5"), Audio(b"\1\2" * 160)]


@given(pieces=st.lists(st.binary(max_size=2_000), max_size=10))
def test_no_bytes_at_all_make_the_decoder_raise(pieces: list[bytes]) -> None:
    decoder = Decoder()
    told = sum(len(decoder.feed(piece)) for piece in pieces)
    assert told <= sum(map(len, pieces)) // 3


@pytest.mark.parametrize("slin", [b"", b"\0", bytes(321), bytes(0x10000)])
def test_audio_that_asterisk_takes_amiss_is_not_encoded(slin: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        encode_audio(slin)


@given(slin=st.binary(min_size=2, max_size=2_000).filter(lambda slin: len(slin) % 2 == 0))
def test_what_is_encoded_is_decoded(slin: bytes) -> None:
    assert Decoder().feed(encode_audio(slin)) == [Audio(slin)]


def test_what_we_say_is_byte_for_byte_what_asterisk_expects() -> None:
    assert encode_frame(Frame(b"ab" * 160)) == b"\x10\x01\x40" + b"ab" * 160
    assert SILENCE_MESSAGE == b"\x10\x01\x40" + SILENCE
    assert HANG_UP == b"\x00\x00\x00"
    assert FAILURE == b"\x10\x00\x00"
