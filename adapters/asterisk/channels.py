"""What is known of Asterisk's channels: whose call each carries, who calls, how it ended.

Rule: each map holds ten thousand entries at most; then the oldest goes.
"""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

import anyio

_MOST = 10_000

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Channels:
    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._callers: dict[UUID, str | None] = {}
        self._calls: dict[str, UUID] = {}
        self._causes: dict[UUID, int] = {}
        self._awaited: dict[UUID, anyio.Event] = {}

    def __contains__(self, call_id: UUID) -> bool:
        return call_id in self._callers

    def __len__(self) -> int:
        return max(len(self._callers), len(self._calls), len(self._causes), len(self._awaited))

    def caller(self, call_id: UUID) -> str | None:
        return self._callers.get(call_id)

    def cause(self, call_id: UUID) -> int | None:
        return self._causes.get(call_id)

    def introduce(self, value: str, channel: Mapping[str, object]) -> None:
        """Learn that this channel carries the call of that UUID."""
        call_id = _uuid(value)
        if call_id is None:
            return
        self._callers[call_id] = number_of(channel)
        self._calls[str(channel.get("id", ""))] = call_id
        self._trim()
        if waiting := self._awaited.get(call_id):
            waiting.set()

    def destroyed(self, channel_id: str, call_id: UUID | None, cause: int) -> None:
        call_id = self._calls.pop(channel_id, call_id)
        if call_id is None:
            return
        self._callers.pop(call_id, None)
        self._causes[call_id] = cause
        self._trim()

    async def introduced(self, call_id: UUID, *, within: float) -> None:
        """Return when the call is known, or when that took too long."""
        if call_id in self._callers:
            return
        waiting = self._awaited.setdefault(call_id, anyio.Event())
        try:
            with anyio.move_on_after(within):
                await waiting.wait()
        finally:
            self._awaited.pop(call_id, None)

    def _trim(self) -> None:
        _drop_oldest(self._callers, beyond=self._most)
        _drop_oldest(self._calls, beyond=self._most)
        _drop_oldest(self._causes, beyond=self._most)


def _drop_oldest(known: dict[_Key, _Value], *, beyond: int) -> None:
    if len(known) > beyond:
        del known[next(iter(known))]


def call_of(channel: Mapping[str, object]) -> UUID | None:
    """Return the call that a channel carries, as `channelvars` of ari.conf shows it."""
    match channel.get("channelvars"):
        case {"CALL_UUID": str(value)}:
            return _uuid(value)
        case _:
            return None


def number_of(channel: Mapping[str, object]) -> str | None:
    """Return the caller's number, None when it is withheld."""
    match channel.get("caller"):
        case {"number": str(number)} if any(character.isdigit() for character in number):
            return number
        case _:
            return None


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
