"""The shop behind the telephone: a real demo shop on loopback, its agent, and what the owner sees in its database.

The day is fixed; the range is the demo shop's own, of which a scenario changes what it is about.
"""

import re
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

import anyio

from adapters.demo_shop.catalog import TireFilter
from adapters.demo_shop.documents import TireDocument
from adapters.demo_shop.orders import Confirmation, DeliveryWish, NewOrder
from adapters.demo_shop.places import PICKUP_POINTS, STATIONS
from adapters.demo_shop.shop import BookingInside, OrderInside
from adapters.memory.archive import InMemoryArchive
from adapters.memory.journal import InMemoryJournal
from adapters.memory.knowledge import InMemoryKnowledge
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.scripted_model import Answer
from adapters.offline.rule_model import RuleModel
from adapters.store.client import StoreClient
from application.calls.keep_journal import KeepJournal
from application.calls.shop_assistant import ShopAssistant
from application.ports.language import Delta, LanguageModel, Prompt, Words
from application.ports.metering import Meter, uncounted
from application.ports.operations import CallObserver
from domain.records import AnyEntry
from domain.shop.catalog import Season, TireSize
from domain.shop.orders import DeliveryType, OrderItem, OrderStatus, PaymentMethod
from domain.transcript import CallerTurn
from domain.words import words
from tests.harness.assistant import TODAY
from tests.harness.recalling import recalling
from tests.harness.shop import ServedShop, demo_shop_server

NOW = datetime.combine(TODAY, time(12), ZoneInfo("Europe/Kyiv"))
_SIZE = re.compile(r"(.+) (\d+)/(\d+) R(\d+)")
_WHOLE_RANGE = 10_000
_LAST_DAY = 21
"""The last day for which a fitting may be booked, from today."""


@dataclass(slots=True)
class ShopModel:
    """Fulfils `LanguageModel`: the rules answer, but for words of the caller to which a scenario has another answer."""

    rules: LanguageModel = field(default_factory=lambda: RuleModel(first_word_seconds=0.01, words_per_second=1000.0))
    inventions: dict[tuple[str, ...], tuple[str | Answer, ...]] = field(default_factory=dict)
    """What is answered to these very words: first, and once the gate has stopped that."""
    prompts: list[Prompt] = field(default_factory=list)

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        invented = self._invented(prompt)
        if invented is None:
            async with aclosing(self.rules.reply(prompt)) as deltas:
                async for delta in deltas:
                    yield delta
            return
        if invented.text:
            yield Words(invented.text)
        for call in invented.tool_calls:
            yield call

    def _invented(self, prompt: Prompt) -> Answer | None:
        said = next((turn.text for turn in reversed(prompt.turns) if isinstance(turn, CallerTurn)), "")
        answers = self.inventions.get(words(said))
        if not answers:
            return None
        corrected = "was not spoken" in prompt.note
        answer = answers[min(int(corrected), len(answers) - 1)]
        return Answer(answer) if isinstance(answer, str) else answer


@dataclass(slots=True)
class OpenShop:
    """Lives in the event loop; steps ask it there."""

    served: ServedShop
    client: StoreClient
    archive: InMemoryArchive
    """What was said in the calls of this scenario."""
    record: CallObserver
    ledger: InMemoryLedger = field(default_factory=InMemoryLedger)
    model: ShopModel = field(default_factory=ShopModel)
    _known: dict[str, Mapping[str, object]] = field(default_factory=dict)
    """Orders, bookings and stock as they were when the first caller dialled."""
    _cleared: set[TireSize] = field(default_factory=set)

    def assistant(self, call_id: UUID) -> ShopAssistant:
        return ShopAssistant(
            call_id,
            shop=self.client,
            ledger=self.ledger,
            knowledge=InMemoryKnowledge("uk"),
            recall=recalling(lambda: NOW, self.archive),
            language="uk",
            shop_name="Шини",
            agent_name="Олена",
            now=lambda: NOW,
        )

    def invent(self, question: str, *answers: str | Answer) -> None:
        """Have the model answer these words so: first, and once the gate has stopped that."""
        self.model.inventions[words(question)] = answers

    # What is on the shelves

    def tire(self, named: str) -> TireDocument:
        """Return the tyre of this name and size: `Michelin X-Ice Snow 205/55 R16`."""
        parts = _SIZE.fullmatch(named)
        assert parts is not None, f"{named!r} has no size"
        size = TireSize(int(parts[2]), int(parts[3]), int(parts[4]))
        found = [tire for tire in self.served.tires(size) if f"{tire['brand']} {tire['model']}" == parts[1]]
        assert found, (
            f"the range has no {named}: {[(tire['brand'], tire['model']) for tire in self.served.tires(size)]}"
        )
        return found[0]

    def put(self, named: str, *, quantity: int, hryvnias: int) -> None:
        """Have so many of a tyre, and of its size only what was put there."""
        tire = self.tire(named)
        size = TireSize(tire["width"], tire["profile"], tire["diameter"])
        if size not in self._cleared:
            self._cleared.add(size)
            self.served.sell_out(size)
        self.served.set_stock(tire["id"], quantity)
        self.served.inside.set_price(tire["id"], hryvnias * 100)

    def order_before(self, number: str, times: int) -> None:
        """Have a number place orders of one tyre, each of it alone."""
        inside, tire = self.served.inside, self.served.tires(TireSize(195, 65, 15), Season.WINTER)[0]
        self.served.set_stock(tire["id"], times)
        for each in range(times):
            wanted = NewOrder(phone=plus(number), items=[OrderItem(tire["id"], 1)])
            order = inside.create_order(wanted, key=f"create {each}", request="")["id"]
            pickup = DeliveryWish(type=DeliveryType.PICKUP, pickup_point_id=PICKUP_POINTS[0].id)
            inside.set_delivery(order, pickup, key=f"deliver {each}", request="")
            paid = Confirmation(payment=PaymentMethod.COD, customer_name="Олександр")
            inside.confirm_order(order, paid, key=f"confirm {each}", request="")

    # What the database holds

    def remember(self) -> None:
        """Keep how everything is, to tell later what has changed."""
        self._known = self._everything()

    def changes(self) -> Sequence[str]:
        """Return what is no longer as it was; what nobody has confirmed yet changes nothing."""
        now = self._everything()
        return [
            f"{kind}: {before!r} is now {after!r}"
            for kind, before in self._known.items()
            if (after := now[kind]) != before
        ]

    def orders_of(self, number: str) -> Sequence[OrderInside]:
        """Return the orders of a number that are confirmed in this scenario, the oldest first."""
        return [
            order
            for order in self.served.orders(plus(number))
            if order["status"] != OrderStatus.DRAFT.value and order["id"] not in self._known["orders"]
        ]

    def bookings_of(self, number: str) -> Sequence[BookingInside]:
        return self.served.bookings(plus(number))

    def _everything(self) -> dict[str, Mapping[str, object]]:
        every = self.served.inside
        range_of_shop = every.search_tires(TireFilter(), per_page=_WHOLE_RANGE).tires
        return {
            "orders": {
                order["id"]: (order["status"], order["order_number"])
                for order in every.all_orders()
                if order["status"] != OrderStatus.DRAFT.value
            },
            "bookings": {
                booking["id"]: (booking["status"], booking["date"], booking["time"]) for booking in every.all_bookings()
            },
            "callbacks": dict.fromkeys(str(request) for request in self.ledger.callbacks.values()),
            "stock": {tire["id"]: tire["stock_quantity"] for tire in range_of_shop},
        }


