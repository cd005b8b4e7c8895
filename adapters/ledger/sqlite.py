"""The ledger in an SQLite file.

Rule 1: a write that has returned is on the disk, and outlives the process and the machine.
Rule 2: the event loop never waits for the disk: each operation runs in a thread, one at a
time, and is given up when it takes too long.
Rule 3: numbers stand in the file, whose owner alone can read it; they stand in no error and no log.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import anyio
import anyio.to_thread

from application.ports.records import UnknownCallback
from domain.callback import Callback, CallbackRequest, CallbackState
from domain.errors import Unavailable
from domain.facts import Deed
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise, PromiseState

T = TypeVar("T")

_THREADS = 4
_SHARE_FOR_OTHERS = 0.75  # of an operation's time; so long it waits for other processes
_KEPT = timedelta(days=30)
"""How long a promise is kept; callers are told of those of the last day."""

_VERSION = 2
_OPEN = (PromiseState.BEGUN.value, PromiseState.DONE.value)
_PROMISE = "key, caller, call_id, deed, content, at, state, number, text"
_CALLBACK = "key, call_id, number, preferred_time, note, reason, at, state, by, remark, changed"
_PROFILE = "name, city, vehicle, delivery_address"


class SqliteLedger:
    """Fulfils the port `Ledger`; the file and its folder are made when they are needed."""

    def __init__(self, path: Path, *, seconds: float = 2.0) -> None:
        self._path = path
        self._seconds = seconds
        self._threads = anyio.CapacityLimiter(_THREADS)
        self._turn = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    async def close(self) -> None:
        def close(connection: sqlite3.Connection) -> None:
            connection.close()
            self._connection = None

        if self._connection is not None:
            await self._do(close)

    async def begin(self, promise: Promise) -> None:
        def begin(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.execute("DELETE FROM promises WHERE at < ?", (_moment(promise.at - _KEPT),))
                known = _promise_of(connection, promise.key)
                _write(connection, known.begun_again() if known else promise)

        await self._do(begin)

    async def done(self, key: str, *, number: str, text: str) -> None:
        await self._change(key, lambda promise: promise.done(number, text))

    async def failed(self, key: str) -> None:
        await self._change(key, Promise.failed)

    async def heard(self, key: str) -> None:
        await self._change(key, Promise.heard)

    async def open_promises(self, caller: str, since: datetime) -> Sequence[Promise]:
        def look(connection: sqlite3.Connection) -> Sequence[Promise]:
            rows = connection.execute(
                f"SELECT {_PROMISE} FROM promises WHERE caller = ? AND at >= ? AND state IN (?, ?) ORDER BY at",
                (caller, _moment(since), *_OPEN),
            )
            return [_promise(row) for row in rows]

        return await self._do(look)

    async def add(self, request: CallbackRequest) -> None:
        await self._do(lambda connection: _note(connection, request))

    async def waiting(self) -> Sequence[CallbackRequest]:
        return [each.request for each in await self.in_state(CallbackState.WAITING, limit=-1)]

    async def in_state(self, state: CallbackState, *, limit: int = 100) -> Sequence[Callback]:
        order = "at" if state is CallbackState.WAITING else "changed DESC"
        return await self._do(
            lambda connection: _callbacks(connection, f"state = ? ORDER BY {order} LIMIT ?", state.value, limit)
        )

    async def callback(self, key: str) -> Callback:
        return await self._do(lambda connection: _callback_of(connection, key))

    async def change(self, key: str, step: Callable[[Callback], Callback]) -> Callback:
        def change(connection: sqlite3.Connection) -> Callback:
            with _transaction(connection):
                changed = step(_callback_of(connection, key))
                connection.execute(
                    "UPDATE callbacks SET state = ?, by = ?, remark = ?, changed = ? WHERE key = ?",
                    (
                        changed.state.value,
                        changed.by,
                        changed.remark,
                        _moment(changed.changed) if changed.changed else None,
                        key,
                    ),
                )
            return changed

        return await self._do(change)

    async def profile(self, caller: str) -> ProfileSaved | None:
        return await self._do(lambda connection: _profile_of(connection, caller))

    async def save(self, caller: str, changes: ProfileSaved) -> None:
        def save(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                known = _profile_of(connection, caller) or ProfileSaved()
                _write_profile(connection, caller, known | changes)

        await self._do(save)

    async def rewrite(self, caller: str, profile: ProfileSaved) -> None:
        await self._do(lambda connection: _write_profile(connection, caller, profile))

    async def callbacks_of(self, caller: str) -> Sequence[Callback]:
        return await self._do(lambda connection: _callbacks(connection, "number = ? ORDER BY at DESC", caller))

    async def promises_of(self, caller: str) -> Sequence[Promise]:
        def look(connection: sqlite3.Connection) -> Sequence[Promise]:
            rows = connection.execute(f"SELECT {_PROMISE} FROM promises WHERE caller = ? ORDER BY at DESC", (caller,))
            return [_promise(row) for row in rows]

        return await self._do(look)

    async def erase(self, caller: str) -> None:
        def erase(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                connection.execute("DELETE FROM callbacks WHERE number = ?", (caller,))
                connection.execute("DELETE FROM promises WHERE caller = ?", (caller,))
                connection.execute("DELETE FROM profiles WHERE caller = ?", (caller,))

        await self._do(erase)

    async def _change(self, key: str, step: Callable[[Promise], Promise]) -> None:
        def change(connection: sqlite3.Connection) -> None:
            with _transaction(connection):
                if known := _promise_of(connection, key):
                    _write(connection, step(known))

        await self._do(change)

    async def _do(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Act on the file, in a thread.  What is given up may still be done: it was only not waited for."""
        try:
            with anyio.fail_after(self._seconds):
                return await anyio.to_thread.run_sync(self._act, act, abandon_on_cancel=True, limiter=self._threads)
        except TimeoutError:
            raise Unavailable("the ledger did not answer in time") from None

    def _act(self, act: Callable[[sqlite3.Connection], T]) -> T:
        if not self._turn.acquire(timeout=self._seconds):
            raise Unavailable("the ledger is busy")
        try:
            if self._connection is None:
                self._connection = self._opened()
            return act(self._connection)
        except (sqlite3.Error, OSError) as error:
            self._abandon()
            raise Unavailable(f"the ledger cannot be used: {_errorname(error)}") from None
        finally:
            self._turn.release()

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives the files beside this one the mode of this one.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self._path, timeout=self._seconds * _SHARE_FOR_OTHERS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            if _version(connection) != _VERSION:
                with _transaction(connection):
                    _renew(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _abandon(self) -> None:
        """Whatever is wrong with this connection, the next operation gets another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Read and write as one; other processes wait, or are waited for."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _renew(connection: sqlite3.Connection) -> None:
    """Bring the file to this version; another process may just have done so."""
    requests: Sequence[CallbackRequest] = ()
    if _version(connection) == 1:  # callbacks were requests, and nothing more was known of them
        rows = connection.execute("SELECT call_id, number, preferred_time, note, reason, at FROM callbacks")
        requests = [_request(row) for row in rows]
        connection.execute("DROP TABLE callbacks")
    for statement in _schema():
        connection.execute(statement)
    for request in requests:
        _note(connection, request)
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _schema() -> Sequence[str]:
    script = files("adapters.ledger").joinpath("schema.sql").read_text(encoding="utf-8")
    return [statement for statement in script.split(";") if statement.strip()]


def _promise_of(connection: sqlite3.Connection, key: str) -> Promise | None:
    row = connection.execute(f"SELECT {_PROMISE} FROM promises WHERE key = ?", (key,)).fetchone()
    return row and _promise(row)


def _promise(row: Sequence[str]) -> Promise:
    key, caller, call_id, deed, content, at, state, number, text = row
    return Promise(
        key=key,
        caller=caller,
        call_id=UUID(call_id),
        deed=Deed(deed),
        content=content,
        at=datetime.fromisoformat(at),
        state=PromiseState(state),
        number=number,
        text=text,
    )


def _write(connection: sqlite3.Connection, promise: Promise) -> None:
    connection.execute(
        f"INSERT OR REPLACE INTO promises ({_PROMISE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            promise.key,
            promise.caller,
            str(promise.call_id),
            promise.deed.value,
            promise.content,
            _moment(promise.at),
            promise.state.value,
            promise.number,
            promise.text,
        ),
    )


def _note(connection: sqlite3.Connection, request: CallbackRequest) -> None:
    connection.execute(
        f"INSERT OR IGNORE INTO callbacks ({_CALLBACK}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', NULL)",
        (
            request.key,
            str(request.call_id),
            request.number,
            request.preferred_time,
            request.note,
            request.reason,
            _moment(request.at),
            CallbackState.WAITING.value,
        ),
    )


def _callbacks(connection: sqlite3.Connection, where: str, *values: str | int) -> Sequence[Callback]:
    rows = connection.execute(f"SELECT {_CALLBACK} FROM callbacks WHERE {where}", values)
    return [_callback(row) for row in rows]


def _callback_of(connection: sqlite3.Connection, key: str) -> Callback:
    for found in _callbacks(connection, "key = ?", key):
        return found
    raise UnknownCallback(key)


def _callback(row: Sequence[str]) -> Callback:
    _, *request, state, by, remark, changed = row
    return Callback(
        request=_request(request),
        state=CallbackState(state),
        by=by,
        remark=remark,
        changed=datetime.fromisoformat(changed) if changed else None,
    )


def _request(row: Sequence[str]) -> CallbackRequest:
    call_id, number, preferred_time, note, reason, at = row
    return CallbackRequest(
        call_id=UUID(call_id),
        number=number,
        preferred_time=preferred_time,
        note=note,
        reason=reason,
        at=datetime.fromisoformat(at),
    )


def _write_profile(connection: sqlite3.Connection, caller: str, profile: ProfileSaved) -> None:
    connection.execute(
        f"INSERT OR REPLACE INTO profiles (caller, {_PROFILE}) VALUES (?, ?, ?, ?, ?)",
        (caller, profile.name, profile.city, profile.vehicle, profile.delivery_address),
    )


def _profile_of(connection: sqlite3.Connection, caller: str) -> ProfileSaved | None:
    row = connection.execute(f"SELECT {_PROFILE} FROM profiles WHERE caller = ?", (caller,)).fetchone()
    if row is None:
        return None
    name, city, vehicle, delivery_address = row
    return ProfileSaved(name=name, city=city, vehicle=vehicle, delivery_address=delivery_address)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _errorname(error: sqlite3.Error | OSError) -> str:
    """Name what is wrong and not with what: the messages of constraints hold values."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__
