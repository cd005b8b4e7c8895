"""What the model may have done: bounded, and never the end of a call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import anyio
import pytest

from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR, Done, Toolbox, ToolRefused, asked_hand_over
from application.ports.language import ToolSpec
from domain.errors import Unavailable
from domain.facts import Facts
from domain.hand_over import Reason
from domain.transcript import CallerTurn, ToolCall, ToolUse, Turn

pytestmark = pytest.mark.anyio


@dataclass
class SearchTires:
    """A tool that does what it is told to."""

    error: Exception | None = None
    hangs: bool = False
    used: list[Mapping[str, object]] = field(default_factory=list)
    turns: Sequence[Turn] = ()

    @property
    def spec(self) -> ToolSpec:
        return ToolSpec("search_tires", "Search tyres.", {"type": "object", "properties": {}})

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        self.used.append(arguments)
        self.turns = turns
        if self.hangs:
            await anyio.sleep_forever()
        if self.error is not None:
            raise self.error
        return Done(told="три", facts=Facts(quantities=frozenset({3})), say="Три.")


CALL = ToolCall("1", "search_tires", {"width": 205})


TURNS: tuple[Turn, ...] = (CallerTurn("двісті п'ять"),)


async def test_a_tool_gets_the_arguments_and_its_result_stays_with_its_call() -> None:
    tool = SearchTires()
    use = await Toolbox([tool], seconds=1).use(CALL, TURNS)
    assert use == ToolUse(CALL, "три", facts=Facts(quantities=frozenset({3})), say="Три.")
    assert (tool.used, tool.turns) == ([{"width": 205}], TURNS)


async def test_every_call_may_ask_for_a_person() -> None:
    assert Toolbox([], seconds=1).specs(frozenset()) == (TRANSFER_TO_OPERATOR,)
    specs = Toolbox([SearchTires()], seconds=1).specs(frozenset({"search_tires", "fly"}))
    assert [spec.name for spec in specs] == ["search_tires", "transfer_to_operator"]


async def test_a_tool_that_makes_no_sense_now_is_not_offered() -> None:
    assert Toolbox([SearchTires()], seconds=1).specs(frozenset({"fly"})) == (TRANSFER_TO_OPERATOR,)


async def test_a_tool_that_does_not_exist_is_refused() -> None:
    use = await Toolbox([], seconds=1).use(CALL, TURNS)
    assert use.failed and "search_tires" in use.result


async def test_the_model_is_told_why_a_tool_refuses() -> None:
    use = await Toolbox([SearchTires(ToolRefused("No such size."))], seconds=1).use(CALL, TURNS)
    assert use == ToolUse(CALL, "No such size.", failed=True)


async def test_a_shop_that_does_not_answer_fails_the_tool_and_not_the_call() -> None:
    use = await Toolbox([SearchTires(Unavailable("connection refused by 10.0.0.1"))], seconds=1).use(CALL, TURNS)
    assert use.failed and "10.0.0.1" not in use.result


async def test_a_tool_that_takes_too_long_is_not_said_to_have_failed_or_done() -> None:
    with anyio.fail_after(5):
        use = await Toolbox([SearchTires(hangs=True)], seconds=0.01).use(CALL, TURNS)
    assert use.failed and "not known" in use.result


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.TECHNICAL_FAILURE])
async def test_the_model_names_the_reason_for_a_hand_over(reason: Reason) -> None:
    call = ToolCall("1", "transfer_to_operator", {"reason": reason.value, "summary": "питає про диски"})
    assert asked_hand_over(call) == (reason, "питає про диски")


async def test_a_hand_over_without_a_summary_is_still_one() -> None:
    call = ToolCall("1", "transfer_to_operator", {"reason": "customer_request"})
    assert asked_hand_over(call) == (Reason.CUSTOMER_REQUEST, "")


@pytest.mark.parametrize("arguments", [{}, {"reason": "bored"}, {"reason": None}, {"reason": ["x"]}])
async def test_a_reason_that_is_not_known_is_refused_with_those_that_are(arguments: dict[str, object]) -> None:
    with pytest.raises(ToolRefused, match="customer_request"):
        asked_hand_over(ToolCall("1", "transfer_to_operator", arguments))
