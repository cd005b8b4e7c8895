"""What every scenario begins with."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.scripted_model import ScriptedModel
from features.desk import Agreed, Desk, open_desk
from features.shop import OpenShop, open_shop
from tests.harness.assistant import assistant_with
from tests.harness.center import Center, call_center

_STEPS = (
    "agreement",
    "caller",
    "agent",
    "whereabouts",
    "memory",
    "trouble",
    "conversation",
    "shelves",
    "records",
    "store",
    "providers",
)
_AGENTS_FRAMES = 2
"""Of a word: 40 ms."""


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("features.awaited")
    for subject in _STEPS:
        config.pluginmanager.import_plugin(f"features.steps.{subject}")


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as desk:
        yield desk


@pytest.fixture
def agreed() -> Agreed:
    return Agreed()


@pytest.fixture
def center(desk: Desk, agreed: Agreed) -> Center:
    """The call center; it opens when a step first needs it, as agreed by then."""
    center = desk.enter(
        call_center(
            model=ScriptedModel(script=agreed.script()),
            real_model=agreed.model,
            assistant=agreed.assistant or assistant_with(*agreed.tools),
            recognizer=LiteralRecognizer(interim_seconds=0.02, final_seconds=0.05) if agreed.model else None,
            synthesizer=LiteralSynthesizer(frames_a_word=agreed.frames_a_word),
            brisk=agreed.brisk,
            language=agreed.language,
            limits=agreed.limits,
            phrases=agreed.phrases,
            greeting=agreed.greeting,
            version=agreed.asterisk,
            operators_free=agreed.operators_free,
            most_calls=agreed.most_calls,
        )
    )
    center.watch.also += agreed.observers
    for begin in agreed.opened:
        desk.do(begin)
    return center


@pytest.fixture
def shop(desk: Desk, agreed: Agreed) -> OpenShop:
    """The shop; who asks for it before the first call has its agent answer, at a brisk pace."""
    shop = desk.enter(open_shop())
    agreed.assistant, agreed.model = shop.assistant, shop.model
    agreed.brisk, agreed.frames_a_word = True, _AGENTS_FRAMES
    agreed.limits = replace(agreed.limits, tool_seconds=5.0)
    agreed.opened.append(shop.remember)
    agreed.observers.append(shop.record)
    return shop
