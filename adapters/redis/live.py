"""Running calls in Redis: a key for what is seen of a call at a glance, and one for its words.

Rule 1: whatever is written ends by itself when nobody writes it again.
Rule 2: commands go through a channel: they reach the engines that listen at that moment, or nobody.  Whoever can
write to this Redis may give them, and nobody else can.
Rule 3: what cannot be read is not there.
"""

import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from time import time
from typing import Any, TypeVar
from uuid import UUID

import anyio

from adapters.redis.connection import ALIVE_SECONDS, connection, reached
from application.ports.live import MOST_CALLS, SHOWN_SECONDS, Command, Demand, Sight, Told, Typing
from domain.live import Doing, LiveCall, LiveTranscript, Said
from domain.troubles import Troubles
from domain.visit.visit import Flow

T = TypeVar("T")

_MOST_LETTERS = 1_000
"""Of a command; what is longer is none."""
_LISTEN_SECONDS = 5.0


class RedisBoard:
    """Fulfils the port `LiveBoard`; connects when it is first used."""

    def __init__(self, url: str, *, name: str = "callcenter:live", seconds: float = 0.3) -> None:
        self._redis = connection(url, seconds)
        self._name = name
        self._seconds = seconds

    async def show(self, sights: Sequence[Sight]) -> None:
        if not sights:
            return
        until = time() + SHOWN_SECONDS
        async with self._at_once() as commands:
            commands.zadd(self._name, {str(sight.call.call_id): until for sight in sights})
            for sight in sights:
                commands.set(self._call(sight.call.call_id), _written(sight.call), ex=SHOWN_SECONDS)
                commands.set(self._words(sight.call.call_id), _written(sight.transcript), ex=SHOWN_SECONDS)

    async def take_down(self, call_ids: Sequence[UUID]) -> None:
        if not call_ids:
            return
        keys = [key for call_id in call_ids for key in (self._call(call_id), self._words(call_id))]
        async with self._at_once() as commands:
            commands.zrem(self._name, *map(str, call_ids))
            commands.delete(*keys)

    async def calls(self) -> Sequence[LiveCall]:
        async with reached(self._seconds):
            await self._redis.zremrangebyscore(self._name, "-inf", time())
            shown: Any = await self._redis.zrange(self._name, 0, MOST_CALLS - 1)
            found: Any = await self._redis.mget([self._call(each) for each in shown]) if shown else []
        return [call for each in found if (call := _read(each, _call)) is not None]

    async def look(self, call_id: UUID) -> Sight | None:
        async with reached(self._seconds):
            found: Any = await self._redis.mget(self._call(call_id), self._words(call_id))
        call, transcript = _read(found[0], _call), _read(found[1], _transcript)
        return None if call is None or transcript is None else Sight(call, transcript)

    async def close(self) -> None:
        with anyio.move_on_after(self._seconds):
            await self._redis.aclose()

    @asynccontextmanager
    async def _at_once(self) -> AsyncGenerator[Any, None]:
        """Yield what takes commands; they go in one message."""
        async with reached(self._seconds), self._redis.pipeline(transaction=False) as commands:
            yield commands
            await commands.execute()

    def _call(self, call_id: object) -> str:
        return f"{self._name}:{call_id}"

    def _words(self, call_id: object) -> str:
        return f"{self._name}:{call_id}:words"


class RedisCommands:
    """Fulfils the port `Commands`; connects when it is first used."""

    def __init__(self, url: str, *, name: str = "callcenter:commands", seconds: float = 0.3) -> None:
        self._redis = connection(url, seconds)
        self._name = name
        self._seconds = seconds

    async def give(self, command: Told) -> bool:
        async with reached(self._seconds):
            listeners: int = await self._redis.publish(self._name, _written(command))
        return listeners > 0

    async def given(self) -> AsyncGenerator[Told, None]:
        async with aclosing(self._redis.pubsub(ignore_subscribe_messages=True)) as channel:
            async with reached(self._seconds):
                await channel.subscribe(self._name)
            while True:
                async with reached(_LISTEN_SECONDS + 2 * ALIVE_SECONDS):
                    message: Any = await channel.get_message(timeout=_LISTEN_SECONDS)
                told = message["data"] if message is not None else ""
                if len(told) <= _MOST_LETTERS and (command := _read(told, _told)) is not None:
                    yield command

    async def close(self) -> None:
        with anyio.move_on_after(self._seconds):
            await self._redis.aclose()


def _written(value: LiveCall | LiveTranscript | Told) -> str:
    # By hand where there is much of it: `asdict` takes ten times as long, between the frames of calls.
    match value:
        case LiveTranscript():
            told: Any = {"said": [(one.who, one.text, one.broken) for one in value.said]}
            told |= {"heard_now": value.heard_now, "said_now": value.said_now}
            return json.dumps(told, ensure_ascii=False)
        case _:
            return json.dumps(asdict(value), default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return str(value)


def _read(line: str | None, kind: Callable[[dict[str, Any]], T]) -> T | None:
    try:
        return kind(json.loads(line or ""))
    except (KeyError, TypeError, ValueError):
        return None


def _call(told: dict[str, Any]) -> LiveCall:
    quiet_since, last = told["quiet_since"], told["last"]
    return LiveCall(
        call_id=UUID(told["call_id"]),
        began=datetime.fromisoformat(told["began"]),
        caller=told["caller"],
        doing=Doing(told["doing"]),
        since=datetime.fromisoformat(told["since"]),
        quiet_since=datetime.fromisoformat(quiet_since) if quiet_since else None,
        flow=Flow(told["flow"]),
        last=Said(**last) if last else None,
        troubles=Troubles(**told["troubles"]),
    )


def _transcript(told: dict[str, Any]) -> LiveTranscript:
    said = tuple(Said(*each) for each in told["said"])
    return LiveTranscript(said=said, heard_now=told["heard_now"], said_now=told["said_now"])


def _told(told: dict[str, Any]) -> Told:
    if "text" in told:
        return Typing(call_id=UUID(told["call_id"]), text=str(told["text"]), by=str(told["by"]))
    return Command(call_id=UUID(told["call_id"]), demand=Demand(told["demand"]), by=str(told["by"]))
