"""A call about fittings without a model: a test says the words, uses the tools, and looks into the shop."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters.demo_shop.in_memory import InMemoryShop
from adapters.memory.ledger import InMemoryLedger
from application.calls.tools.callbacks import callback_tools
from application.calls.tools.fitting import fitting_tools
from application.calls.tools.profile import profile_tools
from application.calls.tools.storage import storage_tools
from application.calls.tools.toolbox import Toolbox
from application.calls.tools.visitor import Visitor
from domain.errors import Unavailable
from domain.phrases import Language
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Work
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn

TODAY = date(2026, 11, 25)
TOMORROW = TODAY + timedelta(days=1)
CALLER, SOMEBODY_ELSE = "+380671112233", "+380501234567"
STATION = "st_dnipro_peremoha"
WHERE = "Шинний центр «Перемога», Дніпро, вул. Набережна Перемоги, 86Б (навпроти ТРЦ «Наша Правда»)"


class TroubledShop(InMemoryShop):
    """A shop with troubles: methods that do not answer (`down`), that do it and do not answer (`lost`), or refuse."""

    def __init__(self) -> None:
        super().__init__(today=lambda: TODAY)
        self.down: set[str] = set()
        self.lost: set[str] = set()
        self.refusing: dict[str, Exception] = {}
        self.asked: list[str] = []
        self.wishes: list[BookingWish] = []

    def _before(self, method: str) -> None:
        self.asked.append(method)
        if method in self.refusing:
            raise self.refusing[method]
        if method in self.down:
            raise Unavailable(method)

    def _after(self, method: str) -> None:
        if method in self.lost:
            self.lost.remove(method)
            raise Unavailable(method)

    async def slots(self, station_id: str, first: date, last: date, work: Work) -> Sequence[Slot]:
        self._before("slots")
        return await super().slots(station_id, first, last, work)

    async def prices(self, *, diameter: int | None = None, station_id: str | None = None) -> Sequence[FittingPrice]:
        self._before("prices")
        return await super().prices(diameter=diameter, station_id=station_id)

    async def bookings_of(self, phone: str) -> Sequence[Booking]:
        self._before("bookings_of")
        return await super().bookings_of(phone)

    async def book(self, wish: BookingWish, *, phone: str, call_id: UUID, key: str) -> Booking:
        self._before("book")
        self.wishes.append(wish)
        booking = await super().book(wish, phone=phone, call_id=call_id, key=key)
        self._after("book")
        return booking

    async def cancel(self, booking_id: str, *, phone: str, key: str) -> None:
        self._before("cancel")
        await super().cancel(booking_id, phone=phone, key=key)
        self._after("cancel")


@dataclass
class Desk:
    caller: str | None = CALLER
    language: Language = "uk"
    shop: TroubledShop = field(default_factory=TroubledShop)
    ledger: InMemoryLedger = field(default_factory=InMemoryLedger)
    callbacks: InMemoryLedger = field(default_factory=InMemoryLedger)
    turns: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.visitor = Visitor(
            call_id=UUID(int=7),
            language=self.language,
            now=lambda: datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Europe/Kyiv")),
            caller=self.caller,
        )
        tools = (
            *fitting_tools(self.visitor, self.shop, self.ledger, self.callbacks),
            *storage_tools(self.visitor, self.shop),
            *profile_tools(self.visitor, self.ledger),
            *callback_tools(self.visitor, self.callbacks),
        )
        self._toolbox = Toolbox(tools, seconds=5)

    def free(self, day: date, *times: str, station: str = STATION) -> None:
        """Have just these times of a day free."""
        self.shop.inside.set_slots(station, day, None, free=False)
        for at in times:
            self.shop.inside.set_slots(station, day, time.fromisoformat(at), free=True)

    def hears(self, text: str) -> None:
        self.turns.append(CallerTurn(text))

    async def use(self, tool: str, /, **arguments: object) -> ToolUse:
        """Use a tool as the model does; what is said at once is heard."""
        use = await self._toolbox.use(ToolCall(str(len(self.turns)), tool, arguments), tuple(self.turns))
        self.turns.append(use)
        if use.say:
            self.turns.append(AgentTurn(use.say))
        return use

    def cut_short(self) -> None:
        """Have the caller hear only the beginning of what was said last."""
        said = self.turns.pop()
        assert isinstance(said, AgentTurn)
        self.turns.append(AgentTurn(said.text[:20], cut=True))

    async def offered(self, *times: str, day: date = TOMORROW) -> None:
        """Have a station and free times of a day told: S1, and L1, L2, …"""
        self.free(day, *times)
        await self.use("get_fitting_stations", city="Дніпро", query="Перемога")
        await self.use("get_fitting_slots", station="S1", date_from=day.isoformat())

    async def agreed(self, tool: str, /, **arguments: object) -> ToolUse:
        """Use a tool that reads out first, say yes, and use it again."""
        await self.use(tool, **arguments)
        self.hears("Так")
        return await self.use(tool, **arguments)

    async def booked(self) -> tuple[Booking, ...]:
        """What the shop has booked for the caller."""
        return tuple(await InMemoryShop.bookings_of(self.shop, self.caller or CALLER))
