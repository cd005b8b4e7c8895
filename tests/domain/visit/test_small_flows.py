"""Notes on the small matters."""

from domain.money import Money
from domain.shop.events import CallbackNoted, StorageFound
from domain.shop.fittings import StorageContract
from domain.visit.small_flows import ENTRANCES, notes
from domain.visit.visit import Visit, step


def test_of_nothing_nothing_is_noted() -> None:
    assert notes(Visit()) == () and "find_storage" in ENTRANCES


def test_contracts_and_callbacks_are_noted() -> None:
    contract = StorageContract(number="ЗБ-1042", place="", items="", debt=Money(0))
    visit = step(step(Visit(), StorageFound((contract,))), CallbackNoted("завтра"))
    first, second = notes(visit)
    assert "ЗБ-1042" in first and "callback" in second
