"""The end of a connection, in the order in which Asterisk takes it well."""

import asyncio
from collections.abc import Callable
from typing import Final

PATIENCE_SECONDS: Final = 2.0


class Farewell(asyncio.Protocol):
    """Says the last word and reads on to the end of file, two seconds at most.

    To close with audio unread in the socket is a reset, and so a failure to
    Asterisk, whatever the last word was.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        last_word: bytes,
        *,
        on_lost: Callable[[], None],
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._on_lost = on_lost
        transport.write(last_word)
        transport.set_protocol(self)
        self._patience = asyncio.get_running_loop().call_later(patience_seconds, transport.abort)

    def data_received(self, data: bytes) -> None:
        pass

    def connection_lost(self, exc: Exception | None) -> None:
        self._patience.cancel()
        self._on_lost()
