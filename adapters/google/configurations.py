"""What Google is asked for: the model, the languages, and hints for what the caller is asked.

Rule 1: which model hears a language where is not known beforehand: the first
of the preferred ones that Google takes is used and remembered.  One that is
refused later is forgotten, so that the next call asks anew.
Rule 2: hints that a model refuses are left out; those that are refused for one
question only are left out there.
Rule 3: a configuration is built once for a question and its hints.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import anyio
from google.cloud.speech_v2.types import cloud_speech
from grpc import StatusCode

from adapters.google.channel import Channels
from adapters.google.errors import Refused
from adapters.google.stream import Request, try_out
from domain.audio import RATE
from domain.errors import Unavailable
from domain.speech import Expectation

Hints = Callable[[Expectation], Sequence[str]]

_PROBE_WITHIN = 5.0
_HINT_BOOST = 10.0
_NOT_THIS_ONE = (StatusCode.INVALID_ARGUMENT, StatusCode.NOT_FOUND, StatusCode.UNIMPLEMENTED)
_LINEAR16 = cloud_speech.ExplicitDecodingConfig.AudioEncoding.LINEAR16


@dataclass(frozen=True, slots=True)
class Capability:
    """What Google can be asked for."""

    model: str
    languages: tuple[str, ...]
    hints: bool


def no_hints(_: Expectation) -> Sequence[str]:
    return ()


class Configurations:
    def __init__(
        self,
        channels: Channels,
        *,
        languages: Sequence[str],
        location: str,
        models: Sequence[str],
        hints: Hints,
    ) -> None:
        self._channels = channels
        self._languages = tuple(languages)
        self._location = location
        self._models = models
        self._hints = hints
        self._asking = anyio.Lock()
        self._asked = False
        self._project = ""
        self._without_hints: set[Expectation] = set()
        self._built: dict[Expectation, tuple[Sequence[str], Any]] = {}
        self.capability: Capability | None = None

    async def accepted(self, expectation: Expectation) -> Any:
        """Return what to ask for.  Raises `Unavailable` within five seconds."""
        try:
            with anyio.fail_after(_PROBE_WITHIN):
                async with self._asking:
                    if not self._asked:
                        await self._ask()
        except TimeoutError:
            raise Unavailable(f"Google Speech: no answer within {_PROBE_WITHIN:.0f} s") from None
        return self._for(expectation)

    def alike(self, one: Expectation, other: Expectation) -> bool:
        """Whether both questions are asked for in the same way, as far as is known."""
        return list(self._told(one)) == list(self._told(other))

    def forget(self) -> None:
        """Ask anew before anything is asked for."""
        self._asked = False
        self._without_hints.clear()
        self._built.clear()

    def do_without_hints(self, expectation: Expectation, refused: Any) -> bool:
        """Learn that Google refuses what it took for another question; return whether there is another way."""
        hinted = bool(refused.streaming_config.config.adaptation.phrase_sets)
        if hinted:
            self._without_hints.add(expectation)
        return hinted

    async def _ask(self) -> None:
        self._project = await self._channels.project()
        refusal: Refused | None = None
        for capability in self._capabilities():
            hints = self._hints(Expectation.FREE) if capability.hints else ()
            try:
                await try_out(self._channels, self._configuration(capability, hints))
            except Refused as refused:
                if refused.code not in _NOT_THIS_ONE:
                    raise
                refusal = refused
            else:
                self.capability = capability
                self._asked = True
                return
        raise refusal or Unavailable("Google Speech: no model is named in the settings")

    def _capabilities(self) -> Iterator[Capability]:
        hinted = bool(self._hints(Expectation.FREE))
        language_sets = [self._languages, self._languages[:1]] if len(self._languages) > 1 else [self._languages]
        for languages in language_sets:
            for model in self._models:
                if hinted:
                    yield Capability(model, languages, hints=True)
                yield Capability(model, languages, hints=False)

    def _told(self, expectation: Expectation) -> Sequence[str]:
        capable = self.capability is not None and self.capability.hints
        return self._hints(expectation) if capable and expectation not in self._without_hints else ()

    def _for(self, expectation: Expectation) -> Any:
        assert self.capability is not None, "it was asked for what is taken"
        hints = self._told(expectation)
        built = self._built.get(expectation)
        if built is not None and built[0] == hints:
            return built[1]
        configuration = self._configuration(self.capability, hints)
        self._built[expectation] = hints, configuration
        return configuration

    def _configuration(self, capability: Capability, hints: Sequence[str]) -> Any:
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
        if hints:
            phrases = [{"value": hint, "boost": _HINT_BOOST} for hint in hints]
            config["adaptation"] = {"phrase_sets": [{"inline_phrase_set": {"phrases": phrases}}]}
        return Request(
            recognizer=f"projects/{self._project}/locations/{self._location}/recognizers/_",
            streaming_config={"config": config, "streaming_features": {"interim_results": True}},
        )
