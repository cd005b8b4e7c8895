"""Audio that carries its own words: what is spoken can be read back, with no file and no model.

Rule 1: each frame of a word holds the whole word, so that a word is known
from any of its frames; it counts as heard when its first frame is there.
Rule 2: frames of a word are loud and frames between words are silence, so
that whatever listens to energy hears the same pauses as a person would.
"""

from collections.abc import Iterable

from domain.audio import FRAME_BYTES, SILENCE, Frame

MARK = b"\x01\x7fWORD"
"""Then one byte each: the frame's number in the word, the word's frames, the length of the word in UTF-8."""

HEAD_BYTES = len(MARK) + 3

_FRAMES_PER_CHARACTER = 3.0  # 60 ms, a quick speaker
_LEAST_FRAMES = 2
_LONGEST_WORD_BYTES = 120
_LOUD = b"\x00\x20\x00\xe0" * (FRAME_BYTES // 4)  # +8192, -8192, …


def word_frames(word: str, count: int | None = None) -> list[Frame]:
    """Speak one word, at a person's pace or in so many frames; one that is longer than a frame can carry is cut."""
    spelled = word.encode()[:_LONGEST_WORD_BYTES].decode(errors="ignore").encode()
    count = count or min(255, max(_LEAST_FRAMES, round(len(spelled.decode()) * _FRAMES_PER_CHARACTER)))
    return [_frame(number, count, spelled) for number in range(count)]


def speech_frames(text: str, *, frames_a_word: int | None = None) -> list[Frame]:
    """Speak words with a silent frame between each two."""
    spoken: list[Frame] = []
    for word in text.split():
        if spoken:
            spoken.append(SILENCE)
        spoken += word_frames(word, frames_a_word)
    return spoken


def word_in(frame: bytes) -> tuple[str, int, int] | None:
    """Return the word that a frame carries, the frame's number in it and the number of its frames."""
    if not frame.startswith(MARK) or len(frame) < HEAD_BYTES:
        return None
    number, count, length = frame[len(MARK) : HEAD_BYTES]
    return frame[HEAD_BYTES : HEAD_BYTES + length].decode(errors="replace"), number, count


def words_in(frames: Iterable[bytes]) -> str:
    """Return what is said in the frames."""
    carried = (word_in(frame) for frame in frames)
    return " ".join(word for word, number, _ in filter(None, carried) if number == 0)


def _frame(number: int, count: int, spelled: bytes) -> Frame:
    head = MARK + bytes((number, count, len(spelled))) + spelled
    return Frame(head + _LOUD[len(head) :])
