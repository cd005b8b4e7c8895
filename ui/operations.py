"""For machines: whether this process lives, whether all that calls need is there, and what was counted."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import anyio
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, raw

Probe = Callable[[], Awaitable[bool]]
"""Says whether a part can be used; that it takes long or fails is an answer too."""

_PROBE_SECONDS = 2.0
_HEALTH_SECONDS = 0.5
"""Whoever asks whether this process lives gives it a second."""
_FRESH_SECONDS = 2.0
"""Nobody can wear the parts down by asking."""
_METRICS = "text/plain; version=0.0.4; charset=utf-8"

WORDS = {
    "redis": ("connected", "disconnected"),
    "store_api": ("reachable", "unreachable"),
    "tts_engine": ("initialized", "not_initialized"),
    "claude_api": ("reachable", "unreachable"),
    "google_stt": ("credentials_present", "no_credentials"),
}
"""What is said of each part when it is there, and when it is not."""
_UNNAMED = {"postgres": ("connected", "disconnected"), "call_engine": ("accepting", "not_accepting")}
"""Named only when they are away."""


class Readiness:
    """What all probes say, each for a moment."""

    def __init__(self, probes: Mapping[str, Probe], *, now: Callable[[], float] = anyio.current_time) -> None:
        self._parts = {name: _Part(probe, now) for name, probe in probes.items()}

    async def has(self, name: str) -> bool:
        """Whether one part is there; no other is waited for."""
        return await self._parts[name].is_there()

    async def parts(self) -> Mapping[str, bool]:
        known: dict[str, bool] = {}

        async def ask(name: str) -> None:
            known[name] = await self.has(name)

        async with anyio.create_task_group() as asking:
            for name in self._parts:
                asking.start_soon(ask, name)
        return {name: known[name] for name in self._parts}


class _Part:
    def __init__(self, probe: Probe, now: Callable[[], float]) -> None:
        self._probe = probe
        self._now = now
        self._asking = anyio.Lock()
        self._there = False
        self._known_until = float("-inf")

    async def is_there(self) -> bool:
        async with self._asking:
            if self._now() >= self._known_until:
                self._there = await self._ask()
                self._known_until = self._now() + _FRESH_SECONDS
            return self._there

    async def _ask(self) -> bool:
        with anyio.move_on_after(_PROBE_SECONDS):
            try:
                return await self._probe()
            except Exception:  # noqa: BLE001 - however a part fails, it is not there
                return False
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    readiness: Readiness
    active_calls: Callable[[], int]
    metrics: Callable[[], bytes]


def operations_pages(vitals: Vitals) -> Blueprint:
    blueprint = Blueprint("operations")

    @blueprint.get("/health")
    async def health(_: Request) -> HTTPResponse:
        redis = False
        with anyio.move_on_after(_HEALTH_SECONDS):
            redis = await vitals.readiness.has("redis")
        return json({"status": "ok", "active_calls": vitals.active_calls(), "redis": _word("redis", there=redis)})

    @blueprint.get("/health/ready")
    async def ready(_: Request) -> HTTPResponse:
        parts = await vitals.readiness.parts()
        told = {name: _word(name, there=there) for name, there in parts.items() if name in WORDS or not there}
        if all(parts.values()):
            return json({"status": "ready", **told})
        return json({"status": "not_ready", **told}, status=503)

    @blueprint.get("/metrics")
    async def metrics(_: Request) -> HTTPResponse:
        return raw(vitals.metrics(), content_type=_METRICS)

    return blueprint


def _word(name: str, *, there: bool) -> str:
    good, bad = (WORDS | _UNNAMED)[name]
    return good if there else bad
