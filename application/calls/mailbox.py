"""A call's events, from plain functions and tasks to its one reader."""

from collections import deque

import anyio

from domain.dialog.events import Event, HungUp

_MOST_WAITING = 1_000


class Mailbox:
    """Never makes the sender wait.

    The reader does nothing slow, so a thousand events wait only when the
    process is stuck; then the newest are dropped and counted, a hang-up never.
    An event of something that was cancelled meanwhile is no longer true and is
    not delivered.
    """

    def __init__(self) -> None:
        self._events: deque[tuple[Event, anyio.CancelScope | None]] = deque()
        self._arrived = anyio.Event()
        self.dropped = 0

    def put(self, event: Event, of: anyio.CancelScope | None = None) -> None:
        """Deliver an event, of a reply or an announcement where its scope is given."""
        if len(self._events) >= _MOST_WAITING and not isinstance(event, HungUp):
            self.dropped += 1
            return
        self._events.append((event, of))
        self._arrived.set()

    def left(self) -> list[Event]:
        """Take all that waits, when nobody reads any more."""
        waiting, self._events = self._events, deque()
        return [event for event, of in waiting if of is None or not of.cancel_called]

    async def take(self, deadline: float | None) -> Event | None:
        """Return the next event, None when the deadline has come first."""
        while True:
            while self._events:
                event, of = self._events.popleft()
                if of is None or not of.cancel_called:
                    return event
            self._arrived = anyio.Event()
            with anyio.move_on_at(float("inf") if deadline is None else deadline) as waiting:
                await self._arrived.wait()
            if waiting.cancelled_caught:
                return None
