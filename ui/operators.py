"""The operators: who waits for one and since when, and whose phone is free, as far as the exchange says.

Rule: what is not known is said to be so.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request

from application.ports.calls import CallArchive, UnknownCall
from application.ports.operators import Operators
from domain.access import Permission
from domain.errors import Unavailable
from domain.operators import OperatorsSight
from ui.gate import permitted
from ui.render import Pages
from ui.words import PHONE_STATES

_MOST_LOOKED_UP = 20


def operators_pages(operators: Operators, archive: CallArchive, pages: Pages) -> Blueprint:
    blueprint = Blueprint("operators", url_prefix="/admin/operators")

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_OPERATORS)
        sight, trouble = OperatorsSight(), ""
        try:
            sight = await operators.look()
        except Unavailable as error:
            trouble = str(error)
        return pages.render(
            request,
            "operators.html",
            block="now",
            sight=sight,
            trouble=trouble,
            handed=await _handed_over(sight, archive),
            phone_states=PHONE_STATES,
        )

    return blueprint


async def _handed_over(sight: OperatorsSight, archive: CallArchive) -> Mapping[UUID, datetime]:
    """Return when the agent gave each who waits to the operators, where that is kept already."""
    handed: dict[UUID, datetime] = {}
    for each in sight.waiting[:_MOST_LOOKED_UP]:
        if each.call_id is None:
            continue
        try:
            ended = (await archive.load(each.call_id)).call.ended
        except (UnknownCall, Unavailable):
            continue
        if ended is not None:
            handed[each.call_id] = ended.at
    return handed
