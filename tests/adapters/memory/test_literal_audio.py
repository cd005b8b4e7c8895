"""Audio that carries its own words."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.literal_audio import speech_frames, word_frames, word_in, words_in
from domain.audio import FRAME_BYTES, SILENCE, Cutter, Frame

WORDS = st.lists(
    st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20), min_size=0, max_size=5
).map(" ".join)


@given(WORDS)
def test_what_is_spoken_can_be_read_back(text: str) -> None:
    assert words_in(speech_frames(text)) == " ".join(text.split())


@given(WORDS, st.integers(min_value=1, max_value=1000))
def test_audio_that_was_cut_and_joined_still_says_the_same(text: str, size: int) -> None:
    slin = b"".join(speech_frames(text))
    cutter = Cutter()
    cut = [frame for at in range(0, len(slin), size) for frame in cutter.cut(slin[at : at + size])]
    assert words_in(cut) == words_in(speech_frames(text))


def test_a_word_lasts_sixty_milliseconds_a_character() -> None:
    assert [len(word_frames(word)) for word in ("я", "так", "двадцять")] == [3, 9, 24]


def test_a_frame_knows_its_place_in_the_word() -> None:
    frames = word_frames("ні")
    assert [word_in(frame) for frame in frames] == [("ні", number, 6) for number in range(6)]
    assert {len(frame) for frame in frames} == {FRAME_BYTES}


def test_a_word_counts_as_heard_from_its_first_frame() -> None:
    frames = speech_frames("добрий день")
    assert words_in(frames[: len(word_frames("добрий")) + 2]) == "добрий день"
    assert words_in(frames[1 : len(word_frames("добрий"))]) == ""


def test_silence_and_other_audio_say_nothing() -> None:
    assert word_in(SILENCE) is None
    assert words_in([SILENCE, Frame(b"\x10\x20" * 160)]) == ""


def test_a_word_too_long_for_a_frame_is_cut_between_characters() -> None:
    frames = word_frames("щ" * 200)
    assert word_in(frames[0]) == ("щ" * 60, 0, 180)
