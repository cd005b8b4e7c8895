"""Stored tyres: the caller's own, and what is owed for them."""

import json

import pytest

from application.calls.tools.storage import storage_tools
from application.ports.shop import NotFound, ShopRefused
from domain.money import Money
from domain.shop.fittings import StorageContract
from domain.visit.visit import Flow, visit_of
from tests.application.calls.tools.fitting_desk import Desk, TroubledShop

pytestmark = pytest.mark.anyio

OWNER = "+380661234567"


async def test_the_callers_contracts_are_told_with_place_and_debt() -> None:
    desk = Desk(caller=OWNER)
    use = await desk.use("find_storage")
    assert json.loads(use.result) == {
        "contracts": [
            {
                "contract": "ЗБ-1077",
                "place": "Харків, склад на Салтівці, ряд 2, місце 5",
                "items": "4 колеса з дисками Matador MP 93 Nordicca 185/65 R15",
                "debt": "450 грн",
            }
        ]
    }
    assert use.facts.amounts == {Money.hryvnias(450)} and use.facts.numbers == {"ЗБ-1077"}
    assert use.facts.quantities == {1, 4}
    assert visit_of(desk.turns).flow is Flow.STORAGE and len(visit_of(desk.turns).contracts) == 1


@pytest.mark.parametrize("contract", ["ЗБ-1042", "ЗБ-9999"])
async def test_another_persons_contract_is_as_one_that_does_not_exist(contract: str) -> None:
    use = await Desk(caller=OWNER).use("find_storage", contract=contract)
    fields = json.loads(use.result)
    assert fields["contracts"] == [] and "under the caller's number" in fields["next"] and not use.facts.amounts


class StrictShop(TroubledShop):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def storage_contracts(self, *, phone: str, contract: str | None = None) -> list[StorageContract]:
        raise self.error


@pytest.mark.parametrize("error", [NotFound("?"), ShopRefused("validation_error", "?")])
async def test_a_shop_that_knows_no_such_contract_is_no_failure(error: Exception) -> None:
    (tool,) = storage_tools(Desk(caller=OWNER).visitor, StrictShop(error))
    assert json.loads((await tool({"contract": "?"}, ())).told)["contracts"] == []
