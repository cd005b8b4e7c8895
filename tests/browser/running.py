"""Three calls that run: one that goes well, one that needs a look, one on its way to an operator."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import anyio

from adapters.redis.live import RedisBoard
from application.ports.live import Sight
from domain.live import Doing, LiveCall, LiveTranscript, Said
from domain.records import CallBegan
from domain.troubles import Troubles
from domain.visit.visit import Flow

FOLLOWED = UUID("0f0b7c52-6a0e-4d0c-8f1e-3f2f5a1d9c01")
"""The one that is read along."""
_MISUNDERSTOOD = UUID("0f0b7c52-6a0e-4d0c-8f1e-3f2f5a1d9c02")
_LEAVING = UUID("0f0b7c52-6a0e-4d0c-8f1e-3f2f5a1d9c03")
_SHOW_SECONDS = 2.0


def began(now: datetime) -> Sequence[CallBegan]:
    """Return what the archive holds of them."""
    return [
        CallBegan(
            call_id=each.call.call_id, began=each.call.began, sequence=0, at=each.call.began, caller=each.call.caller
        )
        for each in sights(now)
    ]


def sights(now: datetime) -> Sequence[Sight]:
    return [_followed(now), _misunderstood(now), _leaving(now)]


@asynccontextmanager
async def on_the_board(redis_url: str) -> AsyncGenerator[None, None]:
    """Have them seen, the same moment of each, for as long as this lasts."""
    board = RedisBoard(redis_url)

    async def show() -> None:
        await board.show(sights(datetime.now(UTC)))

    async def keep() -> None:
        while True:
            await anyio.sleep(_SHOW_SECONDS)
            await show()

    await show()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(keep)
        yield
        tasks.cancel_scope.cancel()
    await board.take_down([sight.call.call_id for sight in sights(datetime.now(UTC))])
    await board.close()


def _followed(now: datetime) -> Sight:
    said = (
        Said("agent", "Добрий день! Магазин шин, вас вітає Олена, автоматична помічниця. Чим можу допомогти?"),
        Said("caller", "Хочу записатися на шиномонтаж у суботу"),
        Said("agent", "На якій станції вам зручно: на Слобожанському чи на", broken=True),
        Said("caller", "На Слобожанському"),
        Said("tool", "get_fitting_slots: S1 28.11 10:00, S2 28.11 11:30, S3 28.11 14:00"),
        Said("agent", "У суботу вільно о десятій, о пів на дванадцяту і о чотирнадцятій. Коли вас записати?"),
    )
    call = LiveCall(
        call_id=FOLLOWED,
        began=now - timedelta(seconds=72),
        caller="+380671234567",
        doing=Doing.LISTENING,
        since=now - timedelta(seconds=2),
        flow=Flow.FITTING,
        last=said[-1],
    )
    return Sight(call, LiveTranscript(said=said, heard_now="давайте о десятій"))


def _misunderstood(now: datetime) -> Sight:
    said = (Said("caller", "та мені оті як їх"), Said("agent", "Перепрошую, не розчула. Повторіть, будь ласка."))
    call = LiveCall(
        call_id=_MISUNDERSTOOD,
        began=now - timedelta(seconds=141),
        caller="+380509876543",
        doing=Doing.LISTENING,
        since=now - timedelta(seconds=9),
        quiet_since=now - timedelta(seconds=9),
        flow=Flow.BUYING,
        last=said[-1],
        troubles=Troubles(asked_again=2, refused=1),
    )
    return Sight(call, LiveTranscript(said=said))


def _leaving(now: datetime) -> Sight:
    said = (Said("caller", "З'єднайте з людиною"), Said("agent", "З'єдную вас з оператором."))
    call = LiveCall(
        call_id=_LEAVING,
        began=now - timedelta(seconds=38),
        doing=Doing.HANDING_OVER,
        since=now - timedelta(seconds=1),
        flow=Flow.CONSULTATION,
        last=said[-1],
    )
    return Sight(call, LiveTranscript(said=said))
