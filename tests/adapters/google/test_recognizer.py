"""Recognition through a real gRPC connection to an emulated Google."""

import gc
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field

import anyio
import pytest
from grpc import StatusCode

from adapters.google.channel import Channels
from adapters.google.configurations import Configurations
from adapters.google.recognizer import GoogleRecognizer, speech_host
from adapters.memory.literal_audio import speech_frames
from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear, SpeechRecognizer
from domain.audio import FRAME_SECONDS, RATE, SAMPLE_BYTES, SILENCE, Frame
from domain.errors import Unavailable
from domain.speech import Expectation, Hypothesis
from domain.usage import EarUsage, Usage
from tests.harness.google import GoogleEmulator

pytestmark = pytest.mark.anyio

SOON = 5.0


@dataclass
class Listening:
    """An ear, and all that it has told so far."""

    ear: Ear
    told: list[Hypothesis] = field(default_factory=list)
    failure: Unavailable | None = None
    news: anyio.Event = field(default_factory=anyio.Event)

    async def listen(self) -> None:
        try:
            async with aclosing(self.ear.hypotheses()) as hypotheses:
                async for hypothesis in hypotheses:
                    self.told.append(hypothesis)
                    self._tell()
        except Unavailable as failure:
            self.failure = failure
            self._tell()

    def _tell(self) -> None:
        self.news.set()
        self.news = anyio.Event()

    @property
    def finals(self) -> list[str]:
        return [hypothesis.text for hypothesis in self.told if hypothesis.final]

    @property
    def interims(self) -> list[str]:
        return [hypothesis.text for hypothesis in self.told if not hypothesis.final]

    def say(self, text: str) -> None:
        """Say it at once: audio faster than real time."""
        for frame in [*speech_frames(text), SILENCE]:
            self.ear.hear(frame, voiced=True)

    def pause(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME_SECONDS)):
            self.ear.hear(SILENCE, voiced=False)

    async def until_finals(self, count: int) -> list[str]:
        with anyio.fail_after(SOON):
            while len(self.finals) < count:
                await self.news.wait()
        return self.finals

    async def until_interim(self, text: str) -> None:
        with anyio.fail_after(SOON):
            while text not in self.interims:
                await self.news.wait()

    async def until_failure(self) -> str:
        with anyio.fail_after(SOON):
            while self.failure is None:
                await self.news.wait()
        return str(self.failure)


@pytest.fixture
async def google() -> AsyncGenerator[GoogleEmulator, None]:
    async with GoogleEmulator() as emulator:
        yield emulator


@pytest.fixture
async def channels(google: GoogleEmulator) -> AsyncGenerator[Channels, None]:
    opened = Channels(google.endpoint, host=speech_host("eu"), project="shop")
    yield opened
    await opened.close()


@pytest.fixture
def recognizer(channels: Channels) -> GoogleRecognizer:
    return GoogleRecognizer(channels)


@asynccontextmanager
async def listening(recognizer: SpeechRecognizer, used: Meter = uncounted) -> AsyncGenerator[Listening, None]:
    async with anyio.create_task_group() as tasks, recognizer.listen(None, used) as ear:
        listener = Listening(ear)
        tasks.start_soon(listener.listen)
        yield listener
        tasks.cancel_scope.cancel()


async def until(condition: Callable[[], bool], what: str) -> None:
    deadline = anyio.current_time() + SOON
    while not condition():
        assert anyio.current_time() < deadline, what
        await anyio.sleep(0.01)


async def test_an_utterance_brings_interims_and_one_final(recognizer: GoogleRecognizer) -> None:
    async with listening(recognizer) as caller:
        caller.say("добрий день мені потрібні шини")
        await caller.until_interim("добрий день мені потрібні шини")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["добрий день мені потрібні шини"]
        assert caller.told[-1] == Hypothesis(0, "добрий день мені потрібні шини", True, 0.9, "uk-ua")


