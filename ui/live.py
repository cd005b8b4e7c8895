"""Running calls as they are spoken: all of them, the one first that needs a look most, and each to be read along.

Rule: what is demanded of a call is asked of the role of who demands it, and written down.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import redirect

from application.ports.audit import AuditLog
from application.ports.live import Command, Commands, Demand
from domain.access import Permission
from domain.audit import AuditLine
from domain.errors import Unavailable
from ui.access import Door
from ui.gate import permitted, said
from ui.live_feed import LiveFeed, Piece, Pieces
from ui.render import Pages
from ui.words import DOINGS, FLOWS

_LOG = logging.getLogger(__name__)
_MOST_ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveParts:
    feed: LiveFeed
    commands: Commands


class Written:
    """What is written for one viewer."""

    def __init__(self, feed: LiveFeed, pages: Pages, request: Request) -> None:
        self._feed = feed
        self._piece = partial(pages.piece, request)

    def known(self) -> dict[str, Any]:
        return {"now": self._feed.now(), "doings": DOINGS, "flows": FLOWS}

    async def list(self) -> dict[str, Any]:
        try:
            calls = await self._feed.calls()
        except Unavailable:
            return {"calls": (), "count": 0, "away": True}
        return {"calls": calls[:_MOST_ROWS], "count": len(calls), "away": False}

    async def list_pieces(self) -> Pieces:
        """The list, when other calls are in it or stand elsewhere; else what has changed within its rows.

        So links stay where they are under the hand that is about to press them.
        """
        seen, also = await self.list(), self.known()
        order = seen["away"], seen["count"], tuple((call.call_id, call.caller) for call in seen["calls"])
        pieces = {"calls": Piece(order, partial(self._piece, "live/calls.html", **seen, **also))}
        for call in seen["calls"]:
            write = partial(self._piece, "live/row.html", call=call, **also)
            pieces[f"c-{call.call_id}"] = Piece((call, _second(also["now"])), write)
        return pieces

    async def call_pieces(self, call_id: UUID) -> Pieces:
        also = self.known()
        try:
            sight = await self._feed.look(call_id)
        except Unavailable:
            return {"state": Piece("away", partial(self._piece, "live/state.html", call=None, **also))}
        if sight is None:
            return {"over": Piece("over", partial(self._piece, "live/over.html", call_id=call_id))}
        call, words = sight.call, sight.transcript
        return {
            "state": Piece((call, _second(also["now"])), partial(self._piece, "live/state.html", call=call, **also)),
            "said": Piece(words.said, partial(self._piece, "live/said.html", said=words.said)),
            "now": Piece((words.heard_now, words.said_now), partial(self._piece, "live/now.html", transcript=words)),
        }


def live_pages(parts: LiveParts, audit: AuditLog, pages: Pages, door: Door) -> Blueprint:
    blueprint = Blueprint("live", url_prefix="/admin/live")
    feed = parts.feed

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.WATCH_CALLS)
        written = Written(feed, pages, request)
        return pages.render(request, "live/list.html", **await written.list(), **written.known())

    @blueprint.get("/stream")
    async def follow(request: Request) -> None:
        holder = permitted(request, Permission.WATCH_CALLS)
        written = Written(feed, pages, request)
        allowed = partial(door.still_may, holder, Permission.WATCH_CALLS)
        await feed.tell(request, written.list_pieces, allowed=allowed)

    @blueprint.get("/<call_id:uuid>")
    async def show(request: Request, call_id: UUID) -> HTTPResponse:
        permitted(request, Permission.WATCH_CALLS)
        sight = await feed.look(call_id)
        if sight is None:
            return redirect(f"/admin/calls/{call_id}", status=303)
        asked = next((each.value for each in Demand if each.value == request.args.get("asked")), "")
        known: dict[str, Any] = {"call": sight.call, "said": sight.transcript.said, "transcript": sight.transcript}
        known |= Written(feed, pages, request).known()
        return pages.render(request, "live/show.html", asked=asked, **known)

    @blueprint.get("/<call_id:uuid>/stream")
    async def read_along(request: Request, call_id: UUID) -> None:
        holder = permitted(request, Permission.WATCH_CALLS)
        written = Written(feed, pages, request)
        allowed = partial(door.still_may, holder, Permission.WATCH_CALLS)
        await feed.tell(request, partial(written.call_pieces, call_id), allowed=allowed)

    @blueprint.post("/<call_id:uuid>")
    async def demand(request: Request, call_id: UUID) -> HTTPResponse:
        holder = permitted(request, Permission.STEER_CALLS)
        try:
            command = Command(call_id=call_id, demand=Demand(said(request, "demand")), by=holder.name)
        except ValueError as error:
            raise BadRequest("nothing like this can be demanded of a call") from error
        if not await demanded(parts, audit, command):
            return redirect(f"/admin/calls/{call_id}", status=303)
        return redirect(f"/admin/live/{call_id}?asked={command.demand.value}", status=303)

    return blueprint


async def demanded(parts: LiveParts, audit: AuditLog, command: Command) -> bool:
    """Tell it to the engines and write it down; return False for a call that does not run.

    Raises `Unavailable` when no engine listens.
    """
    if await parts.feed.look(command.call_id) is None:
        return False
    if not await parts.commands.give(command):
        raise Unavailable("no engine listens")
    await _write_down(audit, command, parts.feed.now())
    return True


def _second(at: datetime) -> int:
    return int(at.timestamp())


async def _write_down(audit: AuditLog, command: Command, at: datetime) -> None:
    """Callers come first: what was demanded is done also where it cannot be written down, and is then in the log."""
    action = f"calls.{command.demand.value}"
    try:
        await audit.note(AuditLine(at=at, by=command.by, action=action, subject=str(command.call_id)))
    except Unavailable:
        _LOG.warning("%s was demanded by %s of the call %s", action, command.by, command.call_id)
