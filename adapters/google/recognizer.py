"""Speech recognition by Google Speech v2.

Rule 1: which model hears a language where is not known beforehand: the first
of the preferred ones that Google takes is used and remembered.  One that is
refused later is forgotten, so that the next call asks anew.
Rule 2: hints that a model refuses are left out.
"""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import anyio
from google.cloud.speech_v2.types import cloud_speech
from grpc import StatusCode

from adapters.google.channel import Channels
from adapters.google.ear import GoogleEar
from adapters.google.errors import Refused
from adapters.google.stream import RecognizerFigures, Request, try_out
from domain.audio import RATE
from domain.errors import Unavailable

MODELS = ("chirp_3", "latest_long", "long")
_PROBE_WITHIN = 5.0
_HINT_BOOST = 10.0
_NOT_THIS_ONE = (StatusCode.INVALID_ARGUMENT, StatusCode.NOT_FOUND, StatusCode.UNIMPLEMENTED)
_LINEAR16 = cloud_speech.ExplicitDecodingConfig.AudioEncoding.LINEAR16


def speech_host(location: str) -> str:
    """Return where Google hears in a location (`eu`, `us`, `europe-west4`, `global`)."""
    return "speech.googleapis.com" if location == "global" else f"{location}-speech.googleapis.com"


@dataclass(frozen=True, slots=True)
class Capability:
    """What Google can be asked for."""

    model: str
    languages: tuple[str, ...]
    hints: bool


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
        phrases: Sequence[str] = (),
        rotate_after_seconds: float = 240.0,
    ) -> None:
        self._channels = channels
        self._languages = (language, *alternatives)
        self._location = location
        self._models = models
        self._phrases = phrases
        self._rotate_after_seconds = rotate_after_seconds
        self._asking = anyio.Lock()
        self._config: Any = None
        self.capability: Capability | None = None
        self.figures = RecognizerFigures()

    @asynccontextmanager
    async def listen(self, caller: str | None) -> AsyncGenerator[GoogleEar, None]:
        trouble: Unavailable | None = None
        async with anyio.create_task_group() as tasks:
            ear = GoogleEar(
                self._channels,
                self._accepted,
                self._forget,
                tasks,
                rotate_after_seconds=self._rotate_after_seconds,
                figures=self.figures,
            )
            try:
                yield ear
            except Unavailable as raised:  # a task group would wrap it
                trouble = raised
            tasks.cancel_scope.cancel()
        if trouble is not None:
            raise trouble

    async def warm_up(self) -> None:
        """Find out what Google takes and make the slow first request; again now and then keeps it warm.

        Raises `Unavailable` within five seconds.
        """
        self._forget()
        await self._accepted()

    def _forget(self) -> None:
        self._config = None

    async def _accepted(self) -> Any:
        try:
            with anyio.fail_after(_PROBE_WITHIN):
                async with self._asking:
                    if self._config is None:
                        self._config = await self._ask()
                    return self._config
        except TimeoutError:
            raise Unavailable(f"Google Speech: no answer within {_PROBE_WITHIN:.0f} s") from None

    async def _ask(self) -> Any:
        project = await self._channels.project()
        refusal: Refused | None = None
        for capability in self._capabilities():
            config = self._configuration(project, capability)
            try:
                await try_out(self._channels, config)
            except Refused as refused:
                if refused.code not in _NOT_THIS_ONE:
                    raise
                refusal = refused
            else:
                self.capability = capability
                return config
        raise refusal or Unavailable("Google Speech: no model is named in the settings")

    def _capabilities(self) -> Iterator[Capability]:
        language_sets = [self._languages, self._languages[:1]] if len(self._languages) > 1 else [self._languages]
        for languages in language_sets:
            for model in self._models:
                if self._phrases:
                    yield Capability(model, languages, hints=True)
                yield Capability(model, languages, hints=False)

    def _configuration(self, project: str, capability: Capability) -> Any:
        config: dict[str, Any] = {
            "explicit_decoding_config": {
                "encoding": int(_LINEAR16),
                "sample_rate_hertz": RATE,
                "audio_channel_count": 1,
            },
            "model": capability.model,
            "language_codes": capability.languages,
            "features": {"enable_automatic_punctuation": True},
        }
        if capability.hints:
            hints = [{"value": phrase, "boost": _HINT_BOOST} for phrase in self._phrases]
            config["adaptation"] = {"phrase_sets": [{"inline_phrase_set": {"phrases": hints}}]}
        return Request(
            recognizer=f"projects/{project}/locations/{self._location}/recognizers/_",
            streaming_config={"config": config, "streaming_features": {"interim_results": True}},
        )
