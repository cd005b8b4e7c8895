"""What is agreed to, and when: a yes over a read-back, and one that turns out to be none."""

from collections.abc import Mapping, Sequence

import anyio
import pytest

from adapters.memory.scripted_model import Answer
from application.calls.tools.toolbox import Done
from application.ports.language import Prompt, ToolSpec
from domain.dialog.events import ToolStarted
from domain.facts import Deed, Facts
from domain.hand_over import Agreed
from domain.limits import Limits
from domain.transcript import CallerTurn, ToolCall, ToolUse, Turn
from tests.application.calls.desk import Dictated, a_desk, conducting
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

CONFIRM = ToolCall("1", "confirm_order", {})
READ_BACK = "Чотири шини у Київ, оплата карткою. Оформлюємо?"


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Confirm:
    """A tool that reads an order out, and keeps what the caller had said each time it was used."""

    spec = ToolSpec("confirm_order", "Place the order.", {"type": "object", "properties": {}})

    def __init__(self) -> None:
        self.answers: list[CallerTurn] = []

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        self.answers.append([turn for turn in turns if isinstance(turn, CallerTurn)][-1])
        return Done(told="{}", say=READ_BACK)


def confirming(prompt: Prompt) -> str | Answer:
    return "Добре." if isinstance(prompt.turns[-1], ToolUse) else Answer("", (CONFIRM,))


async def test_a_yes_over_a_read_back_is_marked_and_one_after_it_is_not() -> None:
    tool = Confirm()
    desk = await a_desk(script=confirming, tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("оформіть замовлення")
        await desk.hear("шини")
        await desk.say("так, беру")
        await desk.hear_out(f"{READ_BACK} {READ_BACK}")
        await desk.say("так, беру")
        await desk.until(lambda: len(tool.answers) == 3, "the tool was used")
    assert [answer.early for answer in tool.answers] == [False, True, False]


@pytest.mark.parametrize("words_before", ["", "Хвилинку."])
async def test_a_yes_that_turns_out_to_be_none_changes_nothing(words_before: str) -> None:
    """The recognizer takes the last of it back when the agent has already begun to answer."""
    tool, ear = Confirm(), Dictated()

    def script(prompt: Prompt) -> str | Answer:
        return "Добре." if isinstance(prompt.turns[-1], ToolUse) else Answer(words_before, (CONFIRM,))

    desk = await a_desk(script=script, recognizer=ear, tools=[tool], limits=Limits(considered=0))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.cough(0.5)
        ear.believe("так", final=False)
        await desk.until(lambda: len(desk.turns) == 3, "the yes is answered")
        await desk.pause(1)
        ear.believe("не так", final=True)
        await desk.until(lambda: bool(tool.answers), "the tool is used")
    assert [answer.text for answer in tool.answers] == ["не так"]


async def test_a_recognizer_that_brings_no_final_delays_what_is_agreed_but_does_not_lose_it() -> None:
    tool, ear = Confirm(), Dictated()
    desk = await a_desk(script=confirming, recognizer=ear, tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.cough(0.5)
        ear.believe("так", final=False)
        await desk.until(lambda: bool(tool.answers), "the tool is used", within=5)
    assert [answer.text for answer in tool.answers] == ["так"]


class Slow:
    """A tool that takes its time, and is done in the end."""

    spec = Confirm.spec

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        await anyio.sleep(self.seconds)
        return Done(told="{}", facts=Facts(deeds=frozenset({Deed.ORDERED})), say="Замовлення оформлено.")


@pytest.mark.parametrize(
    ("seconds", "told"), [(2, Agreed(done=("Замовлення оформлено.",))), (10, Agreed(at_work=("confirm_order",)))]
)
async def test_an_operator_knows_what_was_being_done_when_the_caller_asked_for_a_person(
    seconds: float, told: Agreed
) -> None:
    desk = await a_desk(script=confirming, tools=[Slow(seconds)])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("оформлюйте замовлення")
        await desk.until_told(ToolStarted)
        desk.leg.press("0")
        await desk.record()
    assert desk.switchboard.cards[desk.leg.call_id].agreed == told
