"""Whether the parts that calls need can be reached; each asks as little as it can."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import anyio
from anyio.abc import ByteStream

from adapters.metrics.shared import AllMetrics
from adapters.store.client import StoreClient
from domain.errors import Unavailable
from entrypoints.settings import Settings
from ui.operations import Probe

VOICE_READY, ACCEPTING = "callcenter_voice_ready", "callcenter_accepting_calls"
_PORTS = {"http": 80, "https": 443}
_REDIS_PORT = 6379


async def redis_answers(url: str) -> bool:
    """Whether a Redis says PONG, after the password where there is one."""
    parts = urlsplit(url)
    try:
        async with await _connected(url) as stream:
            if parts.password:
                names = [unquote(name) for name in (parts.username, parts.password) if name]
                await stream.send(_command("AUTH", *names))
                await stream.receive()
            await stream.send(_command("PING"))
            return (await stream.receive()).startswith(b"+PONG")
    except (OSError, ValueError, anyio.EndOfStream, anyio.BrokenResourceError):
        return False


async def host_answers(url: str) -> bool:
    """Whether something takes connections where this URL leads."""
    parts = urlsplit(url)
    try:
        async with await anyio.connect_tcp(parts.hostname or "", parts.port or _PORTS[parts.scheme]):
            return True
    except (OSError, ValueError, KeyError):
        return False


def probes(settings: Settings, store: StoreClient, metrics: AllMetrics, postgres: Probe) -> Mapping[str, Probe]:
    """Return them by the names that the deployment guide gives the parts."""

    async def redis() -> bool:
        return bool(settings.redis_url) and await redis_answers(settings.redis_url)

    async def store_api() -> bool:
        try:
            await store.health()
        except Unavailable:
            return False
        return True

    async def tts_engine() -> bool:
        return metrics.total(VOICE_READY) > 0

    async def call_engine() -> bool:
        return metrics.total(ACCEPTING) > 0

    async def claude_api() -> bool:
        return bool(settings.anthropic_api_key) and await host_answers(settings.anthropic_base_url)

    async def google_stt() -> bool:
        return not settings.speech_is_offline

    return {
        "redis": redis,
        "store_api": store_api,
        "tts_engine": tts_engine,
        "claude_api": claude_api,
        "google_stt": google_stt,
        "postgres": postgres,
        "call_engine": call_engine,
    }


async def _connected(url: str) -> ByteStream:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return await anyio.connect_unix(Path(unquote(parts.path)))
    host, port = parts.hostname or "localhost", parts.port or _REDIS_PORT
    if parts.scheme == "rediss":
        return await anyio.connect_tcp(host, port, tls=True)
    return await anyio.connect_tcp(host, port)


def _command(*words: str) -> bytes:
    """Write a command as Redis reads it."""
    written = [f"${len(word.encode())}\r\n{word}\r\n" for word in words]
    return f"*{len(words)}\r\n{''.join(written)}".encode()
