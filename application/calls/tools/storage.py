"""Tyres that the shop stores for the caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from application.calls.tools.arguments import Arguments, text
from application.calls.tools.specs import TEXT, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.shop import Fittings, NotFound, ShopRefused
from domain.shop import fitting_facts as facts_of
from domain.shop.events import StorageFound
from domain.shop.fittings import StorageContract
from domain.transcript import Turn


def storage_tools(visitor: Visitor, shop: Fittings) -> Sequence[Tool]:
    return (FindStorage(visitor, shop),)


@dataclass(frozen=True, slots=True)
class FindStorage:
    visitor: Visitor
    shop: Fittings

    spec: ClassVar[ToolSpec] = spec("find_storage", "The caller's stored tyres: place, debt.", {"contract": TEXT})

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        number, contract = self.visitor.number(), text(arguments, "contract")
        try:
            found = tuple(await self.shop.storage_contracts(phone=number, contract=contract))
        except (NotFound, ShopRefused):
            found = ()
        fields: dict[str, object] = {"contracts": [_told(contract) for contract in found]}
        if not found:
            fields["next"] = "nothing is stored under the caller's number: say so, offer an operator"
        return Done(told=told(**fields), facts=facts_of.of_contracts(found), events=(StorageFound(found),))


def _told(contract: StorageContract) -> dict[str, str]:
    return {
        "contract": contract.number,
        "place": contract.place,
        "items": contract.items,
        "debt": str(contract.debt),
    }
