"""Audio of what the agent says of itself, ready before it is needed."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest

from application.calls.announcements import Announcements
from application.ports.metering import Meter, uncounted
from domain.audio import Frame, frames
from domain.errors import Unavailable

pytestmark = pytest.mark.anyio


class TellingVoice:
    """Speaks a text by writing it into the audio, in two pieces; and misbehaves on demand."""

    def __init__(self, synthesizer: "TellingSynthesizer") -> None:
        self._synthesizer = synthesizer

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        audio = self._synthesizer.audio(clause)
        yield audio[:1]
        if self._synthesizer.breaks_off:
            raise Unavailable("the voice broke off")
        if self._synthesizer.hangs:
            await anyio.sleep_forever()
        yield audio[1:]


class TellingSynthesizer:
    def __init__(self, name: str = "own", *, breaks_off: bool = False, hangs: bool = False) -> None:
        self._name = name
        self.breaks_off = breaks_off
        self.hangs = hangs
        self.open = 0
        self.most_open = 0
        self.opened = 0

    def audio(self, text: str) -> list[Frame]:
        return frames(f"{self._name}: {text}".encode() * 20)

    @asynccontextmanager
    async def voice(self, used: Meter = uncounted) -> AsyncGenerator[TellingVoice, None]:
        self.open += 1
        self.opened += 1
        self.most_open = max(self.most_open, self.open)
        try:
            await anyio.lowlevel.checkpoint()
            yield TellingVoice(self)
        finally:
            self.open -= 1


class SilentSynthesizer(TellingSynthesizer):
    def audio(self, text: str) -> list[Frame]:
        return []


async def test_what_was_prepared_is_there_whole_and_nothing_else_is() -> None:
    own = TellingSynthesizer()
    announcements = Announcements(own)
    await announcements.prepare(["Добрий день!", "Хвилинку."])
    assert announcements.audio("Добрий день!") == own.audio("Добрий день!")
    assert announcements.audio("Хвилинку.") == own.audio("Хвилинку.")
    assert announcements.audio("Інше") is None
    assert announcements.owed == frozenset()


async def test_a_provider_is_not_asked_for_everything_at_once() -> None:
    own = TellingSynthesizer()
    await Announcements(own).prepare([f"Фраза {number}" for number in range(20)])
    assert own.most_open == 4 and own.opened == 20 and own.open == 0


async def test_without_a_voice_a_text_is_owed_and_has_no_half_audio() -> None:
    announcements = Announcements(TellingSynthesizer(breaks_off=True))
    await announcements.prepare(["Добрий день!"])
    assert announcements.audio("Добрий день!") is None
    assert announcements.owed == {"Добрий день!"}


async def test_a_stand_in_speaks_until_the_own_voice_is_back() -> None:
    own, stand_in = TellingSynthesizer(breaks_off=True), TellingSynthesizer("stand-in")
    announcements = Announcements(own, stand_in)
    await announcements.prepare(["Перепрошую."])
    await announcements.prepare(())
    assert announcements.audio("Перепрошую.") == stand_in.audio("Перепрошую.")
    assert announcements.owed == {"Перепрошую."}
    assert stand_in.opened == 1
    own.breaks_off = False
    await announcements.prepare(())
    assert announcements.audio("Перепрошую.") == own.audio("Перепрошую.")
    assert announcements.owed == frozenset()


async def test_when_nobody_speaks_the_text_is_owed() -> None:
    announcements = Announcements(SilentSynthesizer(), SilentSynthesizer())
    await announcements.prepare(["Перепрошую."])
    assert announcements.audio("Перепрошую.") is None
    assert announcements.owed == {"Перепрошую."}


async def test_a_voice_that_hangs_is_waited_for_no_longer_than_its_bound() -> None:
    announcements = Announcements(TellingSynthesizer(hangs=True), TellingSynthesizer("stand-in"), text_seconds=0.01)
    with anyio.fail_after(5):
        await announcements.prepare(["Перепрошую."])
    assert announcements.audio("Перепрошую.") is not None
    assert announcements.owed == {"Перепрошую."}


class RecoveringSynthesizer(TellingSynthesizer):
    """Breaks off three times."""

    def __init__(self) -> None:
        super().__init__(breaks_off=True)
        self.recovered = anyio.Event()

    def audio(self, text: str) -> list[Frame]:
        if self.opened > 3:
            self.breaks_off = False
            self.recovered.set()
        return super().audio(text)


async def test_what_is_owed_is_tried_again_until_it_is_there_and_then_left_alone() -> None:
    own = RecoveringSynthesizer()
    announcements = Announcements(own, try_again_seconds=0.001)
    await announcements.prepare(["Добрий день!"])
    assert announcements.owed == {"Добрий день!"}
    with anyio.fail_after(5), anyio.CancelScope() as trying:
        async with anyio.create_task_group() as group:
            group.start_soon(announcements.keep_prepared)
            await own.recovered.wait()
            trying.deadline = anyio.current_time() + 0.05  # some fifty more rounds
    assert own.opened == 4
    assert announcements.owed == frozenset()
    assert announcements.audio("Добрий день!") == own.audio("Добрий день!")
