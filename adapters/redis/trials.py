"""Trials announced in Redis: a key for each, that ends by itself.

Rule: whoever can write to this Redis may announce them, and nobody else can.
"""

import json
from uuid import UUID

import anyio

from adapters.redis.connection import connection, reached
from application.ports.trials import ANNOUNCED_SECONDS
from domain.trial import Trial


class RedisTrialRegister:
    """Fulfils the port `TrialRegister`; connects when it is first used."""

    def __init__(self, url: str, *, name: str = "callcenter:trials", seconds: float = 0.3) -> None:
        self._redis = connection(url, seconds)
        self._name = name
        self._seconds = seconds

    async def announce(self, trial: Trial) -> None:
        told = json.dumps({"by": trial.by, "real": trial.real}, ensure_ascii=False)
        async with reached(self._seconds):
            await self._redis.set(f"{self._name}:{trial.call_id}", told, ex=ANNOUNCED_SECONDS)

    async def announced(self, call_id: UUID) -> Trial | None:
        async with reached(self._seconds):
            told = await self._redis.get(f"{self._name}:{call_id}")
        return None if told is None else _trial(call_id, told)

    async def close(self) -> None:
        with anyio.move_on_after(self._seconds):
            await self._redis.aclose()


def _trial(call_id: UUID, told: str | bytes) -> Trial | None:
    """What cannot be read is no trial."""
    try:
        read = json.loads(told)
        return Trial(call_id=call_id, by=str(read["by"]), real=read["real"] is True)
    except (KeyError, TypeError, ValueError):
        return None
