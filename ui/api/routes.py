"""The API itself: each route of the table asks for its permission, reads, acts and answers, in this order."""

import logging
import re
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Any, cast

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import Unauthorized
from sanic.response import json, raw

from domain.access import Permission
from domain.errors import Unavailable
from ui.access import Holder
from ui.api.document import Json, document
from ui.api.operations import AnyRoute, Download, Operation, Stream
from ui.api.reading import asked_of, said_in
from ui.api.system import VERSION
from ui.gate import API, holder_of, permitted

_LOG = logging.getLogger(__name__)

ROOT = f"{API}/v1"
_JSON = "application/json; charset=utf-8"


def api_blueprint(routes: Sequence[AnyRoute]) -> Blueprint:
    blueprint = Blueprint("api", url_prefix=ROOT)
    by_path: dict[str, dict[str, AnyRoute]] = {}
    for route in routes:
        by_path.setdefault(route.path, {})[route.method] = route
    for path, by_method in by_path.items():
        _add(blueprint, path, by_method)
    described = described_by(routes)

    @blueprint.get("/openapi.json")
    async def describe(_: Request) -> HTTPResponse:
        return json(described)

    return blueprint


def described_by(routes: Sequence[AnyRoute]) -> Json:
    return document(routes, version=VERSION, root=ROOT)


def _add(blueprint: Blueprint, path: str, by_method: Mapping[str, AnyRoute]) -> None:
    """Serve a path by all its methods at once: so Sanic can name them to whoever tries another."""

    async def answer(request: Request, **in_path: str) -> HTTPResponse | None:
        route = by_method[request.method]
        by = _who(request, route.permission)
        asked = asked_of(request, route.asked, in_path)
        match route:
            case Operation():
                told = await route.act(by, asked, said_in(request, route.said))
                return raw(told.model_dump_json().encode(), content_type=_JSON)
            case Download():
                await _stream(request, await route.act(by, asked))
                return None

    name = next(iter(by_method.values())).name
    blueprint.add_route(answer, re.sub(r"\{(\w+)\}", r"<\1:str>", path), methods=[*by_method], name=name, unquote=True)


def _who(request: Request, permission: Permission | None) -> Holder:
    if permission is not None:
        return permitted(request, permission)
    holder = holder_of(request)
    if holder is None:
        raise Unauthorized("sign in, or send a token")
    return holder


async def _stream(request: Request, stream: Stream) -> None:
    """Answer when the first part is there: what is away is said with a status.

    What breaks later breaks the connection, so that nobody takes a part for the whole.
    """
    async with aclosing(stream.parts) as parts:
        first = await anext(parts, b"")
        headers = {"Content-Disposition": f'attachment; filename="{stream.file_name}"'}
        response = await request.respond(content_type=stream.content_type, headers=headers)
        await response.send(first)
        try:
            async for part in parts:
                await response.send(part)
        except BaseException as error:
            cast(Any, request.transport).abort()
            if not isinstance(error, Unavailable):
                raise
            _LOG.warning("a download broke: %s", error)
        else:
            await response.eof()
