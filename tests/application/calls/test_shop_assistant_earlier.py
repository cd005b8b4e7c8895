"""What the agent knows of a caller from his earlier calls, and how he is welcomed."""

from datetime import timedelta

import anyio
import pytest

from adapters.memory.archive import InMemoryArchive
from domain.dialog.phases import Outcome
from domain.records import StoredRecord
from domain.shop.events import ProfileSaved
from domain.transcript import AgentTurn, CallerTurn
from domain.truth.gate import judge
from domain.truth.known import known
from tests.application.calls.tools.talk import CALLER, Talk
from tests.domain.past import CALLER as PAST_CALLER
from tests.domain.past import NOW, entries, past
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

ORDERED = past(
    "беру чотири", "* confirm_order", number=2, ago=timedelta(days=1), outcome=Outcome.COMPLETED, orders=("10245",)
)
BROKEN = past("потрібні шини", "* search_tires", "- Який розмір?")


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


async def a_talk(*calls: StoredRecord, name: str | None = None, caller: str | None = PAST_CALLER) -> Talk:
    archive = InMemoryArchive()
    for call in calls:
        await archive.save(entries(call))
    talk = Talk(archive=archive, now=NOW)
    talk.ledger.profiles[PAST_CALLER] = ProfileSaved(name=name)
    return await talk.begin(caller)


async def test_a_known_caller_is_asked_by_name() -> None:
    assert await (await a_talk(name="Олександр Іваненко")).assistant.welcome() == "Олександре, чим можу допомогти?"


@pytest.mark.parametrize("name", [None, "№ 5"])
async def test_who_is_not_known_by_name_is_asked_as_everybody(name: str | None) -> None:
    assert await (await a_talk(name=name)).assistant.welcome() == ""


async def test_a_withheld_number_is_nobodys() -> None:
    talk = await a_talk(BROKEN, ORDERED, name="Олена", caller=None)
    assert await talk.assistant.welcome() == ""
    assert "Earlier" not in talk.briefing.note and talk.briefing.earlier == ()


async def test_another_number_is_told_nothing_of_it() -> None:
    talk = await a_talk(BROKEN, ORDERED, name="Олена", caller=CALLER)
    assert await talk.assistant.welcome() == ""
    assert "Earlier" not in talk.briefing.note and talk.briefing.earlier == ()


async def test_earlier_calls_are_told_to_the_model_and_their_numbers_may_be_said() -> None:
    talk = await a_talk(ORDERED)
    briefing = talk.briefing
    assert "ordered 10245" in briefing.note and briefing.earlier == ()
    facts = known(talk.turns, standing=briefing.standing)
    assert judge("Ваше замовлення 10245.", facts, today=briefing.today).passes
    assert not judge("Ваше замовлення 10246.", facts, today=briefing.today).passes


async def test_whose_call_broke_off_hears_where_he_was_and_what_was_said_stands_before_the_call() -> None:
    talk = await a_talk(BROKEN, ORDERED, name="Олена")
    heard = await talk.assistant.welcome()
    assert heard == "Вибачте, зв'язок перервався. Ми підбирали шини. Який розмір?"
    assert talk.briefing.earlier == (CallerTurn("потрібні шини", 0.9, "uk"), AgentTurn("Який розмір?"))
    assert "broke off through a failure of ours" in talk.briefing.note


async def test_nothing_that_was_drafted_or_found_in_a_call_that_broke_off_can_be_ordered() -> None:
    talk = await a_talk(BROKEN)
    refusal = await talk.refusal("create_order_draft", items=[{"product": "T1", "quantity": 4}])
    assert "T1" in refusal
    assert "create_order_draft" not in talk.briefing.tools


async def test_the_welcome_waits_for_nobody_for_long() -> None:
    talk = Talk()
    began = anyio.current_time()
    assert await talk.assistant.welcome() == ""
    assert anyio.current_time() - began <= 2.51


async def test_a_name_that_is_known_counts_though_the_archive_hangs() -> None:
    talk = Talk(now=NOW)
    talk.ledger.profiles[PAST_CALLER] = ProfileSaved(name="Олена")
    talk.archive.faults.hang()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.begin, PAST_CALLER)
        began = anyio.current_time()
        assert await talk.assistant.welcome() == "Олено, чим можу допомогти?"
        assert anyio.current_time() - began <= 2.51


async def test_a_ledger_that_hangs_costs_the_name_only() -> None:
    archive = InMemoryArchive()
    await archive.save(entries(BROKEN))
    talk = Talk(archive=archive, now=NOW)
    talk.ledger.faults.hang()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(talk.begin, PAST_CALLER)
        assert "Ми підбирали шини" in await talk.assistant.welcome()
        tasks.cancel_scope.cancel()
