"""The socket of a test call: 16-bit PCM of 8 kHz both ways, and in between what becomes of the call, as JSON.

Rule 1: it opens for a page of this host alone, and a call begins with the seal of whoever has opened the page.
Rule 2: the call ends with the socket, and with the right to make it.
Rule 3: what a browser sends is said at the pace of real time, whatever the pace at which it comes.
"""

import json
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import anyio
from sanic import Request, Websocket
from sanic.exceptions import WebsocketClosed

from application.calls.try_agent import TrialCall
from domain.access import Permission
from ui.access import Door, Holder
from ui.gate import permitted
from ui.render import visit_of
from ui.trial_desk import TrialDesk, TrialRefused
from ui.trial_words import TRIAL_ENDS, TrialRefusal

_FIRST_SECONDS = 5.0
_LOOK_SECONDS = 2.0
_MOST_BYTES = 16_000
"""A second of voice; a message that is longer comes from no page of ours."""


@dataclass(frozen=True, slots=True)
class _Asked:
    seal: str
    real: bool


class TrialLine:
    def __init__(self, desk: TrialDesk, door: Door) -> None:
        self._desk = desk
        self._door = door

    async def hold(self, request: Request, socket: Websocket) -> None:
        """Hold a call from the first message to its end, or say why there is none."""
        holder = permitted(request, Permission.TEST_CALLS)
        written = visit_of(request).tongue.words.gettext
        try:
            call = await self._begin(holder, await _asked(socket))
        except TrialRefused as refused:
            await _tell(socket, refused=written(refused.words))
            return
        try:
            await _tell(socket, begun=str(call.trial.call_id))
            await self._talk(socket, call, holder)
            if call.end is not None:
                await _tell(socket, over=written(TRIAL_ENDS[call.end]))
        except WebsocketClosed:
            pass
        finally:
            call.hang_up()

    async def _begin(self, holder: Holder, asked: _Asked | None) -> TrialCall:
        if asked is None or not self._door.sealed(holder.ticket_id, asked.seal):
            raise TrialRefused(403, TrialRefusal.TOO_OLD)
        return await self._desk.begin(holder, real=asked.real)

    async def _talk(self, socket: Websocket, call: TrialCall, holder: Holder) -> None:
        async with anyio.create_task_group() as talk:
            talk.start_soon(_listen, socket, call, talk.cancel_scope.cancel)
            talk.start_soon(self._watch, call, holder, talk.cancel_scope.cancel)
            async with aclosing(call.audio()) as audio:
                async for slin in audio:
                    await socket.send(slin)
            talk.cancel_scope.cancel()

    async def _watch(self, call: TrialCall, holder: Holder, stop: Callable[[], None]) -> None:
        """Whoever holds the socket is there, although he is silent, until he may be no more."""
        while await self._door.still_may(holder, Permission.TEST_CALLS):
            call.touch()
            await anyio.sleep(_LOOK_SECONDS)
        stop()


async def _listen(socket: Websocket, call: TrialCall, stop: Callable[[], None]) -> None:
    """Say what comes; a browser that is gone, or talks nonsense, is the end of it."""
    try:
        while isinstance(heard := await socket.recv(), bytes) and len(heard) <= _MOST_BYTES:
            call.say(heard)
    except WebsocketClosed:
        pass
    stop()


async def _asked(socket: Websocket) -> _Asked | None:
    """Read what a page of ours says first."""
    try:
        asked: Any = json.loads(await socket.recv(timeout=_FIRST_SECONDS) or "")
        return _Asked(str(asked["seal"]), asked["real"] is True)
    except (KeyError, TypeError, ValueError):
        return None


async def _tell(socket: Websocket, **told: str) -> None:
    await socket.send(json.dumps(told, ensure_ascii=False))
