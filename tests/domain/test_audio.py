"""Frames: nothing is lost, whatever the pieces are."""

from hypothesis import given
from hypothesis import strategies as st

from domain.audio import FRAME_BYTES, FRAME_SECONDS, FRAMES_PER_SECOND, RATE, SILENCE, Cutter, Frame, frames, seconds


@given(st.lists(st.binary(max_size=3 * FRAME_BYTES), max_size=8))
def test_a_cutter_loses_nothing_and_adds_only_silence_at_the_end(pieces: list[bytes]) -> None:
    cutter = Cutter()
    cut = [frame for piece in pieces for frame in cutter.cut(piece)] + cutter.tail()
    said = b"".join(pieces)
    assert all(len(frame) == FRAME_BYTES for frame in cut)
    assert b"".join(cut).startswith(said)
    assert not b"".join(cut)[len(said) :].strip(b"\0")
    assert len(cut) == -(-len(said) // FRAME_BYTES)
    assert cutter.tail() == []


@given(st.binary(max_size=3 * FRAME_BYTES))
def test_frames_of_a_whole_piece_are_those_of_a_cutter(slin: bytes) -> None:
    assert b"".join(frames(slin)).startswith(slin)


def test_a_frame_that_comes_alone_passes_as_it_is() -> None:
    cutter = Cutter()
    assert cutter.cut(SILENCE) == [SILENCE]
    assert cutter.cut(b"\1") == []
    assert cutter.cut(SILENCE) == [Frame(b"\1" + bytes(FRAME_BYTES - 1))]


def test_a_frame_is_twenty_milliseconds() -> None:
    assert len(SILENCE) == FRAME_BYTES == 320
    assert FRAMES_PER_SECOND * FRAME_SECONDS == 1 and RATE == 8_000
    assert seconds([SILENCE] * 75) == 1.5
