"""One call in which everything happens: sizes, tools, an interruption, a doubtful word, an order."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.dialog.phases import Outcome
from domain.money import Money
from domain.price_list import PRICES
from domain.records import AnyEntry, CallBegan, CallEnded, EarUsed, ModelUsed, ToolUsed, TurnTaken, VoiceUsed, Waterfall
from domain.troubles import Troubles
from domain.visit.visit import Flow

STORY = UUID("5f2d8c1e-7a41-4b0e-9c66-2f0d3a9be701")
_SECONDS = 54.0


class _Telling:
    """The entries of a call, numbered as they are told; times are in seconds from its beginning."""

    def __init__(self, call_id: UUID, caller: str, began: datetime) -> None:
        self._call: dict[str, Any] = {"call_id": call_id, "began": began}
        self._began = began
        self._number = 0
        self.entries: list[AnyEntry] = [
            CallBegan(**self._call, sequence=0, at=began, caller=caller, language="uk"),
        ]

    def agent(self, at: float, text: str, *fall: float, cut: bool = False, refused: str = "") -> None:
        how: dict[str, Any] = {"cut": cut, "refused": (refused,) if refused else ()}
        if fall:
            how["waterfall"] = Waterfall(final=fall[0], first_word=fall[1], first_audio=fall[2])
        self.entries.append(TurnTaken(**self._next(at), speaker="agent", text=text, **how))

    def caller(self, at: float, text: str, confidence: float, understood: str = "") -> None:
        heard: dict[str, Any] = {"confidence": confidence, "language": "uk-UA", "understood": understood}
        self.entries.append(TurnTaken(**self._next(at), speaker="caller", text=text, **heard))

    def tool(
        self, at: float, name: str, arguments: Mapping[str, object], told: object, seconds: float, **facts: object
    ) -> None:
        used: dict[str, Any] = {"name": name, "arguments": arguments, "seconds": seconds, "facts": facts}
        used["result"] = json.dumps(told, ensure_ascii=False)
        self.entries.append(ToolUsed(**self._next(at), **used))

    def model(self, at: float, tokens: tuple[int, int, int]) -> None:
        asked, cached, written = tokens
        provider: dict[str, Any] = {"provider": "anthropic", "model": "claude-sonnet-4-5-20250929"}
        figures: dict[str, Any] = {"input_tokens": asked, "cached_tokens": cached, "output_tokens": written}
        self.entries.append(ModelUsed(**self._place(at), **provider, **figures))

    def end(self, **how: Any) -> None:
        voice: dict[str, Any] = {"provider": "google", "voice": "uk-UA-Standard-A", "characters": 412}
        self.entries.append(VoiceUsed(**self._place(_SECONDS), **voice))
        ear: dict[str, Any] = {"provider": "google", "model": "latest_long", "seconds": _SECONDS}
        self.entries.append(EarUsed(**self._place(_SECONDS), **ear))
        used = (each for each in self.entries if isinstance(each, ModelUsed | VoiceUsed | EarUsed))
        cost = PRICES.cost(each.usage for each in used)
        self.entries.append(CallEnded(**self._place(_SECONDS), seconds=_SECONDS, cause=16, cost=cost, **how))

    def _place(self, at: float) -> dict[str, Any]:
        return self._call | {"sequence": len(self.entries), "at": self._began + timedelta(seconds=at)}

    def _next(self, at: float) -> dict[str, Any]:
        self._number += 1
        return self._place(at) | {"number": self._number}


def _tire(handle: str, name: str, price: str, stock: int) -> dict[str, object]:
    told = {"size": "205/55 R16", "index": "94T", "season": "winter", "price": price, "stock": stock}
    return {"tire": handle, "name": name, **told}


def story(caller: str, began: datetime) -> Sequence[AnyEntry]:
    call = _Telling(STORY, caller, began)
    call.agent(0.1, "Добрий день! Магазин шин, вас вітає Олена, автоматична помічниця. Чим можу допомогти?")
    call.caller(9.2, "Мені потрібні зимові шини двісті п'ять на п'ятдесят п'ять, ер шістнадцять", 0.91, "205/55 R16")
    size = {"width": 205, "profile": 55, "diameter": 16, "season": "winter"}
    found = [
        _tire("T1", "Nokian Hakkapeliitta R5", "3412.00", 12),
        _tire("T2", "Rosava Snowgard", "1980.00", 24),
        _tire("T3", "Premiorri ViaMaggiore", "2141.00", 8),
    ]
    prices = [each["price"] for each in found]
    call.tool(10.1, "search_tires", size, {"tires": found}, 0.31, in_stock=True, amounts=prices)
    call.agent(
        10.9,
        "Є Росава за тисячу дев'ятсот вісімдесят гривень і Нокіан за",
        0.21,
        0.74,
        1.36,
        cut=True,
        refused="Є Мішлен за дві тисячі гривень.",
    )
    call.model(11.0, (2310, 1950, 84))
    call.caller(15.8, "А Росави чотири є?", 0.58)
    call.tool(16.9, "check_availability", {"product": "T2"}, {"tire": "T2", "stock": 24}, 0.22, quantities=[24])
    call.agent(17.6, "Так, чотири є. Разом сім тисяч дев'ятсот двадцять гривень. Оформити?", 0.17, 0.61, 0.94)
    call.model(17.7, (2480, 2300, 61))
    call.caller(25.4, "Так, на Дніпро, нова пошта, відділення дванадцяте", 0.88)
    items = {"items": [{"product": "T2", "quantity": 4}]}
    call.tool(26.8, "create_order_draft", items, {"draft": {"total": "7920.00"}}, 0.64, amounts=["7920.00"])
    way = {"delivery": {"delivery": "delivery", "delivery_cost": "180.00", "days": 1, "total": "8100.00"}}
    where = {"delivery_type": "delivery", "city": "Дніпро", "address": "Нова пошта, відділення 12"}
    call.tool(27.5, "update_order_delivery", where, way, 0.47, amounts=["180.00", "8100.00"], deeds=["saved"])
    call.agent(
        28.3,
        "Записала: чотири Росави, Дніпро, відділення дванадцять. Разом вісім тисяч сто гривень. Підтверджуєте?",
        0.24,
        0.69,
        1.88,
    )
    call.model(28.4, (2690, 2310, 97))
    call.caller(38.0, "Підтверджую, оплата при отриманні", 0.94)
    payment = {"payment_method": "cod", "customer_name": "Оксана"}
    call.tool(
        39.2, "confirm_order", payment, {"order": {"number": "ORD-1043"}}, 0.83, numbers=["ORD-1043"], deeds=["ordered"]
    )
    call.agent(40.4, "Замовлення один нуль сорок три прийнято, Оксано. Чекайте на повідомлення.", 0.19, 0.58, 1.21)
    call.model(40.5, (2840, 2690, 55))
    call.caller(48.1, "Дякую, до побачення", 0.97)
    call.agent(49.0, "Дякую за дзвінок! До побачення.", 0.15, 0.42, 0.63)
    call.end(
        outcome=Outcome.COMPLETED,
        interruptions=1,
        response_p50_seconds=0.94,
        response_p95_seconds=1.88,
        dead_air_seconds=0.88,
        orders=("ORD-1043",),
        order_total=Money(810_000),
        flow=Flow.BUYING,
        troubles=Troubles(refused=1),
    )
    return call.entries
