"""What became of an order."""

import pytest

from domain.facts import Finding
from domain.money import Money
from domain.truth.known import known
from tests.application.calls.tools.talk import Talk

pytestmark = pytest.mark.anyio

IRYNA = "+380671112233"


async def test_the_callers_orders_are_told_the_newest_first() -> None:
    talk = await Talk().begin(IRYNA)
    told = await talk.told("get_order_status")
    assert [each["order_number"] for each in told["orders"]] == ["10240", "10231"]
    assert told["orders"][0] == {
        "order_number": "10240",
        "status": "delivering",
        "label": "доставляється",
        "total": "18370 грн",
        "items": "Nokian Hakkapeliitta R5 205/55 R16 × 4",
        "estimated_delivery": told["orders"][0]["estimated_delivery"],
        "tracking_number": "20450765432198",
    }
    facts = known(talk.turns)
    assert Money.hryvnias(18_370) in facts.amounts and {"10240", "20450765432198"} <= facts.numbers
    assert Finding.SHIPPED in facts.findings and not facts.deeds


async def test_an_order_is_found_by_its_number_however_it_is_written() -> None:
    talk = await Talk().begin(IRYNA)
    for written in ("10240", "№ 10 240", 10240):
        told = await talk.told("get_order_status", order_number=written)
        assert [each["order_number"] for each in told["orders"]] == ["10240"]


@pytest.mark.parametrize("number", ["10241", "99999"])
async def test_another_persons_order_is_refused_like_one_that_does_not_exist(number: str) -> None:
    talk = await Talk().begin(IRYNA)
    assert "No order of this number belongs" in await talk.refusal("get_order_status", order_number=number)


async def test_a_draft_is_no_order_yet() -> None:
    talk = await Talk().begin()
    await talk.draft()
    assert (await talk.told("get_order_status"))["orders"] == []


async def test_a_withheld_number_has_no_orders_to_look_up() -> None:
    talk = await Talk().begin(None)
    assert "withheld" in await talk.refusal("get_order_status")
    assert "withheld" in await talk.refusal("get_order_status", order_number="10240")
