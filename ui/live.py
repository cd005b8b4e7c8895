"""Running calls as they are spoken: all of them, the one first that needs a look most, and each to be read along.

Rule 1: however many watch, the board is looked at twice a second at most.
Rule 2: a browser is told only what has changed, and each stream ends with its viewer's ticket, and with this process.
Rule 3: who may not see numbers gets none from here; what is demanded of a call is asked of his role, and written down.
"""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import anyio
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest, ServiceUnavailable
from sanic.response import redirect

from application.ports.audit import AuditLog
from application.ports.live import Command, Commands, Demand, LiveBoard, Sight
from domain.access import Permission
from domain.audit import AuditLine
from domain.errors import Unavailable
from domain.live import LiveCall, by_trouble
from ui.access import Door
from ui.gate import TICKET, permitted, said
from ui.render import Pages, visit_of

_LOG = logging.getLogger(__name__)
_FRESH_SECONDS = 0.5
_TELL_SECONDS = 0.5
_ALIVE_SECONDS = 15.0
"""A stream that has nothing to tell says so this often: proxies and Sanic itself end silent ones."""
_MOST_STREAMS = 100
_MOST_ROWS = 100
_LAST_SECONDS = 2.0
_SHOWN_DIGITS = 6, 2

Pieces = Mapping[str, str]
"""Parts of a page by the names under which its elements wait for them."""


class LiveFeed:
    """What all who watch see, read once for all of them."""

    def __init__(self, board: LiveBoard, *, now: Callable[[], datetime]) -> None:
        self.now = now
        self._board = board
        self._reading = anyio.Lock()
        self._calls: tuple[LiveCall, ...] = ()
        self._fresh_until = float("-inf")
        self._ending = anyio.Event()
        self._streams = 0

    async def calls(self) -> tuple[LiveCall, ...]:
        """Return what is on the board, in the order of trouble."""
        async with self._reading:
            if anyio.current_time() >= self._fresh_until:
                self._calls = by_trouble(tuple(await self._board.calls()), self.now())
                self._fresh_until = anyio.current_time() + _FRESH_SECONDS
            return self._calls

    async def look(self, call_id: UUID) -> Sight | None:
        return await self._board.look(call_id)

    async def tell(self, request: Request, pieces: Callable[[], Awaitable[Pieces]], door: Door) -> None:
        """Stream what changes, until the viewer goes, may see it no more, or this process ends.

        A piece named `over` is the last.
        """
        if self._streams >= _MOST_STREAMS or self._ending.is_set():
            raise ServiceUnavailable("too many watch")
        self._streams += 1
        try:
            response = await request.respond(content_type="text/event-stream; charset=utf-8")
            await response.send(": \n\n")
            sent: dict[str, str] = {}
            silent_since = anyio.current_time()
            while not self._ending.is_set() and door.holder(str(request.cookies.get(TICKET) or "")):
                changed = {name: piece for name, piece in (await pieces()).items() if sent.get(name) != piece}
                if changed or anyio.current_time() - silent_since >= _ALIVE_SECONDS:
                    await response.send("".join(_event(*each) for each in changed.items()) or ": \n\n")
                    silent_since = anyio.current_time()
                sent |= changed
                if "over" in changed:
                    break
                with anyio.move_on_after(_TELL_SECONDS):
                    await self._ending.wait()
            await response.eof()
        finally:
            self._streams -= 1

    @asynccontextmanager
    async def ending_first(self) -> AsyncGenerator[None, None]:
        """At the block's end, end all streams, so that nothing waits for them."""
        try:
            yield
        finally:
            self._ending.set()
            with anyio.CancelScope(shield=True), anyio.move_on_after(_LAST_SECONDS):
                while self._streams:  # noqa: ASYNC110 - it is a matter of milliseconds, once
                    await anyio.sleep(0.01)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveParts:
    feed: LiveFeed
    commands: Commands
    audit: AuditLog


