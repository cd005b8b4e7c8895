"""A call engine that sells one thing, in a process of its own that may be killed; words stand in for speech.

    python -m tests.harness.order_engine '{"port": …, "store": …, "key": …, "ledger": …, "ari": …}'

Line, dialog, thinking, tools, store client, ledger and switchboard are the
product's; no earlier call is known; the model is a script that orders four tyres as soon as it is asked.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio

from adapters.asterisk.ari import AsteriskSwitchboard
from adapters.audiosocket.claims import InMemoryClaims
from adapters.audiosocket.server import AudioSocketServer
from adapters.audiosocket.server import Limits as ServerLimits
from adapters.ledger.sqlite import SqliteLedger
from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.knowledge import InMemoryKnowledge
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.scripted_model import Answer, ScriptedModel
from adapters.store.client import StoreClient
from application.calls.announcements import Announcements
from application.calls.conduct_call import CallParts, ConductCall
from application.calls.shop_assistant import ShopAssistant
from application.ports.language import Prompt
from application.ports.line import CallLeg
from application.ports.operations import CallRecord
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.limits import Limits
from domain.phrases import UKRAINIAN
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from tests.harness.recalling import recalling

PHRASES = replace(
    UKRAINIAN,
    greeting_question="Слухаю.",
    thinking="Хвилинку.",
    still_thinking="Ще шукаю.",
    hand_over="Кличу людину.",
    hand_over_apology="Збій.",
    unsure="Не знаю.",
)
GREETING = "Вітаю!"
KNOWN = "Ви вже замовили."
FAILED = "Магазин не відповів."
_KYIV = ZoneInfo("Europe/Kyiv")

_STEPS: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("search_tires", {"width": 205, "profile": 55, "diameter": 16}),
    ("create_order_draft", {"items": [{"product": "T1", "quantity": 4}]}),
    ("update_order_delivery", {"delivery_type": "delivery", "city": "Київ", "address": "вул. Садова, 5"}),
    ("confirm_order", {"payment_method": "cod", "customer_name": "Олександр"}),
)


def order_at_once(prompt: Prompt) -> str | Answer:
    """Tell what was promised before, else go the way of an order, a tool at a time."""
    if 'tell him, naming all numbers: "' in prompt.note:
        return prompt.note.split('tell him, naming all numbers: "')[1].split('"')[0]
    since = _since_the_caller(prompt)
    if since and since[-1].failed:
        return FAILED
    if since and '"existing"' in since[-1].result:
        return f"Замовлення номер {json.loads(since[-1].result)['existing']['order_number']} підтверджено."
    asked_to_agree = any(isinstance(turn, AgentTurn) and "?" in turn.text for turn in prompt.turns[-4:])
    step = len(since) if since or not asked_to_agree else len(_STEPS) - 1
    if step >= len(_STEPS):
        return FAILED
    name, arguments = _STEPS[step]
    return Answer("", (ToolCall(f"call-{len(prompt.turns)}", name, dict(arguments)),))


def _since_the_caller(prompt: Prompt) -> list[ToolUse]:
    since: list[ToolUse] = []
    for turn in reversed(prompt.turns):
        match turn:
            case ToolUse():
                since.insert(0, turn)
            case CallerTurn():
                break
            case _:
                pass
    return since


class _Nobody:
    """Fulfils the port `CallObserver`."""

    def notice(self, call_id: object, event: Event, state: State, at: float) -> None: ...

    def ended(self, record: CallRecord) -> None: ...


def _now() -> datetime:
    return datetime.now(_KYIV)


def _today() -> date:
    return _now().date()


async def serve(asked: Mapping[str, str]) -> None:
    synthesizer = LiteralSynthesizer(frames_a_word=2)
    announcements = Announcements(synthesizer)
    await announcements.prepare([GREETING, *PHRASES.fixed()])
    shop = StoreClient(url=asked["store"], key=asked["key"], attempt_seconds=1.0, give_up_seconds=4.0)
    assistant = partial(
        ShopAssistant,
        shop=shop,
        ledger=SqliteLedger(Path(asked["ledger"])),
        knowledge=InMemoryKnowledge("uk"),
        recall=recalling(_now),
        language="uk",
        shop_name="Шини",
        agent_name="Олена",
        now=_now,
    )
    switchboard = AsteriskSwitchboard(url=asked["ari"], user="callcenter", password="secret")
    parts = CallParts(
        recognizer=LiteralRecognizer(interim_seconds=0.02, final_seconds=0.05),
        voice_activity=EnergyVoiceActivity(),
        synthesizer=synthesizer,
        model=ScriptedModel(script=order_at_once, words_per_second=1000),
        switchboard=switchboard,
        announcements=announcements,
        observer=_Nobody(),
        assistant=assistant,
        phrases=PHRASES,
        limits=Limits(tool_seconds=5.0),
        language="uk",
        today=_today,
        greeting=lambda: GREETING,
    )
    conduct_call = ConductCall(parts)
    server = AudioSocketServer(
        host="127.0.0.1",
        port=int(asked["port"]),
        share_port=False,
        limits=ServerLimits(most_calls=200, most_connections=400),
        claims=InMemoryClaims(),
    )

    async def conduct(leg: CallLeg) -> None:
        await conduct_call(leg)

    async with anyio.create_task_group() as tasks:
        await tasks.start(switchboard.run)
        await tasks.start(server.serve, conduct)
        print("ready", flush=True)


if __name__ == "__main__":
    anyio.run(serve, json.loads(sys.argv[1]), backend_options={"use_uvloop": True})
