"""The metrics of all processes in one answer.

Rule 1: each process writes what it has counted into a file of its own, every few seconds; whoever is asked reads
        them all.  A process that answers calls is never asked: its loop belongs to its calls.
Rule 2: each process's figures stay its own, told apart by a label.  A sum would fall when one of them ends, and
        Prometheus would take the fall for a new beginning.
Rule 3: a file that nobody has written for a while belongs to nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import time

import anyio
from anyio import to_thread
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.process_collector import ProcessCollector

_EVERY_SECONDS = 5.0
_FRESH_SECONDS = 20.0
_SUFFIX = ".prom"
_WHEN_MADE = "_created"
"""What the library adds to each counter and histogram; nobody asks for it."""


def registry_of_process() -> CollectorRegistry:
    """Return the one registry of this process; it tells of memory, processor and files too."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    return registry


class MetricsFile:
    """What one process tells."""

    def __init__(self, folder: Path, process: str, registry: CollectorRegistry) -> None:
        self._path = folder / f"{process}{_SUFFIX}"
        self._registry = registry

    async def keep_telling(self) -> None:
        """Write the file now and then; take it away at the end."""
        try:
            while True:
                await self.tell()
                await anyio.sleep(_EVERY_SECONDS)
        finally:
            self._path.unlink(missing_ok=True)

    async def tell(self) -> None:
        text = generate_latest(self._registry)
        await to_thread.run_sync(self._write, text)

    def _write(self, text: bytes) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            whole = self._path.with_suffix(".new")
            whole.write_bytes(text)
            whole.replace(self._path)
        except OSError:
            return  # a full disk costs figures, never a call


class AllMetrics:
    """What all processes tell, and this one."""

    def __init__(
        self, folder: Path, process: str, registry: CollectorRegistry, *, now: Callable[[], float] = time
    ) -> None:
        self._folder = folder
        self._process = process
        self._registry = registry
        self._now = now

    def exposition(self) -> bytes:
        """Return them in Prometheus's text format."""
        return generate_latest(_Families(self._families()))

    def total(self, name: str) -> float:
        """Return the sum of a figure over all processes."""
        families = self._families()
        return sum(sample.value for family in families for sample in family.samples if sample.name == name)

    def by_process(self, name: str) -> Mapping[str, float]:
        """Return a figure of each process that tells it; the sum where it tells several."""
        told: dict[str, float] = {}
        for family in self._families():
            for sample in family.samples:
                if sample.name == name:
                    process = sample.labels["process"]
                    told[process] = told.get(process, 0.0) + sample.value
        return told

    def _families(self) -> Iterable[Metric]:
        families: dict[str, Metric] = {}
        for process, text in sorted(self._texts().items()):
            for family in text_string_to_metric_families(text):
                if family.name.endswith(_WHEN_MADE):
                    continue
                whole = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    labels = {**sample.labels, "process": process}
                    whole.add_sample(sample.name, labels, sample.value, sample.timestamp, sample.exemplar)
        return families.values()

    def _texts(self) -> dict[str, str]:
        texts = {self._process: generate_latest(self._registry).decode()}
        for path in self._folder.glob(f"*{_SUFFIX}"):
            try:
                if self._now() - path.stat().st_mtime < _FRESH_SECONDS:
                    texts[path.stem] = path.read_text(encoding="utf-8")
            except OSError:
                continue
        return texts


class _Families:
    """Families that are there already, as a registry gives them."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._all = families

    def collect(self) -> Iterable[Metric]:
        return self._all
