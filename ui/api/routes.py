"""The API itself: each route of the table asks for its permission, reads, acts and answers, in this order."""

import re
from collections.abc import Sequence
from contextlib import aclosing
from importlib.metadata import version

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import Unauthorized
from sanic.response import json, raw

from domain.access import Permission
from ui.access import Holder
from ui.api.document import Json, document
from ui.api.operations import AnyRoute, Download, Operation, Stream
from ui.api.reading import asked_of, said_in
from ui.gate import API, holder_of, permitted

ROOT = f"{API}/v1"
_JSON = "application/json; charset=utf-8"


def api_blueprint(routes: Sequence[AnyRoute]) -> Blueprint:
    blueprint = Blueprint("api", url_prefix=ROOT)
    for route in routes:
        _add(blueprint, route)
    described = described_by(routes)

    @blueprint.get("/openapi.json")
    async def describe(_: Request) -> HTTPResponse:
        return json(described)

    return blueprint


def described_by(routes: Sequence[AnyRoute]) -> Json:
    return document(routes, version=version("call-center-ai"), root=ROOT)


def _add(blueprint: Blueprint, route: AnyRoute) -> None:
    async def answer(request: Request, **path: str) -> HTTPResponse | None:
        by = _who(request, route.permission)
        asked = asked_of(request, route.asked, path)
        match route:
            case Operation():
                told = await route.act(by, asked, said_in(request, route.said))
                return raw(told.model_dump_json().encode(), content_type=_JSON)
            case Download():
                await _stream(request, await route.act(by, asked))
                return None

    path = re.sub(r"\{(\w+)\}", r"<\1:str>", route.path)
    blueprint.add_route(answer, path, methods=[route.method], name=route.name, unquote=True)


def _who(request: Request, permission: Permission | None) -> Holder:
    if permission is not None:
        return permitted(request, permission)
    holder = holder_of(request)
    if holder is None:
        raise Unauthorized("sign in, or send a token")
    return holder


async def _stream(request: Request, stream: Stream) -> None:
    """Answer when the first part is there: what is away is said with a status."""
    async with aclosing(stream.parts) as parts:
        first = await anext(parts, b"")
        headers = {"Content-Disposition": f'attachment; filename="{stream.file_name}"'}
        response = await request.respond(content_type=stream.content_type, headers=headers)
        await response.send(first)
        async for part in parts:
            await response.send(part)
        await response.eof()
