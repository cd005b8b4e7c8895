"""A call engine that keeps a record, in a process of its own that may be killed; words stand in for speech.

    python -m tests.harness.recording_engine '{"port": …, "redis": …, "folder": …, "ari": …}'

Line, dialog, switchboard and journals are the product's; the model says what
it has heard.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import anyio

from adapters.asterisk.ari import AsteriskSwitchboard
from adapters.audiosocket.claims import InMemoryClaims
from adapters.audiosocket.server import AudioSocketServer
from adapters.audiosocket.server import Limits as ServerLimits
from adapters.files.journal import FolderJournal
from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.scripted_model import ScriptedModel
from adapters.redis.journal import RedisJournal
from application.calls.announcements import Announcements
from application.calls.carry_journal import CarryJournal
from application.calls.conduct_call import CallParts, ConductCall
from application.calls.keep_journal import KeepJournal
from application.ports.language import Prompt
from application.ports.line import CallLeg
from domain.limits import Limits
from domain.phrases import UKRAINIAN
from domain.transcript import CallerTurn
from tests.harness.assistant import TODAY, assistant_with

GREETING = "Вітаю!"
HEARD = "Чую"


def repeat(prompt: Prompt) -> str:
    said = next(turn.text for turn in reversed(prompt.turns) if isinstance(turn, CallerTurn))
    return f"{HEARD} {said}."


def _now() -> datetime:
    return datetime.now(UTC)


async def serve(asked: Mapping[str, str]) -> None:
    synthesizer = LiteralSynthesizer(frames_a_word=2)
    announcements = Announcements(synthesizer)
    phrases = replace(UKRAINIAN, hand_over="Кличу людину.", hand_over_apology="Збій.")
    await announcements.prepare([GREETING, *phrases.fixed()])
    folder = Path(asked["folder"])
    redis, files = RedisJournal(asked["redis"]), FolderJournal(folder / "journal")
    keep = KeepJournal([redis, files], now=_now, language="uk")
    carry = CarryJournal([files], redis.append, refused=FolderJournal(folder / "refused"))
    switchboard = AsteriskSwitchboard(url=asked["ari"], user="callcenter", password="secret")
    conduct_call = ConductCall(
        CallParts(
            recognizer=LiteralRecognizer(interim_seconds=0.02, final_seconds=0.05),
            voice_activity=EnergyVoiceActivity(),
            synthesizer=synthesizer,
            model=ScriptedModel(script=repeat, words_per_second=1000),
            switchboard=switchboard,
            announcements=announcements,
            observer=keep,
            assistant=assistant_with(),
            phrases=phrases,
            limits=Limits(),
            language="uk",
            today=lambda: TODAY,
            greeting=lambda: GREETING,
        )
    )
    server = AudioSocketServer(
        host="127.0.0.1",
        port=int(asked["port"]),
        share_port=False,
        limits=ServerLimits(most_calls=200, most_connections=400),
        claims=InMemoryClaims(),
    )

    async def conduct(leg: CallLeg) -> None:
        record = await conduct_call(leg)
        print(json.dumps({"lateness_p99_ms": record.line.lateness_p99_ms, "lost": keep.lost}), flush=True)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(keep.run)
        tasks.start_soon(carry.run)
        await tasks.start(switchboard.run)
        await tasks.start(server.serve, conduct)
        print("ready", flush=True)


if __name__ == "__main__":
    anyio.run(serve, json.loads(sys.argv[1]), backend_options={"use_uvloop": True})
