"""Speech recognition by Google Speech v2."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager

import anyio

from adapters.google.channel import Channels
from adapters.google.configurations import Capability, Configurations, Hints, no_hints
from adapters.google.ear import GoogleEar
from adapters.google.stream import RecognizerFigures
from application.ports.metering import Meter, uncounted
from domain.errors import Unavailable
from domain.speech import Expectation

MODELS = ("chirp_3", "latest_long", "long")


def speech_host(location: str) -> str:
    """Return where Google hears in a location (`eu`, `us`, `europe-west4`, `global`)."""
    return "speech.googleapis.com" if location == "global" else f"{location}-speech.googleapis.com"


class GoogleRecognizer:
    """Fulfils the port `SpeechRecognizer`."""

    def __init__(
        self,
        channels: Channels,
        *,
        language: str = "uk-UA",
        alternatives: Sequence[str] = ("ru-RU",),
        location: str = "eu",
        models: Sequence[str] = MODELS,
        hints: Hints = no_hints,
        rotate_after_seconds: float = 240.0,
        on_sent: Callable[[float], None] = lambda _: None,
    ) -> None:
        """`on_sent` learns of each message to Google how many seconds ago its audio came."""
        self._channels = channels
        self._configurations = Configurations(
            channels, languages=(language, *alternatives), location=location, models=models, hints=hints
        )
        self._rotate_after_seconds = rotate_after_seconds
        self.figures = RecognizerFigures(sent=on_sent)

    @property
    def capability(self) -> Capability | None:
        """What Google was found to take; None until it was asked."""
        return self._configurations.capability

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[GoogleEar, None]:
        trouble: Unavailable | None = None
        async with anyio.create_task_group() as tasks:
            ear = GoogleEar(
                self._channels,
                self._configurations,
                tasks,
                rotate_after_seconds=self._rotate_after_seconds,
                figures=self.figures,
                used=used,
            )
            try:
                yield ear
            except Unavailable as raised:  # a task group would wrap it
                trouble = raised
            finally:
                ear.tell_used()
            tasks.cancel_scope.cancel()
        if trouble is not None:
            raise trouble

    async def warm_up(self) -> None:
        """Find out what Google takes and make the slow first request; again now and then keeps it warm.

        Raises `Unavailable` within five seconds.
        """
        self._configurations.forget()
        await self._configurations.accepted(Expectation.FREE)
