"""Real speech whose words can be read back: espeak-ng speaks, and each frame is known again by its bytes.

The voice activity detector hears a human voice in it, which it does not in
audio that carries its words; the emulated recognizer looks the frames up.
"""

from collections.abc import Iterable, Mapping
from contextlib import aclosing

from adapters.offline.espeak import EspeakSynthesizer
from domain.audio import SILENCE, Frame

Spoken = tuple[str, int, int]
"""A word, the frame's number in it, and the number of its frames: as in literal audio."""


async def record(text: str, *, voice: str = "uk") -> list[Frame]:
    """Have a sentence spoken; the same each time."""
    audio: list[Frame] = []
    async with (
        EspeakSynthesizer(voice=voice, words_per_minute=150).voice() as speaker,
        aclosing(speaker.say(text)) as pieces,
    ):
        async for piece in pieces:
            audio.extend(piece)
    return audio


def known_again(recordings: Mapping[str, Iterable[Frame]]) -> dict[bytes, Spoken]:
    """Return what each frame of these recordings says, by sentence; words are dealt out evenly."""
    table: dict[bytes, Spoken] = {}
    for text, audio in recordings.items():
        frames, words = [frame for frame in audio if frame != SILENCE], text.split()
        for index, word in enumerate(words):
            begin, end = len(frames) * index // len(words), len(frames) * (index + 1) // len(words)
            for number, frame in enumerate(frames[begin:end]):
                table.setdefault(bytes(frame), (word, number, end - begin))
    return table
