"""A ledger in memory: for tests and demos, and as forgetful as its process."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from adapters.memory.faults import Faults
from application.ports.records import UnknownCallback
from domain.callback import Callback, CallbackRequest, CallbackState
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise

_EPOCH = datetime.fromtimestamp(0, UTC)


class InMemoryLedger:
    """Fulfils the port `Ledger`; what it holds may be looked at."""

    def __init__(self) -> None:
        self.promises: dict[str, Promise] = {}
        self.callbacks: dict[str, CallbackRequest] = {}
        """By their keys."""
        self.followed_up: dict[str, Callback] = {}
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
        self.callbacks.setdefault(request.key, request)

    async def waiting(self) -> Sequence[CallbackRequest]:
        return [each.request for each in await self.in_state(CallbackState.WAITING, limit=len(self.callbacks))]

    async def in_state(self, state: CallbackState, *, limit: int = 100) -> Sequence[Callback]:
        await self.faults.endure()
        found = [each for each in map(self._callback, self.callbacks) if each.state is state]
        if state is CallbackState.WAITING:
            return sorted(found, key=lambda each: each.request.at)[:limit]
        return sorted(found, key=lambda each: each.changed or _EPOCH, reverse=True)[:limit]

    async def callback(self, key: str) -> Callback:
        await self.faults.endure()
        if key not in self.callbacks:
            raise UnknownCallback(key)
        return self._callback(key)

    async def change(self, key: str, step: Callable[[Callback], Callback]) -> Callback:
        changed = self.followed_up[key] = step(await self.callback(key))
        return changed

    async def profile(self, caller: str) -> ProfileSaved | None:
        await self.faults.endure()
        return self.profiles.get(caller)

    async def save(self, caller: str, changes: ProfileSaved) -> None:
        await self.faults.endure()
        self.profiles[caller] = self.profiles.get(caller, ProfileSaved()) | changes

    async def rewrite(self, caller: str, profile: ProfileSaved) -> None:
        await self.faults.endure()
        self.profiles[caller] = profile

    async def callbacks_of(self, caller: str) -> Sequence[Callback]:
        await self.faults.endure()
        theirs = [self._callback(key) for key, request in self.callbacks.items() if request.number == caller]
        return sorted(theirs, key=lambda each: each.request.at, reverse=True)

    async def promises_of(self, caller: str) -> Sequence[Promise]:
        await self.faults.endure()
        theirs = [each for each in self.promises.values() if each.caller == caller]
        return sorted(theirs, key=lambda each: each.at, reverse=True)

    async def erase(self, caller: str) -> None:
        await self.faults.endure()
        self.promises = {key: each for key, each in self.promises.items() if each.caller != caller}
        self.callbacks = {key: each for key, each in self.callbacks.items() if each.number != caller}
        self.followed_up = {key: each for key, each in self.followed_up.items() if key in self.callbacks}
        self.profiles.pop(caller, None)

    def _callback(self, key: str) -> Callback:
        return self.followed_up.get(key) or Callback(request=self.callbacks[key])

    async def _change(self, key: str, step: Callable[[Promise], Promise]) -> None:
        await self.faults.endure()
        if key in self.promises:
            self.promises[key] = step(self.promises[key])
