"""One utterance: its audio and what the streams that listen to it understand.

Rule 1: usually one stream hears all of an utterance.  A stream that breaks, or
that grows old, is followed by another: the text is that of all of them.
Rule 2: words that two streams heard are said once.
"""

from typing import Any

import anyio

from adapters.google.recent import BYTES_PER_SECOND, RecentAudio
from domain.speech import FinalsMerged, Hypothesis


class Part:
    """What one stream understands."""

    def __init__(self, *, overlaps: bool) -> None:
        self.overlaps = overlaps
        """Its first words may be the last of the part before."""
        self.heard_again = False
        """All that is not final here is heard by the next part."""
        self.text = ""
        self._merged = FinalsMerged()

    @property
    def finals(self) -> str:
        return self._merged.final("")

    def final(self, text: str) -> None:
        self.text = self._merged.final(text)

    def interim(self, text: str) -> None:
        self.text = self._merged.interim(text)


class Utterance:
    def __init__(self, number: int) -> None:
        self.number = number
        self.audio = RecentAudio()
        self.finished = anyio.Event()
        self.settled = False
        self.answered = False
        self._parts: list[Part] = []
        self._known_until = 0
        self._confidences: list[float] = []
        self._language: str | None = None
        self._told = ""

    def begin_part(self, *, overlaps: bool) -> Part:
        part = Part(overlaps=overlaps)
        self._parts.append(part)
        return part

    def follow(self, broken: Part) -> tuple[Part, int]:
        """Begin the part after a broken one; return it and the position of the audio to hear again."""
        broken.heard_again = self.audio.begin <= self._known_until
        return self.begin_part(overlaps=not broken.heard_again), self.audio.begin

    def take(self, response: Any, part: Part, began: int) -> None:
        """Take what a stream says that began to hear at a position."""
        self.answered = True
        interims: list[str] = []
        for result in response.results:
            if not result.alternatives:
                continue
            best = result.alternatives[0]
            self._language = result.language_code or self._language
            if not result.is_final:
                interims.append(best.transcript.strip())
                continue
            part.final(best.transcript)
            if best.confidence:
                self._confidences.append(best.confidence)
            offset = result.result_end_offset
            seconds = offset.seconds + offset.nanos / 1e9
            self._known_until = began + int(seconds * BYTES_PER_SECOND) if seconds else self.audio.end
            self.audio.forget(self._known_until)
        if interims:
            part.interim(" ".join(interims))

    @property
    def text(self) -> str:
        text = ""
        for place, part in enumerate(self._parts):
            again = part.heard_again and any(later.text for later in self._parts[place + 1 :])
            words = part.finals if again else part.text
            text = joined(text, words) if part.overlaps else f"{text} {words}".strip()
        return text

    def interim(self) -> Hypothesis | None:
        """Return what is believed, if it is news."""
        text = self.text
        if text == self._told:
            return None
        self._told = text
        return Hypothesis(self.number, text, final=False, language=self._language)

    def final(self) -> Hypothesis:
        sure = self._confidences
        confidence = round(sum(sure) / len(sure), 3) if sure else None
        return Hypothesis(self.number, self.text, True, confidence, self._language)


def joined(known: str, more: str) -> str:
    """Join two texts of audio that overlaps; the words of the overlap are said once.

    Where the second begins or the first ends in the middle of a word, that
    word may differ.
    """
    old, new = known.split(), more.split()
    plain_old, plain_new = [_plain(word) for word in old], [_plain(word) for word in new]
    for size in range(min(len(old), len(new)), 0, -1):
        for lost in (0, 1):
            for torn in (0, 1):
                end = len(old) - lost
                if end >= size and plain_old[end - size : end] == plain_new[torn : torn + size]:
                    return " ".join([*old[:end], *new[torn + size :]])
    return " ".join([*old, *new])


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
