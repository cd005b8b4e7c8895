"""What of the agent's words was heard, by the sender's count.

Rule 1: what was sent has been heard, less the frames on their way.
Rule 2: a word counts when it was heard whole.
"""

from dataclasses import dataclass

FRAMES_ON_THEIR_WAY = 2
_FRAMES_A_CHARACTER = 3
"""60 ms: the pace that a clause is taken to have until its last frame is known."""


@dataclass(slots=True)
class _Piece:
    text: str
    start: int
    frames: int = 0
    whole: bool = False

    def heard(self, position: int) -> str:
        played = position - self.start
        if played <= 0:
            return ""
        length = self.frames if self.whole else max(self.frames, len(self.text) * _FRAMES_A_CHARACTER)
        if played >= length:
            return self.text
        reached = len(self.text) * played // length
        if self.text[reached : reached + 1].isspace():
            return self.text[:reached]
        return self.text[:reached].rpartition(" ")[0]


class Spoken:
    """The clauses of one reply or announcement, and where on the line they lie.

    Positions count the frames of speech that the line has taken since the
    call began.
    """

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self._pieces)

    def begin(self, text: str, position: int) -> None:
        """A clause begins at this position."""
        self._pieces.append(_Piece(text, position))

    def add(self, frames: int) -> None:
        """The clause has so many more frames."""
        self._pieces[-1].frames += frames

    def end(self) -> None:
        """The clause has all its frames."""
        self._pieces[-1].whole = True

    def heard(self, position: int) -> str:
        """Return the words that are heard when the line has taken so many frames and takes no more."""
        position -= FRAMES_ON_THEIR_WAY
        return " ".join(heard for piece in self._pieces if (heard := piece.heard(position).strip()))
