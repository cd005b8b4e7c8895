"""What every scenario begins with.

Rule: a step is a plain function.  pytest-bdd calls a coroutine function and
never awaits it, so that such a step would pass having done nothing.
"""

from collections.abc import Callable, Iterator
from inspect import isasyncgenfunction, iscoroutinefunction

import pytest
from pytest_bdd.parser import Step

from adapters.memory.scripted_model import ScriptedModel
from features.desk import Agreed, Desk, open_desk
from tests.harness.assistant import assistant_with
from tests.harness.center import Center, call_center

_STEPS = ("agreement", "caller", "agent", "whereabouts", "memory", "trouble")


def pytest_configure(config: pytest.Config) -> None:
    for subject in _STEPS:
        config.pluginmanager.import_plugin(f"features.steps.{subject}")


def pytest_bdd_before_step_call(step: Step, step_func: Callable[..., object]) -> None:
    if iscoroutinefunction(step_func) or isasyncgenfunction(step_func):
        pytest.fail(f"the step {step.name!r} is a coroutine function, which nobody would await", pytrace=False)


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
    return desk.enter(
        call_center(
            model=ScriptedModel(script=agreed.script()),
            assistant=assistant_with(*agreed.tools),
            language=agreed.language,
            limits=agreed.limits,
            phrases=agreed.phrases,
            greeting=agreed.greeting,
            version=agreed.asterisk,
            operators_free=agreed.operators_free,
            most_calls=agreed.most_calls,
        )
    )
