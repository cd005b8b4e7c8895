from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, asynccontextmanager

import anyio
import pytest

from adapters.offline.espeak import EspeakSynthesizer
from adapters.offline.pocketsphinx_recognizer import PocketsphinxRecognizer
from adapters.offline.rules.intents import Intent, intent_of
from adapters.offline.rules.said import read
from adapters.utterances import UtteranceEar
from application.ports.speech import Ear, SpeechRecognizer
from domain.audio import SILENCE, Frame
from domain.limits import Limits
from domain.shop.catalog import TireSize
from domain.speech import Expectation, Hypothesis

pytestmark = pytest.mark.anyio

VOICE = EspeakSynthesizer(voice="en-us", words_per_minute=165)
ORDINARY = {
    "hello": Intent.GREETING,
    "I need winter tires": Intent.TIRES,
    "what are your opening hours": Intent.HOURS,
    "are you open on sunday": Intent.HOURS,
    "where are you located": Intent.ADDRESS,
    "how much is tire fitting": Intent.PRICE,
    "how long does delivery take": Intent.DELIVERY,
    "can I speak to an operator": Intent.OPERATOR,
    "I want to talk to a person": Intent.OPERATOR,
    "where is my order": Intent.ORDER,
    "can you repeat that": Intent.REPEAT,
    "yes please": Intent.YES,
    "no": Intent.NO,
    "thank you goodbye": Intent.GOODBYE,
}
BABBLE = [
    "the weather in the mountains was terrible yesterday",
    "a purple elephant sings in the kitchen",
    "we watched the football match until midnight",
    "he painted the ceiling with a small brush",
    "my flight to london leaves in the morning",
    "my grandmother is baking a cake with blueberries",
    "seventeen musicians travelled to australia by train",
    "the committee discussed the budget proposal",
    "the dog chased the squirrel around the garden",
    "mathematics is a difficult subject for many children",
]
PAUSE = [SILENCE] * 25


async def spoken(text: str, synthesizer: EspeakSynthesizer = VOICE) -> list[Frame]:
    async with synthesizer.voice() as voice, aclosing(voice.say(text)) as pieces:
        return [frame async for piece in pieces for frame in piece]


def tell(ear: Ear, audio: Sequence[Frame]) -> None:
    for frame in audio:
        ear.hear(frame, voiced=True)
    for frame in PAUSE:
        ear.hear(frame, voiced=False)


@asynccontextmanager
async def listening(
    recognizer: SpeechRecognizer,
) -> AsyncGenerator[tuple[Ear, AsyncGenerator[Hypothesis, None]], None]:
    with anyio.fail_after(120):
        async with recognizer.listen(None) as ear, aclosing(ear.hypotheses()) as hypotheses:
            yield ear, hypotheses


async def finals(
    texts: Sequence[str], expectation: Expectation = Expectation.FREE, *, voice: EspeakSynthesizer = VOICE
) -> list[Hypothesis]:
    """Say each text as an utterance; return what the recognizer believes in the end."""
    heard: list[Hypothesis] = []
    async with listening(PocketsphinxRecognizer(decode_seconds=60)) as (ear, hypotheses):
        ear.expect(expectation)
        for text in texts:
            tell(ear, await spoken(text, voice))
            ear.finish()
            while not (hypothesis := await anext(hypotheses)).final:
                pass
            heard.append(hypothesis)
    return heard


def understood(hypothesis: Hypothesis) -> Intent | None:
    """Return the intent as the application would see it."""
    assert hypothesis.confidence is not None
    if hypothesis.confidence < Limits().confidence:
        return None
    return intent_of(hypothesis.text)


async def test_ordinary_sentences_on_the_telephone_are_understood() -> None:
    heard = await finals(list(ORDINARY))
    wrong = [
        (said, hypothesis.text, hypothesis.confidence)
        for (said, intent), hypothesis in zip(ORDINARY.items(), heard, strict=True)
        if understood(hypothesis) is not intent
    ]
    assert len(wrong) <= 2, wrong
    assert [hypothesis.utterance for hypothesis in heard] == list(range(len(ORDINARY)))


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("the cheaper one please four tires", "pieces", 4),
        ("delivery to odessa twenty park street", "address", "20 Park Street"),
        ("cash my name is alexander", "name", "Alexander"),
        ("cash on delivery", "payment", "cod"),
        ("i need winter tires one eighty five fifty five fifteen", "size", TireSize(185, 55, 15)),
        ("deliver to dnipro", "city", "Дніпро"),
    ],
)
async def test_what_is_answered_in_a_shop_is_understood(said: str, field: str, value: object) -> None:
    (heard,) = await finals([said], voice=EspeakSynthesizer(voice="en-us+m3", words_per_minute=150))
    assert getattr(read(heard.text), field) == value, heard


