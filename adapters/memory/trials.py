"""Trials announced within one process: for tests, and for an engine without Redis, to which nobody announces any."""

from collections.abc import Callable
from uuid import UUID

import anyio

from adapters.memory.faults import Faults
from application.ports.trials import ANNOUNCED_SECONDS
from domain.trial import Trial


class InMemoryTrialRegister:
    """Fulfils the port `TrialRegister`."""

    def __init__(self, now: Callable[[], float] = anyio.current_time) -> None:
        self._now = now
        self._announced: dict[UUID, tuple[float, Trial]] = {}
        self.faults = Faults()

    async def announce(self, trial: Trial) -> None:
        await self.faults.endure()
        self._announced[trial.call_id] = self._now() + ANNOUNCED_SECONDS, trial

    async def announced(self, call_id: UUID) -> Trial | None:
        await self.faults.endure()
        until, trial = self._announced.get(call_id, (0.0, None))
        return trial if until > self._now() else None
