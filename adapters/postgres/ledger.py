"""The ledger in PostgreSQL: what was promised, whom to call back, and what customers have said of themselves.

Rule 1: what is read to be changed is locked until it has been changed.
Rule 2: a promise is kept for a month; callers are told of those of the last day.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from adapters.postgres import ledger_rows as rows
from adapters.postgres.database import Database
from adapters.postgres.ledger_tables import CallbackRow, ProfileRow, PromiseRow
from application.ports.records import UnknownCallback
from domain.callback import Callback, CallbackRequest, CallbackState
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise, PromiseState

_KEPT = timedelta(days=30)
_OPEN = [PromiseState.BEGUN.value, PromiseState.DONE.value]
_PROFILE = [ProfileRow.name, ProfileRow.city, ProfileRow.vehicle, ProfileRow.delivery_address]


class PostgresLedger:
    """Fulfils the port `Ledger`, while the database is open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, promise: Promise) -> None:
        async with self._database.reached(), self._database.transaction():
            await PromiseRow.delete().where(PromiseRow.at < promise.at - _KEPT)
            inserted = PromiseRow.insert(rows.promise_row(promise)).on_conflict(
                target=PromiseRow.key, action="DO NOTHING"
            )
            if not await inserted.returning(PromiseRow.key):
                await _step(promise.key, Promise.begun_again)

    async def done(self, key: str, *, number: str, text: str) -> None:
        await self._change(key, lambda promise: promise.done(number, text))

    async def failed(self, key: str) -> None:
        await self._change(key, Promise.failed)

    async def heard(self, key: str) -> None:
        await self._change(key, Promise.heard)

    async def open_promises(self, caller: str, since: datetime) -> Sequence[Promise]:
        query = PromiseRow.select().where(PromiseRow.caller == caller, PromiseRow.at >= since)
        async with self._database.reached():
            found = await query.where(PromiseRow.state.is_in(_OPEN)).order_by(PromiseRow.at)
        return [rows.promise_of(row) for row in found]

    async def promises_of(self, caller: str) -> Sequence[Promise]:
        async with self._database.reached():
            found = (
                await PromiseRow.select().where(PromiseRow.caller == caller).order_by(PromiseRow.at, ascending=False)
            )
        return [rows.promise_of(row) for row in found]

    async def add(self, request: CallbackRequest) -> None:
        row = rows.callback_row(Callback(request=request))
        async with self._database.reached():
            await CallbackRow.insert(row).on_conflict(target=CallbackRow.key, action="DO NOTHING")

    async def waiting(self) -> Sequence[CallbackRequest]:
        query = CallbackRow.select().where(CallbackRow.state == CallbackState.WAITING.value)
        async with self._database.reached():
            found = await query.order_by(CallbackRow.at)
        return [rows.callback_of(row).request for row in found]

    async def in_state(self, state: CallbackState, *, limit: int = 100) -> Sequence[Callback]:
        waits = state is CallbackState.WAITING
        query = CallbackRow.select().where(CallbackRow.state == state.value).limit(limit)
        async with self._database.reached():
            found = await query.order_by(CallbackRow.at if waits else CallbackRow.changed, ascending=waits)
        return [rows.callback_of(row) for row in found]

    async def callback(self, key: str) -> Callback:
        async with self._database.reached():
            row = await CallbackRow.select().where(CallbackRow.key == key).first()
        if row is None:
            raise UnknownCallback(key)
        return rows.callback_of(row)

    async def change(self, key: str, step: Callable[[Callback], Callback]) -> Callback:
        async with self._database.reached(), self._database.transaction():
            row = await CallbackRow.select().where(CallbackRow.key == key).first().lock_rows("UPDATE")
            if row is None:
                raise UnknownCallback(key)
            changed = step(rows.callback_of(row))
            now = rows.callback_row(changed)
            await CallbackRow.update(
                {
                    CallbackRow.state: now.state,
                    CallbackRow.by: now.by,
                    CallbackRow.remark: now.remark,
                    CallbackRow.changed: now.changed,
                }
            ).where(CallbackRow.key == key)
        return changed

    async def callbacks_of(self, caller: str) -> Sequence[Callback]:
        query = CallbackRow.select().where(CallbackRow.number == caller)
        async with self._database.reached():
            found = await query.order_by(CallbackRow.at, ascending=False)
        return [rows.callback_of(row) for row in found]

    async def profile(self, caller: str) -> ProfileSaved | None:
        async with self._database.reached():
            row = await ProfileRow.select().where(ProfileRow.caller == caller).first()
        return rows.profile_of(row) if row else None

    async def save(self, caller: str, changes: ProfileSaved) -> None:
        async with self._database.reached(), self._database.transaction():
            await ProfileRow.insert(ProfileRow(caller=caller)).on_conflict(action="DO NOTHING")
            row = await ProfileRow.select().where(ProfileRow.caller == caller).first().lock_rows("UPDATE")
            known = rows.profile_of(row) if row else ProfileSaved()
            await _put(caller, known | changes)

    async def rewrite(self, caller: str, profile: ProfileSaved) -> None:
        async with self._database.reached():
            await _put(caller, profile)

    async def erase(self, caller: str) -> None:
        async with self._database.reached(), self._database.transaction():
            await PromiseRow.delete().where(PromiseRow.caller == caller)
            await CallbackRow.delete().where(CallbackRow.number == caller)
            await ProfileRow.delete().where(ProfileRow.caller == caller)

    async def _change(self, key: str, step: Callable[[Promise], Promise]) -> None:
        async with self._database.reached(), self._database.transaction():
            await _step(key, step)


async def _step(key: str, step: Callable[[Promise], Promise]) -> None:
    row = await PromiseRow.select().where(PromiseRow.key == key).first().lock_rows("UPDATE")
    if row is None:
        return
    now = rows.promise_row(step(rows.promise_of(row)))
    await PromiseRow.update(
        {PromiseRow.state: now.state, PromiseRow.number: now.number, PromiseRow.text: now.text}
    ).where(PromiseRow.key == key)


async def _put(caller: str, profile: ProfileSaved) -> None:
    row = rows.profile_row(caller, profile)
    await ProfileRow.insert(row).on_conflict(target=ProfileRow.caller, action="DO UPDATE", values=_PROFILE)
