"""Running calls over the API: all of them, each to be read along, and taken away from the agent."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal
from uuid import UUID

from sanic.exceptions import NotFound

from application.ports.audit import AuditLog
from application.ports.live import Command, Demand
from domain.access import Permission
from domain.live import Doing, LiveCall, Said
from domain.troubles import Troubles
from domain.visit.visit import Flow
from ui.access import Holder
from ui.api.calls import CallAsked
from ui.api.operations import AnyRoute, Operation
from ui.api.shapes import Nothing, Shape
from ui.eyes import Eyes
from ui.live import LiveParts, demanded

_NOT_RUNNING = "no such call is running: look among all calls"


class Words(Shape):
    """What was said, or what a tool answered."""

    who: Literal["caller", "agent", "tool"]
    text: str
    broken: bool
    """Cut by the caller; of a tool: failed."""

    @classmethod
    def of(cls, said: Said, eyes: Eyes) -> "Words":
        return cls(who=said.who, text=eyes.text(said.text), broken=said.broken)


class Amiss(Shape):
    """What has gone wrong in a call, counted."""

    asked_again: int
    """The agent did not understand."""
    unanswered: int
    """The caller was asked and said nothing."""
    refused: int
    """The gate would not have a clause of the model spoken."""
    failures: int

    @classmethod
    def of(cls, troubles: Troubles) -> "Amiss":
        return cls(
            asked_again=troubles.asked_again,
            unanswered=troubles.unanswered,
            refused=troubles.refused,
            failures=troubles.failures,
        )


class RunningCall(Shape):
    call_id: UUID
    began: datetime
    caller: str | None
    """The number, masked for whoever may not see numbers; null where it is withheld."""
    doing: Doing
    since: datetime
    """Since when it does that."""
    quiet_seconds: float
    """How long nobody has been heard, 0 where that is not long."""
    flow: Flow
    """What it is about."""
    last: Words | None
    """What was said last."""
    troubles: Amiss

    @classmethod
    def of(cls, call: LiveCall, eyes: Eyes, now: datetime) -> "RunningCall":
        return cls(
            call_id=call.call_id,
            began=call.began,
            caller=eyes.number(call.caller) or None,
            doing=call.doing,
            since=call.since,
            quiet_seconds=call.quiet_seconds(now),
            flow=call.flow,
            last=Words.of(call.last, eyes) if call.last else None,
            troubles=Amiss.of(call.troubles),
        )


class RunningCalls(Shape):
    calls: tuple[RunningCall, ...]
    """The one first that needs somebody's look most."""


class ReadAlong(Shape):
    """A running call with what was said in it, and what is being said."""

    call: RunningCall
    said: tuple[Words, ...]
    heard_now: str
    """The caller's words that have no answer yet."""
    said_now: str
    """What the agent has begun to say."""


class Demanded(Shape):
    """The engines have been told; the call itself shows when it is done."""

    call_id: UUID
    demand: Demand


def live_operations(parts: LiveParts, audit: AuditLog) -> tuple[AnyRoute, ...]:
    feed = parts.feed

    async def browse(by: Holder, _: Nothing, __: Nothing) -> RunningCalls:
        calls, now, eyes = await feed.calls(), feed.now(), Eyes.of(by.role)
        return RunningCalls(calls=tuple(RunningCall.of(call, eyes, now) for call in calls))

    async def show(by: Holder, asked: CallAsked, _: Nothing) -> ReadAlong:
        sight, eyes = await feed.look(asked.call_id), Eyes.of(by.role)
        if sight is None:
            raise NotFound(_NOT_RUNNING)
        words = sight.transcript
        return ReadAlong(
            call=RunningCall.of(sight.call, eyes, feed.now()),
            said=tuple(Words.of(each, eyes) for each in words.said),
            heard_now=eyes.text(words.heard_now),
            said_now=eyes.text(words.said_now),
        )

    def demanding(demand: Demand) -> Callable[[Holder, CallAsked, Nothing], Awaitable[Demanded]]:
        async def act(by: Holder, asked: CallAsked, _: Nothing) -> Demanded:
            if not await demanded(parts, audit, Command(call_id=asked.call_id, demand=demand, by=by.name)):
                raise NotFound(_NOT_RUNNING)
            return Demanded(call_id=asked.call_id, demand=demand)

        return act

    def steering(name: str, word: str, summary: str, demand: Demand) -> AnyRoute:
        return Operation(
            name=name,
            method="POST",
            path=f"/live/{{call_id}}/{word}",
            summary=summary,
            subject="live",
            permission=Permission.STEER_CALLS,
            asked=CallAsked,
            said=Nothing,
            told=Demanded,
            act=demanding(demand),
            refusals=(404,),
        )

    return (
        Operation(
            name="listRunningCalls",
            method="GET",
            path="/live",
            summary="List the calls that run",
            subject="live",
            permission=Permission.WATCH_CALLS,
            asked=Nothing,
            said=Nothing,
            told=RunningCalls,
            act=browse,
        ),
        Operation(
            name="readAlong",
            method="GET",
            path="/live/{call_id}",
            summary="Show what is said in a running call",
            subject="live",
            permission=Permission.WATCH_CALLS,
            asked=CallAsked,
            said=Nothing,
            told=ReadAlong,
            act=show,
            refusals=(404,),
        ),
        steering("handOverCall", "hand-over", "Give a caller to an operator", Demand.GIVE_TO_OPERATOR),
        steering("endCall", "end", "Have the agent say goodbye and end a call", Demand.END),
    )
