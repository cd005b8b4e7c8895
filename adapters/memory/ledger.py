"""A ledger in memory: for tests and demos, and as forgetful as its process."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from adapters.memory.faults import Faults
from domain.callback import CallbackRequest
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise

_EPOCH = datetime.fromtimestamp(0, UTC)


class InMemoryLedger:
    """Fulfils the port `Ledger`; what it holds may be looked at."""

    def __init__(self) -> None:
        self.promises: dict[str, Promise] = {}
        self.callbacks: dict[CallbackRequest, CallbackRequest] = {}
        """By the request without its time."""
        self.profiles: dict[str, ProfileSaved] = {}
        self.faults = Faults()

    async def begin(self, promise: Promise) -> None:
        await self.faults.endure()
        known = self.promises.get(promise.key)
        self.promises[promise.key] = known.begun_again() if known else promise

    async def done(self, key: str, *, number: str, text: str) -> None:
        await self._change(key, lambda promise: promise.done(number, text))

    async def failed(self, key: str) -> None:
        await self._change(key, Promise.failed)

    async def heard(self, key: str) -> None:
        await self._change(key, Promise.heard)

    async def open_promises(self, caller: str, since: datetime) -> Sequence[Promise]:
        await self.faults.endure()
        theirs = (promise for promise in self.promises.values() if promise.caller == caller)
        return sorted((each for each in theirs if each.open and each.at >= since), key=lambda each: each.at)

    async def add(self, request: CallbackRequest) -> None:
        await self.faults.endure()
        self.callbacks.setdefault(replace(request, at=_EPOCH), request)

    async def waiting(self) -> Sequence[CallbackRequest]:
        await self.faults.endure()
        return sorted(self.callbacks.values(), key=lambda request: request.at)

    async def profile(self, caller: str) -> ProfileSaved | None:
        await self.faults.endure()
        return self.profiles.get(caller)

    async def save(self, caller: str, changes: ProfileSaved) -> None:
        await self.faults.endure()
        self.profiles[caller] = self.profiles.get(caller, ProfileSaved()) | changes

    async def _change(self, key: str, step: Callable[[Promise], Promise]) -> None:
        await self.faults.endure()
        if key in self.promises:
            self.promises[key] = step(self.promises[key])
