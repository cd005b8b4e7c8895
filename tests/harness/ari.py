"""An ARI server: REST and events as Asterisk has them, misbehaving on demand."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Protocol
from urllib.parse import unquote

import anyio
from aiohttp import WSMsgType, web

_REFUSED_OUTSIDE_STASIS = ("variable", "continue", "redirect", "move", "play", "hold", "moh", "answer", "dtmf")

_Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Exchange(Protocol):
    """What ARI shows of a switchboard."""

    variables: dict[str, str]

    def channels(self) -> list[dict[str, object]]: ...

    def bridges(self) -> list[dict[str, object]]: ...

    def device_state(self, device: str) -> str: ...


class EmulatedAri:
    """Serves `url`; set `delay_seconds` or `status` to have it misbehave, `close` and `open` to take it away."""

    def __init__(self, exchange: Exchange, *, user: str, password: str) -> None:
        self.delay_seconds = 0.0
        """How long every answer takes."""
        self.status: int | None = None
        """The status of every answer, where it is not the true one."""
        self.requests: list[str] = []
        """What was asked, as "GET /channels"."""
        self.port = 0
        self._exchange = exchange
        credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._authorization = f"Basic {credentials}"
        self._listeners: dict[str, web.WebSocketResponse] = {}
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> "EmulatedAri":
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with anyio.CancelScope(shield=True):
            await self.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ari"

    @property
    def listeners(self) -> int:
        """How many applications get events now."""
        return len(self._listeners)

    async def open(self) -> None:
        """Listen, on the port of before if there was one."""
        application = web.Application(middlewares=[self._manners])
        application.add_routes(
            [
                web.get("/ari/channels", self._channels),
                web.get("/ari/bridges", self._bridges),
                web.get("/ari/asterisk/variable", self._variable),
                web.post("/ari/asterisk/variable", self._set_variable),
                web.get("/ari/deviceStates/{device}", self._device_state),
                web.get("/ari/events", self._events),
                web.post("/ari/channels/{channel}/{act}", self._refuse),
            ]
        )
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Stop listening and break what is connected."""
        await self.drop_events()
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    async def drop_events(self) -> None:
        """Close the WebSockets; the listeners may come back."""
        for listener in list(self._listeners.values()):
            await listener.close()
        self._listeners.clear()

    async def tell(self, kind: str, **what: object) -> None:
        """Send an event to all who listen."""
        for application, listener in list(self._listeners.items()):
            try:
                await listener.send_json({"type": kind, "application": application, **what})
            except (ConnectionError, RuntimeError):
                self._listeners.pop(application, None)

    async def say(self, text: str) -> None:
        """Send words that are no event."""
        for listener in list(self._listeners.values()):
            await listener.send_str(text)

    @web.middleware
    async def _manners(self, request: web.Request, handler: _Answer) -> web.StreamResponse:
        self.requests.append(f"{request.method} {request.path.removeprefix('/ari')}")
        await anyio.sleep(self.delay_seconds)
        if self.status is not None:
            return _told(self.status, "out of order")
        if request.headers.get("Authorization") != self._authorization:
            return _told(401, "Authentication required")
        return await handler(request)

    async def _channels(self, request: web.Request) -> web.Response:
        return web.json_response(self._exchange.channels())

    async def _bridges(self, request: web.Request) -> web.Response:
        return web.json_response(self._exchange.bridges())

    async def _variable(self, request: web.Request) -> web.Response:
        value = self._exchange.variables.get(request.query.get("variable", ""))
        if value is None:
            return _told(404, "Variable not found")
        return web.json_response({"value": value})

    async def _set_variable(self, request: web.Request) -> web.Response:
        if not (name := request.query.get("variable")):
            return _told(400, "Variable name is required")
        self._exchange.variables[name] = request.query.get("value", "")
        return web.Response(status=204)

    async def _device_state(self, request: web.Request) -> web.Response:
        device = unquote(request.match_info["device"])
        return web.json_response({"name": device, "state": self._exchange.device_state(device)})

    async def _refuse(self, request: web.Request) -> web.Response:
        if request.match_info["act"] not in _REFUSED_OUTSIDE_STASIS:
            return _told(404, "Resource not found")
        return _told(409, "Channel not in Stasis application")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if not (application := request.query.get("app")):
            return _told(400, "Missing parameter: app")
        listener = web.WebSocketResponse()
        await listener.prepare(request)
        replaced = self._listeners.pop(application, None)
        self._listeners[application] = listener
        if replaced is not None:
            await replaced.close()
        async for message in listener:
            if message.type is WSMsgType.ERROR:
                break
        if self._listeners.get(application) is listener:
            del self._listeners[application]
        return listener


def _told(status: int, message: str) -> web.Response:
    body: Mapping[str, str] = {"message": message}
    return web.json_response(body, status=status)
