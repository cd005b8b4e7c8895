"""Two providers, each with its own troubles, behind one model."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass

import anyio
import pytest
from prometheus_client import CollectorRegistry, generate_latest

from adapters.llm.failover import FailoverModel, NamedModel, Watcher
from adapters.metrics.models import ModelMetrics
from application.ports.language import Delta, Prompt, Words
from application.ports.metering import Meter, uncounted
from domain.breaker import Breaker
from domain.errors import Unavailable
from domain.transcript import CallerTurn, ToolCall
from domain.usage import ModelUsage, Usage
from tests.adapters.llm.providers import anthropic, openai
from tests.harness.llm import LanguageEmulator, Trouble
from tests.harness.llm_streams import Call, Script

pytestmark = pytest.mark.anyio

PROMPT = Prompt("Відповідай коротко.", (), (CallerTurn("Добрий день"),))
FIRST = Script("Перший каже так.")
SECOND = Script("Другий каже ні.")


@dataclass
class Pair:
    first: LanguageEmulator
    second: LanguageEmulator

    def model(self, *, breaker: Breaker | None = None, watcher: Watcher | None = None) -> FailoverModel:
        return failover(
            NamedModel("first", anthropic(self.first)),
            NamedModel("second", openai(self.second)),
            breaker=breaker,
            watcher=watcher,
        )

    @property
    def asked(self) -> tuple[int, int]:
        return len(self.first.requests), len(self.second.requests)


def failover(*models: NamedModel, breaker: Breaker | None = None, watcher: Watcher | None = None) -> FailoverModel:
    return FailoverModel(
        models,
        watcher=watcher,
        first_token_seconds=0.5,
        stall_seconds=1.0,
        give_up_seconds=1.9,
        breaker=breaker or Breaker(),
    )


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    async with AsyncExitStack() as stack:
        first, second = [await stack.enter_async_context(LanguageEmulator()) for _ in range(2)]
        first.answer_with(lambda messages: FIRST)
        second.answer_with(lambda messages: SECOND)
        yield Pair(first, second)


async def hear(model: FailoverModel, said: list[Delta] | None = None) -> str:
    said = [] if said is None else said
    with anyio.fail_after(5):
        async with aclosing(model.reply(PROMPT)) as deltas:
            async for delta in deltas:
                said.append(delta)
    return "".join(delta.text for delta in said if isinstance(delta, Words))


async def test_who_is_well_is_asked_alone(pair: Pair) -> None:
    said: list[Delta] = []
    assert await hear(pair.model(), said) == FIRST.text
    assert pair.asked == (1, 0)


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.OVERLOADED, Trouble.EMPTY, Trouble.NO_JSON])
async def test_a_failure_is_tried_again_with_the_same_provider(pair: Pair, trouble: Trouble) -> None:
    pair.first.misbehave(trouble, times=1)
    assert await hear(pair.model()) == FIRST.text
    assert pair.asked == (2, 0)


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.OVERLOADED, Trouble.EMPTY, Trouble.NO_JSON])
async def test_after_two_failures_the_next_provider_answers(pair: Pair, trouble: Trouble) -> None:
    pair.first.misbehave(trouble)
    assert await hear(pair.model()) == SECOND.text
    assert pair.asked == (2, 1)


@pytest.mark.parametrize("trouble", [Trouble.UNAUTHORIZED, Trouble.RATE_LIMITED, Trouble.HANG, Trouble.MUTE])
async def test_where_another_try_cannot_help_the_next_provider_is_asked_at_once(pair: Pair, trouble: Trouble) -> None:
    pair.first.misbehave(trouble)
    assert await hear(pair.model()) == SECOND.text
    assert pair.asked == (1, 1)


async def test_keep_alives_do_not_make_a_late_answer_timely(pair: Pair) -> None:
    pair.first.misbehave(Trouble.HANG)
    began = anyio.current_time()
    assert await hear(pair.model()) == SECOND.text
    assert 0.5 <= anyio.current_time() - began < 1.5
    with anyio.fail_after(1):
        await pair.first.stream_abandoned()


async def test_a_long_tool_call_is_not_late(pair: Pair) -> None:
    arguments: dict[str, object] = {"summary": "дуже довге пояснення " * 6}
    pair.first.answer_next(Script(calls=[Call("transfer_to_operator", arguments)]))
    pair.first.tokens_per_second = 18
    said: list[Delta] = []
    began = anyio.current_time()
    await hear(pair.model(), said)
    assert anyio.current_time() - began > 0.5
    assert [delta.arguments for delta in said if isinstance(delta, ToolCall)] == [arguments]
    assert pair.asked == (1, 0)


async def test_signs_of_life_are_not_given_away(pair: Pair) -> None:
    pair.first.answer_next(Script("Хвилинку.", calls=[Call("search_tires", {"width": 205})]))
    said: list[Delta] = []
    await hear(pair.model(), said)
    assert [type(delta) for delta in said] == [Words, ToolCall]


async def test_a_malformed_tool_call_is_made_again(pair: Pair) -> None:
    pair.first.misbehave(Trouble.MALFORMED_CALL, times=1)
    pair.first.answer_with(lambda messages: Script(calls=[Call("search_tires", {"width": 205})]))
    said: list[Delta] = []
    assert await hear(pair.model(), said) == ""
    assert [delta.arguments for delta in said if isinstance(delta, ToolCall)] == [{"width": 205}]


@pytest.mark.parametrize("trouble", [Trouble.CUT, Trouble.STALL, Trouble.ERROR_EVENT])
async def test_what_was_said_is_never_said_again(pair: Pair, trouble: Trouble) -> None:
    pair.first.answer_next(Script("Раз два три чотири."))
    pair.first.misbehave(trouble)
    said: list[Delta] = []
    with pytest.raises(Unavailable):
        await hear(pair.model(), said)
    assert said == [Words("Раз "), Words("два ")]
    assert pair.asked == (1, 0)


async def test_when_nobody_answers_all_are_named_in_time(pair: Pair) -> None:
    pair.first.misbehave(Trouble.HANG)
    pair.second.misbehave(Trouble.HANG)
    began = anyio.current_time()
    with pytest.raises(Unavailable, match=r"first: late; second: late"):
        await hear(pair.model())
    assert anyio.current_time() - began < 2.5


async def test_when_all_answers_are_empty_the_answer_is_empty(pair: Pair) -> None:
    pair.first.misbehave(Trouble.EMPTY)
    pair.second.misbehave(Trouble.EMPTY)
    said: list[Delta] = []
    assert await hear(pair.model(), said) == ""
    assert said == []
    assert pair.asked == (2, 1)


async def test_a_dead_provider_is_no_loss(pair: Pair) -> None:
    await pair.first.stop()
    assert await hear(pair.model()) == SECOND.text


async def test_a_provider_without_another_beside_it_is_asked_twice_even_when_it_is_late(pair: Pair) -> None:
    pair.first.misbehave(Trouble.HANG, times=1)
    assert await hear(failover(NamedModel("only", anthropic(pair.first)))) == FIRST.text


async def test_a_provider_without_another_beside_it_gets_a_pause_when_it_asks_for_one(pair: Pair) -> None:
    pair.first.misbehave(Trouble.RATE_LIMITED, times=1)
    began = anyio.current_time()
    assert await hear(failover(NamedModel("only", anthropic(pair.first)))) == FIRST.text
    assert anyio.current_time() - began >= 0.4


async def test_a_provider_that_fails_for_long_is_left_alone_until_it_is_well(pair: Pair) -> None:
    model = pair.model(breaker=Breaker(failures_to_open=2, open_seconds=0.3))
    pair.first.misbehave(Trouble.SERVER_ERROR)
    assert await hear(model) == SECOND.text
    assert await hear(model) == SECOND.text
    assert pair.asked == (2, 2)
    pair.first.behave()
    with anyio.fail_after(3):
        while await hear(model) != FIRST.text:
            pass
    assert await hear(model) == FIRST.text


async def test_when_all_are_left_alone_that_is_said_at_once(pair: Pair) -> None:
    model = pair.model(breaker=Breaker(failures_to_open=1))
    pair.first.misbehave(Trouble.UNAUTHORIZED)
    pair.second.misbehave(Trouble.UNAUTHORIZED)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await hear(model)
    assert pair.asked == (1, 1)


async def test_closing_the_answer_ends_the_stream_and_is_nobodys_failure(pair: Pair) -> None:
    model = pair.model(breaker=Breaker(failures_to_open=1))
    pair.first.tokens_per_second = 3
    deltas = model.reply(PROMPT)
    assert await anext(deltas) == Words("Перший ")
    await deltas.aclose()
    with anyio.fail_after(1):
        await pair.first.stream_abandoned()
    pair.first.tokens_per_second = 0
    assert await hear(model) == FIRST.text


async def test_a_caller_who_does_not_wait_for_the_first_word_is_nobodys_failure(pair: Pair) -> None:
    model = pair.model(breaker=Breaker(failures_to_open=1))
    pair.first.misbehave(Trouble.HANG, times=1)
    with anyio.move_on_after(0.1):
        await hear(model)
    assert await hear(model) == FIRST.text
    assert pair.asked == (2, 0)


@dataclass
class Plain:
    """A model of another kind, which knows nothing of HTTP."""

    pieces: list[Delta]
    ends_well: bool = True

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        for piece in self.pieces:
            yield piece
        if not self.ends_well:
            raise Unavailable("out of order")


async def test_blank_pieces_are_no_beginning(pair: Pair) -> None:
    blank = Plain([Words("\n"), Words(" ")])
    assert await hear(failover(NamedModel("blank", blank), NamedModel("second", openai(pair.second)))) == SECOND.text


async def test_any_model_may_stand_in_the_row(pair: Pair) -> None:
    broken = Plain([], ends_well=False)
    said = await hear(failover(NamedModel("broken", broken), NamedModel("plain", Plain([Words("Так.")]))))
    assert said == "Так."


async def test_a_request_that_is_refused_for_its_content_does_not_count_against_the_provider(pair: Pair) -> None:
    model = failover(NamedModel("first", anthropic(pair.first)), breaker=Breaker(failures_to_open=1))
    pair.first.misbehave(Trouble.BAD_REQUEST, times=1)
    with pytest.raises(Unavailable, match="rejected"):
        await hear(model)
    assert await hear(model) == FIRST.text


async def test_every_provider_that_was_asked_tells_what_it_took(pair: Pair) -> None:
    pair.first.misbehave(Trouble.HANG)
    usages: list[Usage] = []
    with anyio.fail_after(5):
        async with aclosing(pair.model().reply(PROMPT, usages.append)) as deltas:
            said = [delta async for delta in deltas]
    assert "".join(delta.text for delta in said if isinstance(delta, Words)) == SECOND.text
    took = {usage.provider: usage.estimated for usage in usages if isinstance(usage, ModelUsage)}
    assert took == {"anthropic": True, "openai": False}


@dataclass
class Silent:
    """A model that never says a word."""

    asked: int = 0

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        self.asked += 1
        await anyio.sleep_forever()
        yield Words("never")


async def test_whoever_is_next_when_time_is_up_is_not_asked() -> None:
    silent = [Silent() for _ in range(6)]
    with pytest.raises(Unavailable):
        await hear(failover(*(NamedModel(str(number), model) for number, model in enumerate(silent))))
    assert [model.asked for model in silent] == [1, 1, 1, 1, 0, 0]


def watched(pair: Pair, registry: CollectorRegistry) -> FailoverModel:
    return pair.model(watcher=ModelMetrics(registry, ["first", "second"]), breaker=Breaker(failures_to_open=2))


def counted(registry: CollectorRegistry) -> dict[str, float]:
    """Return what is not zero of what can be told to the figure."""
    told = [line.rsplit(" ", 1) for line in generate_latest(registry).decode().splitlines() if line[0] != "#"]
    return {
        name.removeprefix("callcenter_llm_"): float(value)
        for name, value in told
        if float(value) and not any(part in name for part in ("_bucket", "_sum", "_created"))
    }


async def test_an_answer_is_counted_and_timed(pair: Pair) -> None:
    registry = CollectorRegistry()
    await hear(watched(pair, registry))
    assert counted(registry) == {
        'requests_total{provider="first"}': 1,
        'provider_latency_ms_count{provider="first"}': 1,
    }


async def test_each_attempt_counts_and_a_reply_that_is_passed_on_counts_once(pair: Pair) -> None:
    registry = CollectorRegistry()
    pair.first.misbehave(Trouble.SERVER_ERROR)
    model = watched(pair, registry)
    await hear(model)
    await hear(model)  # the first choice is left alone by now
    assert counted(registry) == {
        'requests_total{provider="first"}': 2,
        'errors_total{provider="first"}': 2,
        'requests_total{provider="second"}': 2,
        'provider_latency_ms_count{provider="second"}': 2,
        "fallbacks_total": 2,
    }


async def test_an_answer_that_breaks_off_has_begun_and_failed(pair: Pair) -> None:
    registry = CollectorRegistry()
    pair.first.misbehave(Trouble.CUT)
    with pytest.raises(Unavailable):
        await hear(watched(pair, registry))
    assert counted(registry) == {
        'requests_total{provider="first"}': 1,
        'provider_latency_ms_count{provider="first"}': 1,
        'errors_total{provider="first"}': 1,
    }