async def test_all_audio_that_google_has_heard_is_used_by_utterance_and_at_the_end(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    used: list[Usage] = []
    async with listening(recognizer, used.append) as caller:
        caller.say("добрий день")
        caller.ear.finish()
        await caller.until_finals(1)
        assert len(used) == 1
        caller.say("алло")
        await caller.until_interim("алло")
    ears = [each for each in used if isinstance(each, EarUsage)]
    assert [each.name for each in ears] == ["google/chirp_3", "google/chirp_3"]
    assert ears[0].seconds == pytest.approx((len(speech_frames("добрий день")) + 1) * FRAME_SECONDS)
    probe_seconds = 0.1
    heard = google.seen.speech_bytes / (RATE * SAMPLE_BYTES) - probe_seconds
    assert -0.01 < sum(each.seconds for each in ears) - heard < 0.5


async def test_an_ear_that_google_never_heard_uses_nothing(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    await google.stop()
    used: list[Usage] = []
    async with listening(recognizer, used.append) as caller:
        caller.say("алло")
        await caller.until_failure()
    assert used == []


@pytest.mark.parametrize("word", ["так", "ні", "двадцять"])
async def test_a_short_word_is_heard(recognizer: GoogleRecognizer, word: str) -> None:
    async with listening(recognizer) as caller:
        caller.say(word)
        caller.ear.finish()
        assert await caller.until_finals(1) == [word]


async def test_utterances_come_in_order_and_none_is_lost(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    google.speech.final_delay = 0.2
    async with listening(recognizer) as caller:
        for text in ("перша", "друга", "", "четверта"):
            caller.say(text)
            caller.ear.finish()
        assert await caller.until_finals(4) == ["перша", "друга", "", "четверта"]
        assert [told.utterance for told in caller.told if told.final] == [0, 1, 2, 3]
        assert [told.utterance for told in caller.told] == sorted(told.utterance for told in caller.told)


async def test_audio_right_after_the_end_of_an_utterance_belongs_to_the_next(recognizer: GoogleRecognizer) -> None:
    async with listening(recognizer) as caller:
        frames = speech_frames("перша")
        for frame in frames:
            caller.ear.hear(frame, voiced=True)
        caller.ear.finish()
        caller.say("друга")
        caller.ear.finish()
        assert await caller.until_finals(2) == ["перша", "друга"]


async def test_several_finals_are_one_utterance(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    google.speech.words_a_final = 2
    google.speech.endpoint = 0.5
    async with listening(recognizer) as caller:
        caller.say("мені потрібні зимові шини")
        caller.pause(0.6)
        await caller.until_interim("мені потрібні зимові шини")
        caller.say("на сімнадцять")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["мені потрібні зимові шини на сімнадцять"]


async def test_a_final_may_differ_from_its_interims(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    google.speech.hears_as = {"два": "двадцять два"}
    async with listening(recognizer) as caller:
        caller.say("два")
        await caller.until_interim("два")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["двадцять два"]


async def test_empty_results_are_passed_over(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    google.speech.empty_results = True
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так"]


async def test_low_confidence_is_told(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    google.speech.confidence = 0.25
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.ear.finish()
        await caller.until_finals(1)
        assert caller.told[-1].confidence == 0.25


async def test_when_the_final_does_not_come_the_last_interim_is_the_final(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.final_delay = 60.0
    async with listening(recognizer) as caller:
        caller.say("добрий день")
        await caller.until_interim("добрий день")
        finished_at = anyio.current_time()
        caller.ear.finish()
        assert await caller.until_finals(1) == ["добрий день"]
        assert 2.5 < anyio.current_time() - finished_at < 3.5


async def test_a_stream_that_is_cut_is_followed_by_another_and_no_word_is_lost_or_doubled(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    async with listening(recognizer) as caller:
        caller.say("я хочу")
        await caller.until_interim("я хочу")
        assert google.cut() == 1
        caller.say("замовити шини")
        await caller.until_interim("я хочу замовити шини")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["я хочу замовити шини"]
        assert caller.failure is None


async def test_words_that_were_final_when_the_stream_was_cut_are_kept(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.endpoint = 0.3
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.pause(0.5)
        await until(lambda: google.seen.finals == ["так"], "Google's own endpointing brings a final")
        await caller.until_interim("так")
        assert google.cut(StatusCode.OUT_OF_RANGE) == 1
        caller.say("так двадцять")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так так двадцять"]


async def test_a_long_utterance_that_is_cut_keeps_the_words_whose_audio_is_gone(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    words = "перше друге третє четверте пяте шосте сьоме восьме девяте десяте одинадцяте дванадцяте тринадцяте"
    async with listening(recognizer) as caller:
        said: list[str] = []
        for word in words.split():
            caller.say(word)
            caller.ear.hear(SILENCE, voiced=True)
            said.append(word)
            await caller.until_interim(" ".join(said))
        google.cut()
        caller.say("кінець")
        caller.ear.finish()
        assert await caller.until_finals(1) == [f"{words} кінець"]


async def test_a_cut_between_end_of_speech_and_final_is_healed(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.final_delay = 1.0
    async with listening(recognizer) as caller:
        caller.say("так")
        await caller.until_interim("так")
        caller.ear.finish()
        await until(lambda: google.seen.finals == ["так"], "the stream is half-closed")
        google.cut(StatusCode.UNAVAILABLE)
        google.speech.final_delay = 0.0
        assert await caller.until_finals(1) == ["так"]


async def test_the_provider_may_restart_during_a_call(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    async with listening(recognizer) as caller:
        caller.say("перша")
        await caller.until_interim("перша")
        await google.stop()
        await google.start()
        caller.say("друга")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["перша друга"]


async def test_a_provider_that_is_gone_is_unavailable_soon(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    async with listening(recognizer) as caller:
        caller.say("перша")
        await caller.until_interim("перша")
        await google.stop()
        assert "UNAVAILABLE" in await caller.until_failure()


async def test_the_failure_reaches_the_caller_of_listen_as_it_is(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.fail = StatusCode.PERMISSION_DENIED
    with pytest.raises(Unavailable, match="PERMISSION_DENIED"):
        async with recognizer.listen(None) as ear, aclosing(ear.hypotheses()) as hypotheses:
            await anext(hypotheses)


async def test_three_failures_in_a_row_are_the_end(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    await recognizer.warm_up()
    asked = google.seen.speech_streams
    google.speech.fail = StatusCode.INTERNAL
    async with listening(recognizer) as caller:
        assert "INTERNAL" in await caller.until_failure()
        assert google.seen.speech_streams - asked == 3


async def test_one_failure_is_not_noticed(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    await recognizer.warm_up()
    asked = google.seen.speech_streams
    google.speech.fail = StatusCode.INTERNAL
    async with listening(recognizer) as caller:
        await until(lambda: google.seen.speech_streams > asked, "the first stream is tried")
        google.speech.fail = None
        caller.say("так")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так"]
        assert recognizer.figures.reopened >= 1


@pytest.mark.parametrize(
    ("code", "setting"),
    [
        (StatusCode.UNAUTHENTICATED, "GOOGLE_APPLICATION_CREDENTIALS"),
        (StatusCode.PERMISSION_DENIED, "GOOGLE_CLOUD_PROJECT"),
    ],
)
async def test_what_cannot_be_cured_by_asking_again_ends_at_once_and_names_the_setting(
    google: GoogleEmulator, recognizer: GoogleRecognizer, code: StatusCode, setting: str
) -> None:
    google.speech.fail = code
    async with listening(recognizer) as caller:
        message = await caller.until_failure()
        assert code.name in message
        assert setting in message
    assert google.seen.speech_streams == 1


async def test_a_provider_that_never_answers_gives_empty_finals_and_is_unavailable_after_three(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    await recognizer.warm_up()
    google.speech.hangs = True
    async with listening(recognizer) as caller:
        for word in ("перша", "друга", "третя"):
            caller.say(word)
            caller.ear.finish()
        assert await caller.until_finals(3) == ["", "", ""]
        assert "no answer" in await caller.until_failure()


async def test_the_first_model_that_hears_the_language_is_used_and_remembered(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.refused_models = {"chirp_3"}
    await recognizer.warm_up()
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так"]
    assert google.seen.models[:3] == ["chirp_3", "latest_long", "latest_long"]
    assert set(google.seen.models[2:]) == {"latest_long"}
    assert recognizer.capability
    assert recognizer.capability.languages == ("uk-UA", "ru-RU")


async def test_without_a_warm_up_the_first_call_asks_and_loses_no_word(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.refused_models = {"chirp_3", "latest_long"}
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так"]
    assert google.seen.models[:4] == ["chirp_3", "latest_long", "long", "long"]


async def test_a_model_that_is_withdrawn_later_is_asked_for_anew_by_the_next_call(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    await recognizer.warm_up()
    google.speech.refused_models = {"chirp_3"}
    async with listening(recognizer) as caller:
        assert "INVALID_ARGUMENT" in await caller.until_failure()
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так"]


async def test_a_second_language_that_no_model_takes_is_left_out(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.refused_languages = {"ru-RU"}
    await recognizer.warm_up()
    assert recognizer.capability
    assert recognizer.capability.languages == ("uk-UA",)


HINTS: dict[Expectation, list[str]] = {
    Expectation.FREE: ["Нокіан", "Мішлен"],
    Expectation.PHONE: ["нуль", "сім"],
    Expectation.NAME: ["Нокіан", "Мішлен"],
}


def hinting(channels: Channels, model: str = "long") -> GoogleRecognizer:
    return GoogleRecognizer(channels, models=[model], hints=lambda expectation: HINTS.get(expectation, []))


def hinted(google: GoogleEmulator) -> list[list[str]]:
    """Return the hints of every stream."""
    return [
        [
            phrase.value
            for phrases in config.config.adaptation.phrase_sets
            for phrase in phrases.inline_phrase_set.phrases
        ]
        for config in google.seen.configs
    ]


async def test_hints_that_a_model_refuses_are_left_out(google: GoogleEmulator, channels: Channels) -> None:
    await hinting(channels, "latest_long").warm_up()
    assert hinted(google) == [["Нокіан", "Мішлен"], []]


async def test_a_model_that_refused_hints_is_not_given_any_later(google: GoogleEmulator, channels: Channels) -> None:
    recognizer = hinting(channels, "latest_long")
    await recognizer.warm_up()
    async with listening(recognizer) as caller:
        caller.ear.expect(Expectation.PHONE)
        caller.say("нуль")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["нуль"]
    assert not any(hinted(google)[1:])


async def test_what_is_asked_for_chooses_the_hints_of_the_stream_that_hears_the_answer(
    google: GoogleEmulator, channels: Channels
) -> None:
    recognizer = hinting(channels)
    await recognizer.warm_up()
    async with listening(recognizer) as caller:
        caller.say("шини")
        caller.ear.finish()
        await caller.until_finals(1)
        caller.pause(0.5)
        caller.ear.expect(Expectation.PHONE)
        caller.pause(0.2)
        caller.say("нуль шістдесят сім")
        caller.ear.finish()
        assert await caller.until_finals(2) == ["шини", "нуль шістдесят сім"]
    assert ["нуль", "сім"] in hinted(google)
    assert recognizer.figures.reopened == 0


async def test_who_speaks_already_is_heard_on_by_the_same_stream(google: GoogleEmulator, channels: Channels) -> None:
    recognizer = hinting(channels)
    await recognizer.warm_up()
    async with listening(recognizer) as caller:
        await until(lambda: len(google.seen.configs) == 2, "the first stream")
        caller.say("нуль шістдесят")
        caller.ear.expect(Expectation.PHONE)
        await caller.until_interim("нуль шістдесят")
        caller.say("сім")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["нуль шістдесят сім"]
        await until(lambda: len(google.seen.configs) == 3, "the stream of the next utterance")
    assert hinted(google) == [["Нокіан", "Мішлен"], ["Нокіан", "Мішлен"], ["нуль", "сім"]]


async def test_questions_with_the_same_hints_share_a_stream(google: GoogleEmulator, channels: Channels) -> None:
    recognizer = hinting(channels)
    await recognizer.warm_up()
    async with listening(recognizer) as caller:
        await until(lambda: len(google.seen.configs) == 2, "the first stream")
        caller.ear.expect(Expectation.NAME)
        caller.say("Олена")
        await caller.until_interim("Олена")
    assert len(google.seen.configs) == 2


async def test_hints_that_are_refused_for_one_question_are_left_out_there(
    google: GoogleEmulator, channels: Channels
) -> None:
    recognizer = hinting(channels)
    await recognizer.warm_up()
    async with listening(recognizer) as caller:
        caller.pause(0.5)
        await until(lambda: len(google.seen.configs) == 2, "the first stream")
        google.speech.refused_hints = {"нуль"}
        caller.ear.expect(Expectation.PHONE)
        caller.pause(0.2)
        caller.say("нуль шістдесят сім")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["нуль шістдесят сім"]
        assert caller.failure is None
    assert ["нуль", "сім"] in hinted(google) and hinted(google)[-1] == []


async def test_hints_follow_the_catalogue_and_are_built_once(google: GoogleEmulator, channels: Channels) -> None:
    brands = ["Нокіан"]
    configurations = Configurations(
        channels, languages=["uk-UA"], location="eu", models=["long"], hints=lambda _: tuple(brands)
    )
    first = await configurations.accepted(Expectation.FREE)
    assert await configurations.accepted(Expectation.FREE) is first
    brands.append("Мішлен")
    renewed = await configurations.accepted(Expectation.FREE)
    [phrases] = renewed.streaming_config.config.adaptation.phrase_sets
    assert [phrase.value for phrase in phrases.inline_phrase_set.phrases] == ["Нокіан", "Мішлен"]


async def test_what_google_is_asked_for(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    await recognizer.warm_up()
    config = google.seen.configs[-1]
    assert google.seen.recognizers[-1] == "projects/shop/locations/eu/recognizers/_"
    assert list(config.config.language_codes) == ["uk-UA", "ru-RU"]
    assert config.config.features.enable_automatic_punctuation
    assert config.streaming_features.interim_results
    assert not config.streaming_features.enable_voice_activity_events
    assert not config.streaming_features.HasField("voice_activity_timeout")


async def test_when_no_model_is_taken_the_message_names_the_cause(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.refused_languages = {"uk-UA"}
    with pytest.raises(Unavailable, match=r"language uk-UA is not supported.*settings"):
        await recognizer.warm_up()


async def test_warming_up_against_a_provider_that_hangs_is_bounded(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    google.speech.hangs = True
    began = anyio.current_time()
    with pytest.raises(Unavailable, match="within 5 s"):
        await recognizer.warm_up()
    assert anyio.current_time() - began < 6


async def test_a_slow_reader_misses_the_oldest_audio_and_never_stops_the_caller(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    await recognizer.warm_up()
    google.speech.open_delay = 1.0
    google.speech.read_delay = 0.05
    async with listening(recognizer) as caller:
        began = anyio.current_time()
        caller.say("перше " * 10)
        for _ in range(60):
            caller.pause(1.0)
        caller.say("останнє")
        assert anyio.current_time() - began < 0.5
        await caller.until_interim("останнє")
    assert recognizer.figures.dropped_seconds > 50
    assert google.seen.longest_message_bytes < 15 * 1024


async def test_forty_milliseconds_in_speech_and_a_tenth_of_a_second_in_silence(
    google: GoogleEmulator, recognizer: GoogleRecognizer
) -> None:
    await recognizer.warm_up()

    async def messages(frames: list[Frame], *, voiced: bool) -> int:
        before = google.seen.speech_messages
        for frame in frames:
            caller.ear.hear(frame, voiced=voiced)
            await anyio.sleep(0.002)
        await anyio.sleep(0.05)
        return google.seen.speech_messages - before

    async with listening(recognizer) as caller:
        assert 23 <= await messages([SILENCE] * 50, voiced=True) <= 25
        assert 10 <= await messages([SILENCE] * 50, voiced=False) <= 16


async def test_a_line_without_audio_keeps_its_stream(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    await recognizer.warm_up()
    asked = google.seen.speech_streams
    google.speech.idle_limit = 1.6
    async with listening(recognizer) as caller:
        await anyio.sleep(3.5)
        caller.say("так")
        caller.ear.finish()
        assert await caller.until_finals(1) == ["так"]
        assert google.seen.speech_streams - asked <= 2
        assert recognizer.figures.reopened == 0


async def test_an_old_stream_is_rotated_at_a_pause_and_no_word_is_lost_or_doubled(
    google: GoogleEmulator, channels: Channels
) -> None:
    recognizer = GoogleRecognizer(channels, rotate_after_seconds=0.8)
    await recognizer.warm_up()
    google.speech.stream_limit = 3.4
    words = "нуль пять нуль сім один два три чотири".split()
    async with listening(recognizer) as caller:
        for word in words:
            for frame in speech_frames(word):
                caller.ear.hear(frame, voiced=True)
                await anyio.sleep(FRAME_SECONDS / 2)
            for _ in range(40):
                caller.ear.hear(SILENCE, voiced=False)
                await anyio.sleep(FRAME_SECONDS / 2)
        caller.ear.finish()
        assert await caller.until_finals(1) == [" ".join(words)]
        assert recognizer.figures.rotated >= 3
        assert recognizer.figures.reopened == 0


async def test_a_caller_who_never_pauses_is_heard_across_the_end_of_a_stream(
    google: GoogleEmulator, channels: Channels
) -> None:
    recognizer = GoogleRecognizer(channels, rotate_after_seconds=0.5)
    await recognizer.warm_up()
    google.speech.stream_limit = 1.5
    words = [f"слово{number}" for number in range(10)]
    async with listening(recognizer) as caller:
        for frame in speech_frames(" ".join(words)):
            caller.ear.hear(frame, voiced=True)
            await anyio.sleep(FRAME_SECONDS)
        caller.ear.finish()
        assert await caller.until_finals(1) == [" ".join(words)]
        assert recognizer.figures.reopened >= 1
        assert recognizer.figures.rotated == 0


async def test_after_the_call_nothing_is_left_open(
    google: GoogleEmulator, channels: Channels, recognizer: GoogleRecognizer
) -> None:
    async with listening(recognizer) as caller:
        caller.say("так")
        caller.ear.finish()
        caller.say("і ще")
        await caller.until_finals(1)
    await until(lambda: google.seen.speech_open == 0, "the provider's streams end with the call")
    await until(lambda: channels.open_streams == 0, "the channel's places are given back")


async def test_many_streams_share_connections_of_eighty(google: GoogleEmulator, recognizer: GoogleRecognizer) -> None:
    await recognizer.warm_up()
    async with anyio.create_task_group() as tasks:
        heard: list[str] = []

        async def call(number: int) -> None:
            async with listening(recognizer) as caller:
                caller.say(f"номер {number}")
                await caller.until_interim(f"номер {number}")
                await until(lambda: google.seen.speech_most_open >= 170, "all calls are open at once")
                caller.ear.finish()
                heard.extend(await caller.until_finals(1))

        for number in range(170):
            tasks.start_soon(call, number)
    assert sorted(heard) == sorted(f"номер {number}" for number in range(170))
    assert google.seen.speech_most_open >= 170


async def test_a_hundred_utterances_leave_no_memory_behind(recognizer: GoogleRecognizer) -> None:
    logging.getLogger("asyncio").setLevel(logging.ERROR)

    async def utterances(caller: Listening, count: int) -> int:
        done = len(caller.finals)
        for number in range(count):
            caller.say("так")
            caller.ear.finish()
            await caller.until_finals(done + number + 1)
        caller.told.clear()
        gc.collect()
        return len(gc.get_objects())

    async with listening(recognizer) as caller:
        await utterances(caller, 20)
        before = await utterances(caller, 20)
        after = await utterances(caller, 100)
        assert after - before < 1_000, "objects grow with the number of streams"
