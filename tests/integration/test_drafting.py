"""A call is held, kept, and made a feature of: the draft runs as it stands."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pytest_bdd import parsers

from adapters.memory.archive import InMemoryArchive
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from application.calls.notes import Notes
from application.ports.operations import CallRecord
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.drafting.feature import feature_of
from domain.records import AnyEntry, StoredRecord
from features.desk import SHORT_UKRAINIAN
from features.shop import OpenShop, open_shop
from features.steps.agent import as_heard
from tests.domain.drafting.told import EVERYTHING
from tests.harness.center import Center, call_center
from tests.harness.phone import Phone

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
BEGAN = datetime(2026, 11, 25, 10, tzinfo=UTC)


class Noting:
    """Fulfils `CallObserver`: notes calls as the engine does."""

    def __init__(self) -> None:
        self.entries: list[AnyEntry] = []
        self._notes: dict[UUID, Notes] = {}

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        if call_id not in self._notes:
            self._notes[call_id] = Notes(call_id, BEGAN, clock=at, language="uk")
            self.entries += self._notes[call_id].begin()
        self.entries += self._notes[call_id].notice(event, state, at)

    def ended(self, record: CallRecord) -> None:
        self.entries += self._notes[record.call_id].end(record)


async def held(shop: OpenShop, center: Center, *said: tuple[str, str]) -> StoredRecord:
    """Have somebody call, say this and hear that, and hang up; return what is kept of it."""
    noting = Noting()
    center.watch.also.append(noting)
    phone: Phone = await center.answered_phone("380509998877")
    for words, heard in said:
        await phone.hear_out()
        await phone.say(words)
        await phone.hear(as_heard(heard))
    await phone.hear_out()
    await phone.hang_up()
    assert phone.call.uuid is not None
    await center.watch.record_of(phone.call.uuid)
    archive = InMemoryArchive()
    await archive.save(noting.entries)
    return await archive.load(phone.call.uuid)


def run(draft: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a draft under the features' own steps."""
    (folder / "draft.feature").write_text(draft, encoding="utf-8")
    (folder / "test_draft.py").write_text('from pytest_bdd import scenarios\n\nscenarios("draft.feature")\n')
    (folder / "conftest.py").write_text("from features.conftest import *\n")
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)


def steps_of_features() -> list[parsers.parse]:
    """Return what the features have steps for."""
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "features" / "steps").glob("*.py"))
    patterns: list[str] = re.findall(r'@(?:given|when|then|step)\((?:parsers\.parse\()?"(.+?)"', written)
    return [parsers.parse(pattern) for pattern in patterns]


def test_every_step_of_a_draft_is_one_that_the_features_have() -> None:
    known = steps_of_features()
    assert len(known) > 100
    steps = [line for line in feature_of(EVERYTHING).splitlines() if re.match(r"    (Дано|Коли|Тоді|І) ", line)]
    assert len(steps) > 15
    for step in steps:
        text = step.strip().partition(" ")[2]
        assert any(each.is_matching(text) for each in known), step


async def test_the_draft_of_a_whole_order_runs_and_names_nobody_who_called(tmp_path: Path) -> None:
    async with (
        open_shop() as shop,
        call_center(
            assistant=shop.assistant,
            real_model=shop.model,
            recognizer=LiteralRecognizer(interim_seconds=0.02, final_seconds=0.05),
            synthesizer=LiteralSynthesizer(frames_a_word=2),
            brisk=True,
            phrases=SHORT_UKRAINIAN,
            greeting="Вітаю!",
        ) as center,
    ):
        shop.put("Michelin X-Ice Snow 205/55 R16", quantity=8, hryvnias=5000)
        record = await held(
            shop,
            center,
            (
                "хочу шини 205/55 R16 Мішлен чотири штуки доставка в Харків вулиця Сумська 12 карткою на ім'я Михайло",
                "Які берете?",
            ),
            ("беру перші", "Оформлюємо?"),
            ("так", "оформлено"),
        )
    draft = feature_of(record)
    assert "4 шт. Michelin X-Ice Snow 205/55 R16; Харків, вулиця Садова 5; карткою при отриманні; Віктор" in draft
    for person in ("Михайло", "Сумська", "0509998877"):
        assert person not in draft
    ended = run(draft, tmp_path)
    assert ended.returncode == pytest.ExitCode.OK, ended.stdout