def live_pages(parts: LiveParts, pages: Pages, door: Door) -> Blueprint:
    blueprint = Blueprint("live", url_prefix="/admin/live")
    feed = parts.feed

    def known(request: Request) -> dict[str, object]:
        shown = visit_of(request).may(Permission.SEE_NUMBERS.value)
        return {"now": feed.now(), "number_of": _whole if shown else masked}

    async def list_pieces(request: Request) -> Pieces:
        try:
            calls = await feed.calls()
        except Unavailable:
            return {"calls": pages.piece(request, "live/calls.html", calls=(), count=0, away=True, **known(request))}
        rows = calls[:_MOST_ROWS]
        order = pages.piece(
            request, "live/calls.html", calls=rows, count=len(calls), away=False, bare=True, **known(request)
        )
        return {
            "calls": order,
            **{f"c-{call.call_id}": pages.piece(request, "live/row.html", call=call, **known(request)) for call in rows},
        }

    async def call_pieces(request: Request, call_id: UUID) -> Pieces:
        try:
            sight = await feed.look(call_id)
        except Unavailable:
            return {"state": pages.piece(request, "live/state.html", call=None, **known(request))}
        if sight is None:
            return {"over": pages.piece(request, "live/over.html", call_id=call_id)}
        return {
            "state": pages.piece(request, "live/state.html", call=sight.call, **known(request)),
            "said": pages.piece(request, "live/said.html", said=sight.transcript.said),
            "now": pages.piece(request, "live/now.html", transcript=sight.transcript),
        }

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        try:
            calls, away = await feed.calls(), False
        except Unavailable:
            calls, away = (), True
        return pages.render(
            request,
            "live/list.html",
            calls=calls[:_MOST_ROWS],
            count=len(calls),
            away=away,
            bare=False,
            **known(request),
        )

    @blueprint.get("/stream")
    async def follow(request: Request) -> None:
        await feed.tell(request, lambda: list_pieces(request), door)

    @blueprint.get("/<call_id:uuid>")
    async def show(request: Request, call_id: UUID) -> HTTPResponse:
        sight = await feed.look(call_id)
        if sight is None:
            return redirect(f"/admin/calls/{call_id}", status=303)
        return pages.render(
            request,
            "live/show.html",
            call=sight.call,
            said=sight.transcript.said,
            transcript=sight.transcript,
            asked=str(request.args.get("asked") or ""),
            **known(request),
        )

    @blueprint.get("/<call_id:uuid>/stream")
    async def read_along(request: Request, call_id: UUID) -> None:
        await feed.tell(request, lambda: call_pieces(request, call_id), door)

    @blueprint.post("/<call_id:uuid>")
    async def demand(request: Request, call_id: UUID) -> HTTPResponse:
        holder = permitted(request, Permission.STEER_CALLS)
        try:
            command = Command(call_id=call_id, demand=Demand(said(request, "demand")), by=holder.name)
        except ValueError as error:
            raise BadRequest("nothing like this can be demanded of a call") from error
        if await feed.look(call_id) is None:
            return redirect(f"/admin/calls/{call_id}", status=303)
        if not await parts.commands.give(command):
            raise Unavailable("no engine listens")
        await _write_down(parts.audit, command, feed.now())
        return redirect(f"/admin/live/{call_id}?asked={command.demand.value}", status=303)

    return blueprint


def masked(number: str | None) -> str:
    """Return a number of which one sees that it is the same as another, and no more: `+38067•••••67`."""
    first, last = _SHOWN_DIGITS
    if number is None or len(number) <= first + last:
        return "•" * len(number or "")
    return number[:first] + "•" * (len(number) - first - last) + number[-last:]


def _whole(number: str | None) -> str:
    return number or ""


async def _write_down(audit: AuditLog, command: Command, at: datetime) -> None:
    """Callers come first: what was demanded is done also where it cannot be written down, and is then in the log."""
    action = f"calls.{command.demand.value}"
    try:
        await audit.note(AuditLine(at=at, by=command.by, action=action, subject=str(command.call_id)))
    except Unavailable:
        _LOG.warning("%s was demanded by %s of the call %s", action, command.by, command.call_id)


def _event(name: str, piece: str) -> str:
    return f"event: {name}\n" + "".join(f"data: {line}\n" for line in piece.splitlines() or [""]) + "\n"
