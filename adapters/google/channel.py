"""Connections to Google: as many as the streams need, with credentials where there is TLS.

Rule 1: an HTTP/2 connection carries about 100 streams; another is made for
each 80, so that no stream waits for a place.
Rule 2: nothing is read or connected before the first call needs it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import google.auth
import grpc
from anyio import to_thread
from google.api_core import grpc_helpers_async
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError

from domain.errors import Unavailable

STREAMS_A_CHANNEL = 80

_SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)
_OPTIONS: tuple[tuple[str, int], ...] = (
    ("grpc.use_local_subchannel_pool", 1),  # else equal channels share one connection
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 2_000),
    ("grpc.max_reconnect_backoff_ms", 1_000),
    ("grpc.max_receive_message_length", -1),
    ("grpc.enable_retries", 0),  # ours are above; theirs keep a copy of what was sent
)
_PLAINTEXT_OPTIONS = (*_OPTIONS, ("grpc.enable_http_proxy", 0))

_Call = TypeVar("_Call", bound=grpc.aio.Call)


class _Pooled:
    def __init__(self, channel: grpc.aio.Channel) -> None:
        self.channel = channel
        self.streams = 0

    def ended(self, _: object) -> None:
        self.streams -= 1


class Channels:
    """The connections to one of Google's services.

    `endpoint` is None for Google itself, `http://host:port` for plaintext,
    `https://host:port` or `host:port` for TLS.  With TLS the application's
    default credentials are used.
    """

    def __init__(self, endpoint: str | None, *, host: str, project: str | None = None) -> None:
        self._plaintext = endpoint is not None and endpoint.startswith("http://")
        self._target = (endpoint or host).removeprefix("http://").removeprefix("https://").rstrip("/")
        self._host = host
        self._project = project
        self._credentials: Credentials | None = None
        self._loading = anyio.Lock()
        self._pool: list[_Pooled] = []

    async def project(self) -> str:
        """Return the project that pays: as it was given, else that of the credentials."""
        if not self._project and not self._plaintext:
            await self._load_credentials()
        if not self._project and not self._plaintext:
            raise Unavailable("Google: no project: set GOOGLE_CLOUD_PROJECT")
        return self._project or "local"

    async def call(self, start: Callable[[grpc.aio.Channel], _Call]) -> _Call:
        """Start a call on a connection with room for it."""
        if not self._plaintext and self._credentials is None:
            await self._load_credentials()
        pooled = next((pooled for pooled in self._pool if pooled.streams < STREAMS_A_CHANNEL), None)
        if pooled is None:
            pooled = _Pooled(self._connect())
            self._pool.append(pooled)
        call = start(pooled.channel)
        pooled.streams += 1
        call.add_done_callback(pooled.ended)
        return call

    @property
    def open_streams(self) -> int:
        return sum(pooled.streams for pooled in self._pool)

    @property
    def connections(self) -> int:
        return len(self._pool)

    async def close(self) -> None:
        pool, self._pool = self._pool, []
        for pooled in pool:
            await pooled.channel.close()

    def _connect(self) -> grpc.aio.Channel:
        # Channels with equal arguments would be one connection.
        options = [("grpc.channel_id", len(self._pool))]
        if self._plaintext:
            return grpc.aio.insecure_channel(self._target, options=[*_PLAINTEXT_OPTIONS, *options])
        target = self._target if ":" in self._target else f"{self._target}:443"
        channel: grpc.aio.Channel = grpc_helpers_async.create_channel(
            target, credentials=self._credentials, default_host=self._host, options=[*_OPTIONS, *options]
        )
        return channel

    async def _load_credentials(self) -> None:
        async with self._loading:
            if self._credentials is not None:
                return
            credentials, project = await to_thread.run_sync(_application_default)
            self._credentials = credentials
            self._project = self._project or project


def _application_default() -> tuple[Any, str | None]:
    try:
        credentials, project = google.auth.default(scopes=_SCOPES)
    except (GoogleAuthError, OSError, ValueError) as error:
        cause = type(error).__name__
        raise Unavailable(f"Google: no credentials ({cause}): check GOOGLE_APPLICATION_CREDENTIALS") from error
    return credentials, project
