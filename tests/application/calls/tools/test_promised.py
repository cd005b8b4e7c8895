"""What was agreed is written down before the shop is asked and after it has answered."""

from datetime import UTC, datetime
from uuid import UUID

import anyio
import anyio.lowlevel
import pytest

from adapters.memory.ledger import InMemoryLedger
from application.calls.tools.promised import agreed, keep
from application.calls.tools.toolbox import ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.shop import NotFound, ShopRefused
from domain.errors import Unavailable
from domain.facts import Deed
from domain.shop.proposal import Proposal
from domain.visit.promise import PromiseState

pytestmark = pytest.mark.anyio

VISITOR = Visitor(
    call_id=UUID(int=1), language="uk", now=lambda: datetime(2026, 11, 25, 12, tzinfo=UTC), caller="+380671112233"
)
PROPOSAL = Proposal(deed=Deed.BOOKED, content="{}", text="Все вірно?")


async def kept(ledger: InMemoryLedger, outcome: Exception | None = None) -> str:
    async def ask() -> str:
        assert ledger.promises["k"].state is PromiseState.BEGUN
        if outcome:
            raise outcome
        return "B"

    return await keep(ledger, VISITOR, PROPOSAL, key="k", ask=ask, answered=lambda answer: (answer, "Готово"))


async def test_what_the_shop_has_done_is_written_down_as_done() -> None:
    ledger = InMemoryLedger()
    assert await kept(ledger) == "B"
    promise = ledger.promises["k"]
    assert (promise.state, promise.number, promise.text) == (PromiseState.DONE, "B", "Готово")


@pytest.mark.parametrize("refusal", [NotFound("?"), ShopRefused("x", "?")])
async def test_what_the_shop_refuses_is_written_down_as_failed(refusal: Exception) -> None:
    ledger = InMemoryLedger()
    with pytest.raises(type(refusal)):
        await kept(ledger, refusal)
    assert ledger.promises["k"].state is PromiseState.FAILED


async def test_what_has_no_answer_stays_begun_and_the_model_is_told_that_nobody_knows() -> None:
    ledger = InMemoryLedger()
    with pytest.raises(ToolRefused, match="NOT known"):
        await kept(ledger, Unavailable("?"))
    assert ledger.promises["k"].state is PromiseState.BEGUN
    assert await agreed(ledger, VISITOR, PROPOSAL, (), key="k")
    assert not await agreed(ledger, VISITOR, PROPOSAL, (), key="other")


async def test_nothing_that_waits_is_nothing_agreed_to() -> None:
    assert not await agreed(InMemoryLedger(), VISITOR, None, (), key="k")


@pytest.mark.parametrize("refusal", [None, ShopRefused("x", "?")])
async def test_a_record_that_fails_afterwards_does_not_hide_the_shops_answer(refusal: Exception | None) -> None:
    ledger = InMemoryLedger()

    async def ask() -> str:
        ledger.faults.fail()
        if refusal:
            raise refusal
        return "B"

    def answered(answer: str) -> tuple[str, str]:
        return answer, "Готово"

    if refusal:
        with pytest.raises(ShopRefused):
            await keep(ledger, VISITOR, PROPOSAL, key="k", ask=ask, answered=answered)
    else:
        assert await keep(ledger, VISITOR, PROPOSAL, key="k", ask=ask, answered=answered) == "B"
    assert ledger.promises["k"].state is PromiseState.BEGUN


class SlowLedger(InMemoryLedger):
    async def done(self, key: str, *, number: str, text: str) -> None:
        await anyio.lowlevel.checkpoint()
        await super().done(key, number=number, text=text)


async def test_what_the_shop_has_done_is_written_down_when_the_tools_time_is_over() -> None:
    ledger = SlowLedger()

    async def ask() -> str:
        scope.cancel()
        return "B"

    with anyio.CancelScope() as scope:
        await keep(ledger, VISITOR, PROPOSAL, key="k", ask=ask, answered=lambda answer: (answer, "Готово"))
    assert ledger.promises["k"].state is PromiseState.DONE
