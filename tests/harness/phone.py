"""A caller with a telephone, whose words are frames that carry them."""

from collections.abc import Callable, Sequence

import anyio

from adapters.memory.literal_audio import speech_frames, word_in
from domain.audio import SILENCE, Frame
from domain.words import words
from tests.harness.asterisk import EmulatedCall

PATIENCE_SECONDS = 15.0
_VOICE_FRAMES = 6
_HURRIED_FRAMES = 2


class Phone:
    """Says, presses, hears and hangs up, in real time."""

    def __init__(
        self,
        call: EmulatedCall,
        *,
        frames_a_word: int | None = None,
        brisk: bool = False,
        number: str | None = None,
    ) -> None:
        """He speaks at a person's pace, or in so many frames a word; brisk, as fast as he can be understood."""
        self.call = call
        self.number = number
        """What the line says of the caller; None when it is withheld."""
        self._frames_a_word = frames_a_word
        self._brisk = brisk
        self._noticed = 0

    async def say(self, text: str) -> None:
        """Speak; return when the last word has left."""
        await self._send(_brisk_frames(text) if self._brisk else speech_frames(text, frames_a_word=self._frames_a_word))

    async def cough(self) -> None:
        """Make a loud noise without words, a third of a second long."""
        noise = Frame(b"\x00\x30\x00\xd0" * 80)
        await self._send([noise] * 16)

    async def pause(self, seconds: float) -> None:
        """Say nothing, in the caller's own time."""
        await self._send([SILENCE] * round(seconds * 50))

    def press(self, digits: str) -> None:
        self.call.press(digits)

    @property
    def heard(self) -> str:
        """All that the caller has heard from the agent so far."""
        return " ".join(word for word, _ in self.words_heard())

    @property
    def sent(self) -> str:
        """All that the agent has sent so far, with what came in a burst and fell on the floor."""
        carried = (word_in(each.slin) for each in sorted((*self.call.heard, *self.call.lost), key=lambda each: each.at))
        return " ".join(found[0] for found in carried if found is not None and found[1] == 0)

    def words_heard(self) -> list[tuple[str, float]]:
        """Return each word heard with the time of its first frame."""
        carried = ((word_in(heard.slin), heard.at) for heard in self.call.heard)
        return [(found[0], at) for found, at in carried if found is not None and found[1] == 0]

    def has_heard_whole_words(self) -> bool:
        """Return whether the word heard last was heard to its end."""
        carried = [found for heard in self.call.heard if (found := word_in(heard.slin)) is not None]
        return not carried or carried[-1][1] == carried[-1][2] - 1

    async def hear(self, text: str, *, within: float = PATIENCE_SECONDS) -> None:
        """Wait until the agent is heard to say this, after what was waited for before; raise AssertionError if not."""
        wanted = words(text)

        def has_been_heard() -> bool:
            spoken = [word for said, _ in self.words_heard()[self._noticed :] for word in words(said)]
            return any(tuple(spoken[at : at + len(wanted)]) == wanted for at in range(len(spoken)))

        try:
            await self.call.until(has_been_heard, within=within)
        except TimeoutError:
            raise AssertionError(f"{text!r} was not heard within {within:g} s; heard: {self.heard!r}") from None
        self._notice(wanted)

    async def hear_out(self) -> None:
        """Wait until the agent has been silent for a fifth of a second."""
        await self.become(
            lambda: len(self.call.heard) > 10 and not any(any(heard.slin) for heard in self.call.heard[-10:]),
            "the agent fell silent",
        )

    async def hear_end(self, *, within: float = PATIENCE_SECONDS) -> None:
        """Wait until the agent has left the line."""
        await self.become(lambda: self.call.where != "agent", "the agent left the line", within=within)

    async def reach(self, where: str, *, within: float = PATIENCE_SECONDS) -> None:
        """Wait until the caller is there: in the queue, or hung up."""
        await self.become(lambda: self.call.where == where, f"the caller is in {where}", within=within)

    async def become(self, condition: Callable[[], bool], claim: str, *, within: float = PATIENCE_SECONDS) -> None:
        try:
            await self.call.until(condition, within=within)
        except TimeoutError:
            raise AssertionError(
                f"not within {within:g} s: {claim}; he is in {self.call.where}; heard: {self.heard!r}"
            ) from None

    async def hang_up(self) -> None:
        with anyio.fail_after(PATIENCE_SECONDS):
            await self.call.hang_up()

    def silence_since(self, moment: float) -> float:
        """Return how many seconds passed after this moment until the last frame of words that followed without a gap.

        0 when the agent was silent at once.
        """
        loud = [heard.at for heard in self.call.heard if heard.at >= moment and any(heard.slin)]
        last = moment
        for at in loud:
            if at - last > 0.1:
                break
            last = at
        return last - moment

    async def _send(self, frames: Sequence[Frame]) -> None:
        """Speak with the agent; who is elsewhere is not listened to, and fails in time."""
        with anyio.fail_after(PATIENCE_SECONDS):
            await self.call.say_frames(frames)

    def _notice(self, wanted: tuple[str, ...]) -> None:
        spoken = [
            (index, word)
            for index, (said, _) in enumerate(self.words_heard())
            if index >= self._noticed
            for word in words(said)
        ]
        for at in range(len(spoken)):
            if tuple(word for _, word in spoken[at : at + len(wanted)]) == wanted:
                self._noticed = spoken[at + len(wanted) - 1][0] + 1
                return


def _brisk_frames(text: str) -> list[Frame]:
    """Speak a first word that is long enough to be taken for a voice, and the others in a hurry."""
    first, _, more = text.partition(" ")
    spoken = speech_frames(first, frames_a_word=_VOICE_FRAMES)
    return [*spoken, SILENCE, *speech_frames(more, frames_a_word=_HURRIED_FRAMES)] if more else spoken
