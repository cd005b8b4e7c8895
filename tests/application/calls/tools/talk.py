"""A conversation with the shop's agent, without a voice: who says what, which tools are used, what is heard."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from adapters.demo_shop.in_memory import InMemoryShop
from adapters.memory.archive import InMemoryArchive
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.switchboard import InMemorySwitchboard
from application.calls.assistant import Briefing
from application.calls.shop_assistant import ShopAssistant
from application.calls.tools.toolbox import Toolbox
from application.ports.shop import NotFound, ShopRefused
from domain.errors import Unavailable
from domain.knowledge import Article, Category
from domain.money import Money
from domain.phrases import Language
from domain.shop.catalog import Availability, Tire, TireQuery, Vehicle
from domain.shop.orders import Delivery, Order, OrderItem, OrderStatus, PaymentMethod
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.visit.visit import Visit, visit_of
from tests.harness.recalling import recalling

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 25, 14, 5, tzinfo=KYIV)
CALLER = "+380670000001"
SIZE = {"width": 205, "profile": 55, "diameter": 16}
KYIV_ADDRESS = {"delivery_type": "delivery", "city": "Київ", "address": "вул. Сагайдака, 12"}


class ShopOfTests(InMemoryShop):
    """The shop in memory, that fails when told to, and whose goods a test may invent."""

    def __init__(self) -> None:
        super().__init__(today=NOW.date)
        self.down: set[str] = set()
        """Methods that do nothing and do not answer."""
        self.lost: set[str] = set()
        """Methods that do what is asked and do not answer."""
        self.refusing: dict[str, Exception] = {}
        """Methods that answer with an error."""
        self.tires: list[Tire] | None = None
        self.cars: list[Vehicle] = []
        self.past: list[Order] = []
        self.surcharge = Money(0)
        self.sparing = False
        """Whether its answers to orders say no more than they must."""

    def _fail(self, method: str) -> None:
        if method in self.refusing:
            raise self.refusing[method]
        if method in self.down:
            raise Unavailable("told to fail")

    async def search_tires(self, query: TireQuery, *, limit: int = 20) -> Sequence[Tire]:
        self._fail("search_tires")
        if self.tires is None:
            return await super().search_tires(query, limit=limit)
        found = (tire for tire in self.tires if query.brand in (None, tire.brand))
        return [tire for tire in found if query.season in (None, tire.season)]

    async def availability(self, tire_id: str) -> Availability:
        self._fail("availability")
        for tire in self.tires or ():
            if tire.id == tire_id:
                return Availability(tire_id=tire_id, total_quantity=tire.stock_quantity)
        return await super().availability(tire_id)

    async def vehicle(self, make: str, model: str, year: int | None = None) -> Vehicle:
        self._fail("vehicle")
        if self.cars:
            return self.cars[0]
        return await super().vehicle(make, model, year)

    async def orders_of(self, phone: str) -> Sequence[Order]:
        self._fail("orders_of")
        return [*await super().orders_of(phone), *self.past]

    async def create_order(self, items: Sequence[OrderItem], *, phone: str, call_id: UUID, key: str) -> Order:
        self._fail("create_order")
        order = await super().create_order(items, phone=phone, call_id=call_id, key=key)
        return self._answer("create_order", order)

    async def set_delivery(self, order_id: str, delivery: Delivery, *, key: str) -> Order:
        self._fail("set_delivery")
        return self._answer("set_delivery", await super().set_delivery(order_id, delivery, key=key))

    async def confirm_order(self, order_id: str, *, payment: PaymentMethod, customer_name: str, key: str) -> Order:
        self._fail("confirm_order")
        order = await super().confirm_order(order_id, payment=payment, customer_name=customer_name, key=key)
        return self._answer("confirm_order", order)

    def _answer(self, method: str, order: Order) -> Order:
        if method in self.lost:
            raise Unavailable("the answer was lost")
        order = replace(order, total=order.total + self.surcharge)
        if not self.sparing:
            return order
        return Order(
            id=order.id,
            order_number=order.order_number,
            status=order.status,
            status_label=order.status_label,
            total=order.total,
        )

    def placed(self) -> list[str]:
        """Return the numbers of the orders that were confirmed, beyond those that were there before."""
        return [
            each["order_number"]
            for each in self.inside.all_orders()
            if each["order_number"]
            and int(each["order_number"]) >= 10245
            and each["status"] == OrderStatus.CONFIRMED.value
        ]


class NoKnowledge:
    async def search(self, query: str, category: Category | None = None, *, limit: int = 3) -> Sequence[Article]:
        return ()


class Talk:
    def __init__(
        self,
        *,
        shop: ShopOfTests | None = None,
        ledger: InMemoryLedger | None = None,
        archive: InMemoryArchive | None = None,
        language: Language = "uk",
        now: datetime = NOW,
    ) -> None:
        self.shop = shop or ShopOfTests()
        self.ledger = ledger or InMemoryLedger()
        self.archive = archive or InMemoryArchive()
        self.switchboard = InMemorySwitchboard()
        self.assistant = ShopAssistant(
            uuid4(),
            shop=self.shop,
            ledger=self.ledger,
            knowledge=NoKnowledge(),
            recall=recalling(lambda: now, self.archive, self.switchboard),
            language=language,
            shop_name="Колесо",
            agent_name="Олена",
            now=lambda: now,
        )
        self._toolbox = Toolbox(self.assistant.tools, seconds=5)
        self.turns: list[Turn] = []

    async def begin(self, caller: str | None = CALLER) -> "Talk":
        await self.assistant.meet(caller)
        return self

    def says(self, text: str) -> None:
        self.turns.append(CallerTurn(text))

    def hears(self, text: str, *, cut: bool = False) -> None:
        self.turns.append(AgentTurn(text, cut))

    async def use(self, name: str, /, *, heard: bool = True, **arguments: Any) -> ToolUse:
        """Use a tool; what it wants said is heard to its end, unless `heard` says otherwise."""
        use = await self._toolbox.use(ToolCall(str(len(self.turns)), name, dict(arguments)), tuple(self.turns))
        self.turns.append(use)
        if use.say and heard:
            self.hears(use.say)
        return use

    async def told(self, name: str, /, **arguments: Any) -> Any:
        """Use a tool that must not refuse; return what the model is told."""
        use = await self.use(name, **arguments)
        assert not use.failed, use.result
        return json.loads(use.result)

    async def refusal(self, name: str, /, **arguments: Any) -> str:
        use = await self.use(name, **arguments)
        assert use.failed, use.result
        return use.result

    @property
    def visit(self) -> Visit:
        return visit_of(self.turns)

    @property
    def briefing(self) -> Briefing:
        return self.assistant.brief(tuple(self.turns))

    async def draft(self, quantity: int = 4, product: str = "T1") -> Any:
        """Find tyres and begin an order."""
        if not self.visit.tires:
            self.says("Потрібні шини 205 на 55 на 16")
            await self.told("search_tires", **SIZE)
        self.says(f"{quantity} перших")
        return await self.told("create_order_draft", items=[{"product": product, "quantity": quantity}])

    async def quote(self, name: str = "Олександр") -> ToolUse:
        """Come as far as the read-back."""
        await self.draft()
        self.says("Доставка, Київ, Сагайдака 12")
        await self.told("update_order_delivery", **KYIV_ADDRESS)
        self.says("Готівкою, Олександр")
        return await self.use("confirm_order", payment_method="cod", customer_name=name)

    async def order(self) -> ToolUse:
        await self.quote()
        self.says("Так, оформлюйте")
        return await self.use("confirm_order", payment_method="cod", customer_name="Олександр")


def refused(code: str, message: str) -> ShopRefused:
    return ShopRefused(code, message)


def missing() -> NotFound:
    return NotFound("there is no such thing")
