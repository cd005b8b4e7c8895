from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager

import anyio
import pytest

from adapters.memory.literal_audio import speech_frames, words_in
from adapters.utterances import Transcription, UtteranceEar
from application.calls.recognizer_by_caller import RecognizerByCaller
from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear
from domain.audio import frames
from domain.errors import Unavailable
from domain.speech import Expectation, Hypothesis

pytestmark = pytest.mark.anyio

KNOWN, UNKNOWN = "+380671234567", None


class Recognizer:
    """Hears literal audio until it is told to fail, and says who heard."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fails = False
        self.cannot_listen = False
        self.open = 0
        self.expected: list[Expectation] = []

    def listen(self, caller: str | None, used: Meter = uncounted) -> AbstractAsyncContextManager[Ear]:
        return self._listen()

    @asynccontextmanager
    async def _listen(self) -> AsyncGenerator[Ear, None]:
        if self.cannot_listen:
            raise Unavailable(self.name)
        self.open += 1
        try:
            # As a real one, it must be closed by the task that opened it.
            with anyio.CancelScope():
                yield UtteranceEar(self.transcribe, interims=False)
        finally:
            self.open -= 1

    async def transcribe(self, slin: bytes, expectation: Expectation) -> Transcription:
        await anyio.lowlevel.checkpoint()
        self.expected.append(expectation)
        if self.fails:
            raise Unavailable(self.name)
        return Transcription(f"{self.name}: {words_in(frames(slin))}")


@pytest.fixture
def google() -> Recognizer:
    return Recognizer("google")


@pytest.fixture
def whisper() -> Recognizer:
    return Recognizer("whisper")


@pytest.fixture
def recognizer(google: Recognizer, whisper: Recognizer) -> RecognizerByCaller:
    return RecognizerByCaller(google, whisper, lambda caller: caller == KNOWN)


def say(ear: Ear, *utterances: str) -> None:
    for utterance in utterances:
        for frame in speech_frames(utterance):
            ear.hear(frame, voiced=True)
        ear.finish()


async def believed(beliefs: AsyncGenerator[Hypothesis, None]) -> tuple[int, str]:
    with anyio.fail_after(5):
        belief = await anext(beliefs)
    assert belief.final
    return belief.utterance, belief.text


async def test_each_caller_is_heard_by_the_recognizer_chosen_for_him(recognizer: RecognizerByCaller) -> None:
    for caller, name in ((KNOWN, "whisper"), (UNKNOWN, "google")):
        async with recognizer.listen(caller) as ear, aclosing(ear.hypotheses()) as beliefs:
            say(ear, "добрий день", "шини")
            assert [await believed(beliefs) for _ in range(2)] == [(0, f"{name}: добрий день"), (1, f"{name}: шини")]


async def test_when_the_first_cannot_listen_the_other_does(recognizer: RecognizerByCaller, whisper: Recognizer) -> None:
    whisper.cannot_listen = True
    async with recognizer.listen(KNOWN) as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, "добрий день")
        assert await believed(beliefs) == (0, "google: добрий день")


async def test_when_the_first_fails_the_other_goes_on_and_numbers_go_on(
    recognizer: RecognizerByCaller, whisper: Recognizer, google: Recognizer
) -> None:
    async with recognizer.listen(KNOWN) as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, "добрий день")
        assert await believed(beliefs) == (0, "whisper: добрий день")
        whisper.fails = True
        ear.expect(Expectation.YES_NO)
        say(ear, "це пропало", "і це")
        assert [await believed(beliefs) for _ in range(2)] == [(1, ""), (2, "")]
        say(ear, "так")
        assert await believed(beliefs) == (3, "google: так")
        assert google.expected == [Expectation.YES_NO]
    assert (whisper.open, google.open) == (0, 0)


async def test_when_neither_can_hear_that_is_said(
    recognizer: RecognizerByCaller, whisper: Recognizer, google: Recognizer
) -> None:
    whisper.fails = google.cannot_listen = True
    async with recognizer.listen(KNOWN) as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, "добрий день")
        with pytest.raises(Unavailable):
            await believed(beliefs)


async def test_when_the_other_fails_too_that_is_said(
    recognizer: RecognizerByCaller, whisper: Recognizer, google: Recognizer
) -> None:
    whisper.fails = google.fails = True
    async with recognizer.listen(KNOWN) as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, "добрий день")
        assert await believed(beliefs) == (0, "")
        say(ear, "алло")
        with pytest.raises(Unavailable):
            await believed(beliefs)


class Deaf:
    """Believes nothing and ends."""

    def listen(self, caller: str | None, used: Meter = uncounted) -> AbstractAsyncContextManager[Ear]:
        return self._listen()

    @asynccontextmanager
    async def _listen(self) -> AsyncGenerator[Ear, None]:
        yield Deafness()


class Deafness(UtteranceEar):
    def __init__(self) -> None:
        super().__init__(Recognizer("nobody").transcribe, interims=False)

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        nothing: tuple[Hypothesis, ...] = ()
        for belief in nothing:
            yield belief


async def test_an_ear_that_ends_by_itself_is_not_replaced(google: Recognizer) -> None:
    recognizer = RecognizerByCaller(google, Deaf(), lambda caller: True)
    async with recognizer.listen(KNOWN) as ear:
        assert [belief async for belief in ear.hypotheses()] == []
    assert google.open == 0


async def test_what_goes_wrong_in_a_call_is_not_wrapped(recognizer: RecognizerByCaller) -> None:
    with pytest.raises(KeyError):
        async with recognizer.listen(KNOWN):
            raise KeyError
