"""The test call: whoever may do so talks to the agent from the browser, by voice or in writing.

Rule 1: a call belongs to who made it: nobody else sees it here, or writes into it.
Rule 2: without scripts it is held in writing; with them a socket carries the voices, and the call ends with it.
Rule 3: what is wrong is said with its cure.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import Forbidden
from sanic.response import empty, redirect

from application.calls.try_agent import NotTrying, TrialCall
from application.ports.calls import CallArchive, UnknownCall
from application.ports.live import MOST_TYPED
from domain.access import Permission
from domain.errors import Unavailable
from domain.live import LiveTranscript
from domain.records import TurnTaken
from ui.access import Door
from ui.gate import from_here, permitted, said
from ui.live import Written
from ui.live_feed import LiveFeed, Piece, Pieces
from ui.render import Pages
from ui.trial_desk import TrialDesk, TrialRefused
from ui.trial_line import TrialLine
from ui.trial_words import TRIAL_ENDS, TRIAL_REFUSALS, TrialRefusal
from ui.waterfall import longest_seconds, stretches

PAGE = "/admin/test-call"
_MICROPHONE = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(self)"}
_LINE = "/line"
_MOST_FALLS = 12


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of one's call to who made it."""

    feed: LiveFeed
    archive: CallArchive
    desk: TrialDesk
    pages: Pages
    request: Request
    by: str

    @property
    def trial(self) -> TrialCall | None:
        return self.desk.trials.last(self.by)

    async def page(self) -> dict[str, Any]:
        """Return all that the page is written with."""
        known = {**self._written.known(), **_NOTHING, "trial": self.trial, "ends": TRIAL_ENDS}
        if self.trial is None or self.trial.end is not None:
            return known
        try:
            sight = await self.feed.look(self.trial.trial.call_id)
        except Unavailable:
            sight = None
        if sight is not None:
            known |= {"call": sight.call, "said": sight.transcript.said, "transcript": sight.transcript}
        return known | await self._falls(self.trial)

    async def pieces(self) -> Pieces:
        trial, piece = self.trial, partial(self.pages.piece, self.request)
        if trial is None or trial.end is not None:
            over = partial(piece, "trial/over.html", trial=trial, ends=TRIAL_ENDS, again=True)
            return {"state": Piece("over", str), "over": Piece("over", over)}
        told = dict(await self._written.call_pieces(trial.trial.call_id))
        if "over" in told:  # it is not seen yet, or no more, and goes on
            told = {"state": Piece("unseen", partial(piece, "trial/unseen.html"))}
        falls = await self._falls(trial)
        return {**told, "falls": Piece(falls["replies"], partial(piece, "trial/falls.html", **falls))}

    async def _falls(self, trial: TrialCall) -> dict[str, Any]:
        """Return where the time of each reply went, the last first, as far as the record has come."""
        try:
            record = await self.archive.load(trial.trial.call_id)
        except (Unavailable, UnknownCall):
            return _NO_FALLS
        timed = (turn for turn in reversed(record.transcript) if isinstance(turn, TurnTaken) and turn.waterfall)
        replies = tuple(turn for _, turn in zip(range(_MOST_FALLS), timed, strict=False))
        return {"replies": replies, "longest": longest_seconds(replies), "stretches": stretches}

    @property
    def _written(self) -> Written:
        return Written(self.feed, self.pages, self.request)


_NO_FALLS: dict[str, Any] = {"replies": (), "longest": 1.0, "stretches": stretches}
_NOTHING: dict[str, Any] = {
    "call": None,
    "said": (),
    "transcript": LiveTranscript(),
    "problem": "",
    "again": False,
    "most_letters": MOST_TYPED,
    **_NO_FALLS,
}


def trial_pages(desk: TrialDesk, feed: LiveFeed, archive: CallArchive, pages: Pages, door: Door) -> Blueprint:
    blueprint = Blueprint("trials", url_prefix=PAGE)
    cast(Any, blueprint).on_request(_enter, priority=-1)  # after the gate
    blueprint.add_websocket_route(TrialLine(desk, door).hold, _LINE)

    async def shown(request: Request, problem: str = "", status: int = 200) -> HTTPResponse:
        known = await seen(request).page()
        answer = pages.render(request, "trial/show.html", block="trial", status=status, **{**known, "problem": problem})
        answer.headers.update(_MICROPHONE)
        return answer

    def seen(request: Request) -> _Shown:
        return _Shown(feed, archive, desk, pages, request, permitted(request, Permission.TEST_CALLS).name)

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        return await shown(request)

    @blueprint.post("/")
    async def begin(request: Request) -> HTTPResponse:
        holder = permitted(request, Permission.TEST_CALLS)
        try:
            await desk.begin(holder, real=said(request, "real") == "yes")
        except TrialRefused as refused:
            return await shown(request, refused.words, refused.status)
        return redirect(PAGE, status=303)

    @blueprint.post("/words")
    async def write(request: Request) -> HTTPResponse:
        holder = permitted(request, Permission.TEST_CALLS)
        in_place = request.headers.get("hx-request") == "true"
        text = " ".join(said(request, "text").split())
        try:
            if text:
                await desk.trials.write(holder.name, text)
        except (NotTrying, Unavailable):
            return await shown(request, TRIAL_REFUSALS[TrialRefusal.UNHEARD], 200 if in_place else 503)
        return empty() if in_place else redirect(PAGE, status=303)

    @blueprint.post("/end")
    async def hang_up(request: Request) -> HTTPResponse:
        call = desk.trials.running(permitted(request, Permission.TEST_CALLS).name)
        if call is not None:
            call.hang_up()
            await call.ended()
        return redirect(PAGE, status=303)

    @blueprint.get("/stream")
    async def follow(request: Request) -> None:
        holder = permitted(request, Permission.TEST_CALLS)
        allowed = partial(door.still_may, holder, Permission.TEST_CALLS)
        await feed.tell(request, seen(request).pieces, allowed=allowed)

    return blueprint


async def _enter(request: Request) -> None:
    """Refuse before anything else is asked, a socket too, from which there is no way back to an answer."""
    permitted(request, Permission.TEST_CALLS)
    if request.path == PAGE + _LINE and not from_here(request):
        raise Forbidden("the socket is opened from another site")
