"""Callbacks over the API: who waits to be called back, who has taken it on, and what came of it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated

from pydantic import Field

from application.ports.audit import AuditLog
from application.ports.records import Callbacks
from domain.access import Permission
from domain.callback import CallbackState
from ui.access import Holder
from ui.api.callback_shapes import Callback
from ui.api.operations import AnyRoute, Operation
from ui.api.shapes import Limit, Nothing, Remark, Shape
from ui.callbacks import FollowUp, followed_up
from ui.eyes import Eyes


class CallbackList(Shape):
    callbacks: tuple[Callback, ...]


class CallbacksAsked(Shape):
    state: CallbackState = CallbackState.WAITING
    """waiting: the earliest request first; else what changed last comes first."""
    limit: Limit = 100


class CallbackAsked(Shape):
    key: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class Remarked(Shape):
    remark: Remark = ""
    """What came of it; of what is done, empty leaves the note as it is."""


def callbacks_operations(callbacks: Callbacks, audit: AuditLog, now: Callable[[], datetime]) -> tuple[AnyRoute, ...]:
    async def browse(by: Holder, asked: CallbacksAsked, _: Nothing) -> CallbackList:
        found, eyes = await callbacks.in_state(asked.state, limit=asked.limit), Eyes.of(by.role)
        return CallbackList(callbacks=tuple(Callback.of(each, eyes) for each in found))

    async def show(by: Holder, asked: CallbackAsked, _: Nothing) -> Callback:
        return Callback.of(await callbacks.callback(asked.key), Eyes.of(by.role))

    async def follow_up(act: str, by: Holder, asked: CallbackAsked, said: Remarked | Nothing) -> Callback:
        remark = said.remark if isinstance(said, Remarked) else ""
        step = FollowUp(key=asked.key, act=act, by=by.name, remark=remark, at=now())
        _, changed = await followed_up(callbacks, audit, step)
        return Callback.of(changed, Eyes.of(by.role))

    def following_up(name: str, act: str, summary: str, said: type[Remarked] | type[Nothing]) -> AnyRoute:
        return Operation(
            name=name,
            method="POST",
            path=f"/callbacks/{{key}}/{act.replace('_', '-')}",
            summary=summary,
            subject="callbacks",
            permission=Permission.FOLLOW_UP_CALLBACKS,
            asked=CallbackAsked,
            said=said,
            told=Callback,
            act=partial(follow_up, act),
            refusals=(404, 409),
        )

    return (
        Operation(
            name="listCallbacks",
            method="GET",
            path="/callbacks",
            summary="List the callbacks in a state",
            subject="callbacks",
            permission=Permission.SEE_CALLBACKS,
            asked=CallbacksAsked,
            said=Nothing,
            told=CallbackList,
            act=browse,
        ),
        Operation(
            name="showCallback",
            method="GET",
            path="/callbacks/{key}",
            summary="Show a callback",
            subject="callbacks",
            permission=Permission.SEE_CALLBACKS,
            asked=CallbackAsked,
            said=Nothing,
            told=Callback,
            act=show,
            refusals=(404,),
        ),
        following_up("takeCallback", "take", "Take a callback on", Nothing),
        following_up("giveBackCallback", "give_back", "Have a callback wait again", Nothing),
        following_up("remarkCallback", "remark", "Note what came of it so far", Remarked),
        following_up("doneCallback", "done", "Say that it is done", Remarked),
    )
