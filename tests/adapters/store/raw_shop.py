"""A server on loopback that answers as a test says, and keeps what it was asked."""

import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
from aiohttp import web

KEY = "a key of the shop"

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    """With its query, as it came over the line."""
    headers: dict[str, str]
    body: object


@dataclass(slots=True)
class RawShop:
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: deque[Answering] = field(default_factory=deque)
    """In their order; the last one stays."""
    hanging: anyio.Event = field(default_factory=anyio.Event)
    """Set when somebody waits for an answer that does not come."""

    def answer(self, *answers: Answering) -> None:
        self.answers = deque(answers)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {name.title(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.method, request.raw_path, headers, json.loads(body) if body else None))
        answering = self.answers.popleft() if len(self.answers) > 1 else self.answers[0]
        return await answering(request)

    async def silence(self, request: web.Request) -> web.StreamResponse:
        """Take the question and never answer it."""
        self.hanging.set()
        await anyio.sleep_forever()
        raise AssertionError


@asynccontextmanager
async def raw_shop() -> AsyncIterator[RawShop]:
    shop = RawShop()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", shop.serve)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        shop.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/v1"
        yield shop
    finally:
        await runner.cleanup()


def data(value: object, **beside: object) -> Answering:
    return says(200, {"data": value, **beside})


def refusal(status: int, code: str, **headers: str) -> Answering:
    return says(status, {"error": {"code": code, "message": "said so", "request_id": "r"}}, **headers)


def says(status: int, body: object, **headers: str) -> Answering:
    """Answer with JSON, or with a text just as it is."""
    written = body if isinstance(body, str) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answering(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=written, headers=named, content_type="application/json")

    return answering


async def reset(request: web.Request) -> web.StreamResponse:
    """Break the connection instead of an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
