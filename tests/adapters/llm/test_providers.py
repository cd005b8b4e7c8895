"""What every provider's model promises, through real HTTP."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing

import anyio
import pytest

from adapters.llm.errors import Kind, ModelFailure
from application.ports.language import Delta, LanguageModel, Prompt, ToolSpec, Words
from application.ports.metering import Meter, uncounted
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.usage import ModelUsage, Usage
from tests.adapters.llm.providers import KEY, PROVIDERS, Model
from tests.harness.llm import LanguageEmulator, Trouble
from tests.harness.llm_requests import last_results, last_words, remark
from tests.harness.llm_streams import Call, Script

pytestmark = pytest.mark.anyio

SEARCH = ToolSpec(
    "search_tires",
    "Find tyres.",
    {"type": "object", "properties": {"width": {"type": "integer"}, "season": {"type": "string"}}},
)
ORDER = ToolSpec("get_order_status", "Find an order.", {"type": "object", "properties": {}})


@pytest.fixture
async def emulator() -> AsyncIterator[LanguageEmulator]:
    async with LanguageEmulator() as emulator:
        yield emulator


@pytest.fixture(params=PROVIDERS)
def model(request: pytest.FixtureRequest, emulator: LanguageEmulator) -> Model:
    return PROVIDERS[request.param](emulator)


def prompt(
    *turns: Turn, tools: Sequence[ToolSpec] = (SEARCH, ORDER), instructions: str = "Відповідай коротко."
) -> Prompt:
    return Prompt(instructions, tools, turns or (CallerTurn("Добрий день"),))


async def answer(
    model: LanguageModel, asked: Prompt, said: list[Delta] | None = None, *, used: Meter = uncounted
) -> list[Delta]:
    said = [] if said is None else said
    with anyio.fail_after(10):
        async with aclosing(model.reply(asked, used)) as deltas:
            async for delta in deltas:
                said.append(delta)
    return said


async def taken(model: LanguageModel, asked: Prompt) -> ModelUsage:
    """Return what a whole answer took."""
    usages: list[Usage] = []
    await answer(model, asked, used=usages.append)
    (usage,) = usages
    assert isinstance(usage, ModelUsage)
    return usage


def words(deltas: Sequence[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Words))


def calls(deltas: Sequence[Delta]) -> list[ToolCall]:
    return [delta for delta in deltas if isinstance(delta, ToolCall)]


async def failure(model: LanguageModel, asked: Prompt, said: list[Delta] | None = None) -> ModelFailure:
    with pytest.raises(ModelFailure) as caught:
        await answer(model, asked, said)
    return caught.value


async def test_words_come_in_pieces_that_join_to_the_answer(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_with(lambda messages: Script(f"Чую вас: {last_words(messages)}. Що далі?"))
    deltas = await answer(model, prompt(CallerTurn("зимові шини")))
    assert words(deltas) == "Чую вас: зимові шини. Що далі?"
    assert len(deltas) > 5


async def test_the_first_words_come_before_the_last_are_made(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_next(Script("Одне " + "слово " * 200))
    emulator.tokens_per_second = 20
    with anyio.fail_after(2):
        async with aclosing(model.reply(prompt())) as deltas:
            assert await anext(deltas) == Words("Одне ")


async def test_a_tool_call_comes_whole_and_after_the_words(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_next(Script("Зараз подивлюся.", [Call("search_tires", {"width": 205, "season": "зима"})]))
    deltas = await answer(model, prompt())
    (call,) = calls(deltas)
    assert (call.name, call.arguments) == ("search_tires", {"width": 205, "season": "зима"})
    assert words(deltas[: deltas.index(call)]) == "Зараз подивлюся."


async def test_several_tool_calls_stay_apart(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_next(
        Script(
            calls=[
                Call("search_tires", {"width": 205}),
                Call("search_tires", {"width": 195}),
                Call("get_order_status", {}),
            ]
        )
    )
    made = calls(await answer(model, prompt()))
    assert [(call.name, call.arguments) for call in made] == [
        ("search_tires", {"width": 205}),
        ("search_tires", {"width": 195}),
        ("get_order_status", {}),
    ]
    assert len({call.id for call in made}) == 3


async def test_tool_calls_without_ids_get_ids_of_their_own(model: Model, emulator: LanguageEmulator) -> None:
    emulator.misbehave(Trouble.NO_IDS)
    emulator.answer_next(Script(calls=[Call("search_tires", {"width": 205}), Call("search_tires", {"width": 195})]))
    made = calls(await answer(model, prompt()))
    assert [call.arguments["width"] for call in made] == [205, 195]
    assert len({call.id for call in made} - {""}) == 2


async def test_a_beginning_tool_call_gives_a_sign_of_life(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_next(Script(calls=[Call("search_tires", {"season": "дуже довгий текст " * 20})]))
    emulator.tokens_per_second = 5
    with anyio.fail_after(2):
        async with aclosing(model.reply(prompt())) as deltas:
            assert await anext(deltas) == Words("")


async def test_what_an_answer_took_is_told_once(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_next(Script("Раз два три."))
    usage = await taken(model, prompt())
    assert usage.input_tokens > 20 and usage.output_tokens == 3
    assert usage.provider in PROVIDERS and usage.model.endswith("-test")
    assert not usage.estimated


async def test_an_answer_that_is_given_up_took_what_was_read_and_written_by_then(
    model: Model, emulator: LanguageEmulator
) -> None:
    whole = await taken(model, prompt())
    emulator.answer_next(Script("Раз " + "слово " * 200))
    emulator.tokens_per_second = 20
    taken_by: list[Usage] = []
    async with aclosing(model.reply(prompt(), taken_by.append)) as deltas:
        assert isinstance(await anext(deltas), Words)
    (usage,) = taken_by
    assert isinstance(usage, ModelUsage)
    assert usage.estimated
    assert 0.3 < usage.input_tokens / whole.input_tokens < 20
    assert 1 <= usage.output_tokens <= 3


async def test_an_answer_that_is_given_up_before_it_begins_took_what_was_read(
    model: Model, emulator: LanguageEmulator
) -> None:
    emulator.misbehave(Trouble.MUTE)
    taken_by: list[Usage] = []
    with anyio.move_on_after(0.2):
        await answer(model, prompt(), used=taken_by.append)
    (usage,) = taken_by
    assert isinstance(usage, ModelUsage)
    assert (usage.estimated, usage.output_tokens) == (True, 0)
    assert usage.input_tokens > 20


@pytest.mark.parametrize("trouble", [Trouble.OVERLOADED, Trouble.UNAUTHORIZED])
async def test_a_request_that_is_refused_takes_nothing(
    model: Model, emulator: LanguageEmulator, trouble: Trouble
) -> None:
    emulator.misbehave(trouble)
    taken_by: list[Usage] = []
    with pytest.raises(ModelFailure):
        await answer(model, prompt(), used=taken_by.append)
    assert taken_by == []


async def test_an_answer_that_breaks_off_took_what_was_written(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_next(Script("Раз два три чотири п'ять шість."))
    emulator.misbehave(Trouble.CUT)
    taken_by: list[Usage] = []
    with pytest.raises(ModelFailure):
        await answer(model, prompt(), used=taken_by.append)
    (usage,) = taken_by
    assert isinstance(usage, ModelUsage)
    assert usage.estimated and usage.output_tokens > 0


async def test_what_is_put_into_the_cache_is_told_apart(emulator: LanguageEmulator) -> None:
    model = PROVIDERS["anthropic"](emulator)
    first, again = await taken(model, prompt()), await taken(model, prompt())
    assert 20 < first.written_tokens < first.input_tokens
    assert again.written_tokens == 0
    assert again.cached_tokens == first.written_tokens


async def test_the_stable_part_of_the_prompt_is_read_from_the_cache(model: Model) -> None:
    first = await taken(model, prompt(CallerTurn("раз"), tools=[SEARCH, ORDER]))
    again = await taken(model, prompt(CallerTurn("два"), tools=[ORDER, SEARCH]))
    assert first.cached_tokens == 0
    assert 20 < again.cached_tokens < again.input_tokens
    assert first.input_tokens == again.input_tokens


async def test_what_holds_at_this_moment_is_told_last_and_is_nobody_s_words(
    model: Model, emulator: LanguageEmulator
) -> None:
    for turns in (
        (CallerTurn("шини"),),
        (CallerTurn("шини"), ToolUse(ToolCall("1", "search_tires", {}), "три")),
        (CallerTurn("шини"), AgentTurn("Які?")),
    ):
        await answer(model, Prompt("Відповідай.", (SEARCH, ORDER), turns, note="Ask the size."))
        asked = emulator.requests[-1].messages
        assert remark(asked) == "<state>\nAsk the size.\n</state>"
        assert last_words(asked) != remark(asked)
    assert emulator.violations == []


async def test_a_note_leaves_the_stable_part_in_the_cache(model: Model) -> None:
    await answer(model, prompt(CallerTurn("раз")))
    usage = await taken(model, Prompt("Відповідай коротко.", (SEARCH, ORDER), (CallerTurn("два"),), "Ask."))
    assert usage.cached_tokens > 20


async def test_new_instructions_leave_the_tools_in_the_cache(emulator: LanguageEmulator) -> None:
    model = PROVIDERS["anthropic"](emulator)
    await answer(model, prompt(instructions="Стара настанова."))
    usage = await taken(model, prompt(instructions="Нова настанова."))
    assert 20 < usage.cached_tokens < usage.input_tokens


@pytest.mark.parametrize("trouble", [Trouble.NULLS, Trouble.NO_END, Trouble.LATE_USAGE])
async def test_a_stream_that_departs_from_the_book_is_understood(
    model: Model, emulator: LanguageEmulator, trouble: Trouble
) -> None:
    emulator.misbehave(trouble)
    emulator.answer_next(Script("Зараз подивлюся, хвилинку.", [Call("search_tires", {"width": 205})]))
    usages: list[Usage] = []
    deltas = await answer(model, prompt(), used=usages.append)
    assert words(deltas) == "Зараз подивлюся, хвилинку."
    assert [call.arguments for call in calls(deltas)] == [{"width": 205}]
    assert len(usages) == 1


async def test_an_empty_completion_is_an_empty_answer(model: Model, emulator: LanguageEmulator) -> None:
    emulator.misbehave(Trouble.EMPTY)
    deltas = await answer(model, prompt())
    assert deltas == []


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble.UNAUTHORIZED, Kind.REFUSED),
        (Trouble.RATE_LIMITED, Kind.RATE_LIMITED),
        (Trouble.SERVER_ERROR, Kind.BROKEN),
        (Trouble.OVERLOADED, Kind.OVERLOADED),
        (Trouble.NO_JSON, Kind.MALFORMED),
    ],
)
async def test_an_error_says_who_and_how_and_is_tried_once(
    model: Model, emulator: LanguageEmulator, trouble: Trouble, kind: Kind
) -> None:
    emulator.misbehave(trouble)
    failed = await failure(model, prompt())
    assert failed.kind is kind
    assert str(failed).startswith(f"{failed.provider}: {kind.value}")
    assert len(emulator.requests) == 1


@pytest.mark.parametrize("trouble", [Trouble.UNAUTHORIZED, Trouble.SERVER_ERROR])
async def test_an_error_keeps_the_key_to_itself(model: Model, emulator: LanguageEmulator, trouble: Trouble) -> None:
    emulator.misbehave(trouble)
    failed = await failure(model, prompt())
    assert KEY not in str(failed) and failed.__suppress_context__ and failed.__cause__ is None


async def test_a_connection_that_breaks_in_the_middle_is_a_failure(model: Model, emulator: LanguageEmulator) -> None:
    emulator.misbehave(Trouble.CUT)
    emulator.answer_next(Script("Раз два три чотири."))
    said: list[Delta] = []
    failed = await failure(model, prompt(), said)
    assert words(said) == "Раз два "
    assert failed.kind is Kind.BROKEN


async def test_an_error_within_the_stream_is_a_failure(model: Model, emulator: LanguageEmulator) -> None:
    emulator.misbehave(Trouble.ERROR_EVENT)
    emulator.answer_next(Script("Раз два три чотири."))
    failed = await failure(model, prompt())
    assert failed.kind in {Kind.OVERLOADED, Kind.BROKEN}


async def test_nobody_there_is_a_failure(model: Model, emulator: LanguageEmulator) -> None:
    await emulator.stop()
    assert (await failure(model, prompt())).kind is Kind.BROKEN


async def test_arguments_that_are_no_json_make_the_answer_malformed(model: Model, emulator: LanguageEmulator) -> None:
    emulator.misbehave(Trouble.MALFORMED_CALL)
    emulator.answer_next(Script(calls=[Call("search_tires", {"width": 205})]))
    assert (await failure(model, prompt())).kind is Kind.MALFORMED


async def test_closing_the_answer_ends_the_stream_at_once(model: Model, emulator: LanguageEmulator) -> None:
    emulator.tokens_per_second = 5
    emulator.answer_next(Script("слово " * 500))
    deltas = model.reply(prompt())
    await anext(deltas)
    await deltas.aclose()
    with anyio.fail_after(1):
        await emulator.stream_abandoned()


async def test_cancelling_whoever_waits_for_the_first_word_ends_the_stream(
    model: Model, emulator: LanguageEmulator
) -> None:
    emulator.misbehave(Trouble.HANG)
    with anyio.move_on_after(0.2) as scope:
        await answer(model, prompt())
    assert scope.cancelled_caught
    with anyio.fail_after(1):
        await emulator.stream_abandoned()


def use(name: str, number: int, result: str = '{"found": 3}', *, failed: bool = False) -> ToolUse:
    return ToolUse(ToolCall(f"id {number}", name, {"width": number}), result, failed)


@pytest.mark.parametrize(
    "turns",
    [
        (),
        (AgentTurn("Добрий день!"), CallerTurn("Шини")),
        (AgentTurn("Добрий день!"),),
        (CallerTurn("Шини"), use("search_tires", 1)),
        (CallerTurn("Шини"), AgentTurn("Хвилинку."), use("search_tires", 1), use("get_order_status", 1)),
        (CallerTurn("Шини"), use("search_tires", 1), CallerTurn("Ні, стривайте"), use("search_tires", 1)),
        (CallerTurn("Шини"), use("search_tires", 1), AgentTurn("Є три", cut=True), CallerTurn("А дешевші?")),
        (use("search_tires", 1, "", failed=True), AgentTurn("", cut=True), CallerTurn("  "), CallerTurn("Так")),
        (CallerTurn(""), AgentTurn(""), CallerTurn("")),
        (CallerTurn("Раз"), CallerTurn("два"), AgentTurn("Три"), AgentTurn("чотири")),
    ],
)
async def test_any_history_is_a_request_that_the_provider_takes(
    model: Model, emulator: LanguageEmulator, turns: tuple[Turn, ...]
) -> None:
    assert words(await answer(model, Prompt("Відповідай коротко.", [SEARCH], turns))) == "Добре."
    assert emulator.violations == []


async def test_a_prompt_may_be_no_more_than_words(model: Model, emulator: LanguageEmulator) -> None:
    assert words(await answer(model, prompt(tools=(), instructions=""))) == "Добре."
    assert emulator.violations == []


async def test_the_model_learns_what_the_tool_found(model: Model, emulator: LanguageEmulator) -> None:
    emulator.answer_with(lambda messages: Script(" / ".join(last_results(messages))))
    said = await answer(
        model, prompt(CallerTurn("Шини"), use("search_tires", 1, "три шини"), use("search_tires", 2, "жодної"))
    )
    assert words(said) == "три шини / жодної"


async def test_the_model_learns_that_it_was_cut_short(model: Model, emulator: LanguageEmulator) -> None:
    await answer(model, prompt(CallerTurn("Шини"), AgentTurn("У нас є", cut=True), CallerTurn("Скільки?")))
    assert "У нас є —" in str(emulator.requests[-1].messages)


async def test_a_warmed_connection_serves_the_first_caller(model: Model, emulator: LanguageEmulator) -> None:
    await model.warm_up()
    await answer(model, prompt())
    assert [asked.path.rpartition("/")[2] for asked in emulator.requests] == [
        "models",
        emulator.requests[-1].path.rpartition("/")[2],
    ]
    assert len({asked.connection for asked in emulator.requests}) == 1


@pytest.mark.parametrize("trouble", [Trouble.UNAUTHORIZED, Trouble.SERVER_ERROR])
async def test_a_failed_warm_up_is_nobodys_trouble(model: Model, emulator: LanguageEmulator, trouble: Trouble) -> None:
    emulator.misbehave(trouble)
    await model.warm_up()
    assert len(emulator.requests) == 1