async def test_of_ten_sentences_of_babble_at_most_one_is_taken_for_a_command() -> None:
    taken = [hypothesis for hypothesis in await finals(BABBLE) if understood(hypothesis) is not None]
    assert len(taken) <= 1, taken


async def test_a_yes_or_no_is_heard_where_one_is_expected_and_an_operator_too() -> None:
    heard = await finals(["yes", "no", "operator please"], Expectation.YES_NO)
    assert [understood(hypothesis) for hypothesis in heard] == [Intent.YES, Intent.NO, Intent.OPERATOR]


async def test_digits_are_heard_where_they_are_expected() -> None:
    (heard,) = await finals(["three eight two five"], Expectation.ORDER_NUMBER)
    assert heard.text == "three eight two five"


async def test_a_pause_brings_an_interim_that_the_final_confirms() -> None:
    async with listening(PocketsphinxRecognizer(decode_seconds=60)) as (ear, hypotheses):
        tell(ear, await spoken("where are you located"))
        interim = await anext(hypotheses)
        ear.finish()
        final = await anext(hypotheses)
    assert (interim.final, final.final) == (False, True)
    assert interim.text == final.text == "where are you located"


async def test_what_is_said_after_the_interim_is_in_the_final() -> None:
    async with listening(PocketsphinxRecognizer(decode_seconds=60)) as (ear, hypotheses):
        tell(ear, await spoken("what are your"))
        await anext(hypotheses)
        for frame in await spoken("opening hours"):
            ear.hear(frame, voiced=True)
        ear.finish()
        final = await anext(hypotheses)
    assert "hours" in final.text


async def test_silence_has_an_empty_final() -> None:
    async with listening(PocketsphinxRecognizer()) as (ear, hypotheses):
        ear.finish()
        assert await anext(hypotheses) == Hypothesis(0, "", final=True)


async def test_noise_is_not_understood() -> None:
    async with listening(PocketsphinxRecognizer(decode_seconds=60)) as (ear, hypotheses):
        tell(ear, [Frame(b"\x00\x10\x00\xf0" * 80)] * 25)
        ear.finish()
        while not (final := await anext(hypotheses)).final:
            pass
    assert understood(final) is None


async def test_an_utterance_that_takes_too_long_is_not_understood_and_the_next_is() -> None:
    recognizer = PocketsphinxRecognizer(processes=1, decode_seconds=0.001)
    audio = await spoken("hello")
    async with listening(recognizer) as (ear, hypotheses):
        for frame in audio:
            ear.hear(frame, voiced=True)
        ear.finish()
        assert (await anext(hypotheses)).text == ""
    async with listening(PocketsphinxRecognizer(processes=1, decode_seconds=60)) as (ear, hypotheses):
        for frame in audio:
            ear.hear(frame, voiced=True)
        ear.finish()
        assert (await anext(hypotheses)).text == "hello"


async def test_decoding_leaves_the_event_loop_free() -> None:
    recognizer = PocketsphinxRecognizer(decode_seconds=60)
    await recognizer.warm_up()
    audio = await spoken("I want to check the status of my order")
    slowest = 0.0
    async with listening(recognizer) as (ear, hypotheses):
        assert isinstance(ear, UtteranceEar)
        for frame in audio:
            ear.hear(frame, voiced=True)
        ear.finish()
        async with anyio.create_task_group() as group:

            async def hear() -> None:
                await anext(hypotheses)
                group.cancel_scope.cancel()

            group.start_soon(hear)
            before = anyio.current_time()
            while True:
                await anyio.sleep(0.001)
                slowest, before = max(slowest, anyio.current_time() - before), anyio.current_time()
    assert slowest < 0.15