def plus(number: str) -> str:
    """Return a number as the shop writes it."""
    return f"+{number.removeprefix('+')}"


def ordered(order: OrderInside) -> str:
    """Return an order as the owner reads it: tyres, how it gets there, payment, name."""
    items = ", ".join(f"{item['quantity']} шт. {item['name']}" for item in order["items"])
    return f"{items}; {_way(order)}; {_PAYMENTS[str(order['payment_method'])]}; {order['customer_name']}"


def booked(booking: BookingInside) -> str:
    """Return a booking as the owner reads it: station, day, time, car, name."""
    station = next(each.name for each in STATIONS if each.id == booking["station"]["id"])
    day = date.fromisoformat(booking["date"])
    who = f"{booking['vehicle_info']}, {booking['customer_name']}"
    return f"{station}, {day.day} {MONTHS[day.month - 1]} о {booking['time'][:5]}, {who}"


def station_named(name: str) -> str:
    """Return the id of the station of this name: `Позняки`."""
    return next(each.id for each in STATIONS if f"«{name}»" in each.name)


def day_named(named: str) -> date:
    """Return the day of `завтра`, `післязавтра` or `27 листопада`."""
    if named in _NEAR:
        return TODAY + timedelta(days=_NEAR[named])
    number, month = named.split()
    return date(TODAY.year, MONTHS.index(month) + 1, int(number))


def days_to_come() -> Sequence[date]:
    """Return every day for which a fitting may be booked."""
    return [TODAY + timedelta(days=each) for each in range(1, _LAST_DAY + 1)]


MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
_NEAR = {"завтра": 1, "післязавтра": 2}
_PAYMENTS = {"cod": "при отриманні", "card_on_delivery": "карткою при отриманні", "online": "онлайн"}


def _way(order: OrderInside) -> str:
    delivery = order["delivery"]
    assert delivery is not None
    point = next((each for each in PICKUP_POINTS if each.id == delivery["pickup_point_id"]), None)
    return f"{point.city}, {point.name}" if point else f"{delivery['city']}, {delivery['address']}"


@asynccontextmanager
async def open_shop() -> AsyncGenerator[OpenShop, None]:
    async with demo_shop_server(today=lambda: TODAY) as served:
        client = StoreClient(
            url=served.url,
            key=served.key,
            attempt_seconds=2.0,
            give_up_seconds=3.0,
            pauses_seconds=(0.05, 0.1),
            today=lambda: TODAY,
        )
        archive = InMemoryArchive()
        record = KeepJournal([_Carried(archive)], now=_moments(), language="uk")
        async with anyio.create_task_group() as keeping:
            keeping.start_soon(record.run)
            try:
                yield OpenShop(served, client, archive, record)
            finally:
                keeping.cancel_scope.cancel()
                await client.close()


class _Carried(InMemoryJournal):
    """A journal that is carried at once."""

    def __init__(self, archive: InMemoryArchive) -> None:
        super().__init__()
        self._archive = archive

    async def append(self, entries: Sequence[AnyEntry]) -> None:
        await self._archive.save(entries)


def _moments() -> Callable[[], datetime]:
    """Tell a moment of this noon, always a later one."""
    seconds = count()
    return lambda: NOW + timedelta(seconds=next(seconds))
