"""What a call hears reaches its ear and its dialog, in order, and nothing waits."""

from collections.abc import AsyncGenerator

import pytest

from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.literal_audio import speech_frames, word_frames, words_in
from application.calls.senses import Senses
from domain.audio import SILENCE, Frame
from domain.dialog.events import DigitPressed, Event, Heard, HungUp, LineAudible, LineSilent
from domain.endpointing import SpeechPaused, SpeechStarted, UtteranceEnded
from domain.speech import Expectation, Hypothesis
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Notebook:
    """An ear that writes down what it is given."""

    def __init__(self) -> None:
        self.utterances: list[list[Frame]] = [[]]
        self.voiced = 0
        self.expectations: list[Expectation] = []

    def hear(self, frame: Frame, *, voiced: bool) -> None:
        self.utterances[-1].append(frame)
        self.voiced += voiced

    def finish(self) -> None:
        self.utterances.append([])

    def expect(self, expectation: Expectation) -> None:
        self.expectations.append(expectation)

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        return
        yield

    @property
    def words(self) -> list[str]:
        return [words_in(frames) for frames in self.utterances]


class Caller:
    """The senses of a call at a line."""

    def __init__(self) -> None:
        self.leg = MemoryLeg()
        self.told: list[Event] = []
        self.silences = 0
        self.senses = Senses(self.leg, EnergyVoiceActivity(), self.told.append, self._silent)
        self.leg.attend(self.senses)

    def says(self, text: str) -> None:
        for frame in speech_frames(text):
            self.leg.say(frame)

    def pauses(self, frames: int) -> None:
        for _ in range(frames):
            self.leg.say(SILENCE)

    def _silent(self) -> None:
        self.silences += 1


@pytest.fixture
async def caller() -> Caller:
    return Caller()


async def test_what_was_said_before_the_ear_was_open_is_heard_with_the_ends_of_utterances_in_their_places(
    caller: Caller,
) -> None:
    caller.says("перше")
    caller.senses.finish_utterance()
    caller.says("друге")
    ear = Notebook()
    caller.senses.listen_with(ear)
    caller.says("третє")
    caller.senses.finish_utterance()
    assert ear.words == ["перше", "друге третє", ""]
    assert ear.voiced > 0
    other = Notebook()
    caller.senses.listen_with(other)
    assert other.words == [""]


async def test_five_seconds_are_kept_and_the_utterances_before_them_are_still_counted(caller: Caller) -> None:
    caller.says("перше")
    caller.senses.finish_utterance()
    caller.pauses(100)
    caller.senses.finish_utterance()
    caller.pauses(250)
    caller.says("третє")
    ear = Notebook()
    caller.senses.listen_with(ear)
    assert ear.words == ["", "", "третє"]
    assert sum(map(len, ear.utterances)) == 250


async def test_an_utterance_begins_pauses_and_ends_by_the_audio(caller: Caller) -> None:
    caller.says("перше")
    caller.pauses(50)
    assert [type(event) for event in caller.told] == [SpeechStarted, SpeechPaused, UtteranceEnded]


async def test_the_echo_of_the_agent_is_not_the_caller(caller: Caller) -> None:
    await caller.leg.play(word_frames("шини"))
    for _ in word_frames("шини"):
        echo = caller.leg.tick()
        caller.leg.say(echo[0])
    assert [event for event in caller.told if not isinstance(event, LineAudible)] == []


async def test_words_prove_a_voice_that_nobody_noticed_and_only_new_words_do(caller: Caller) -> None:
    quiet = Hypothesis(0, "алло", final=False)
    caller.senses.believe(Hypothesis(0, "", final=False))
    caller.senses.believe(quiet)
    caller.senses.believe(quiet)
    caller.senses.believe(Hypothesis(7, "ще", final=False))
    assert [type(event) for event in caller.told] == [Heard, SpeechStarted, Heard, Heard, Heard]


async def test_late_words_of_an_utterance_that_has_ended_begin_no_other(caller: Caller) -> None:
    caller.senses.finish_utterance()
    caller.senses.believe(Hypothesis(0, "алло", final=True))
    assert caller.told == [Heard(Hypothesis(0, "алло", final=True))]


async def test_the_ear_learns_what_is_expected_when_it_opens_and_when_that_changes(caller: Caller) -> None:
    caller.senses.expect("", Expectation.PHONE)
    ear = Notebook()
    caller.senses.listen_with(ear)
    caller.senses.expect("", Expectation.PHONE)
    caller.senses.expect("", Expectation.FREE)
    assert ear.expectations == [Expectation.PHONE, Expectation.FREE]


async def test_what_happens_on_the_line_is_told(caller: Caller) -> None:
    caller.leg.press("5")
    await caller.leg.play(word_frames("так"))
    caller.leg.tick(50)
    caller.leg.drop()
    assert caller.told == [DigitPressed("5"), LineAudible(), LineSilent(), HungUp()]
    assert caller.silences == 1


async def test_closed_senses_notice_no_voice(caller: Caller) -> None:
    caller.senses.close()
    caller.says("алло")
    assert caller.told == []
