"""A step is a plain function.

pytest-bdd calls a coroutine function and never awaits it, so that such a step would pass having done nothing.
"""

from collections.abc import Callable
from inspect import isasyncgenfunction, iscoroutinefunction

import pytest
from pytest_bdd.parser import Step


def pytest_bdd_before_step_call(step: Step, step_func: Callable[..., object]) -> None:
    if iscoroutinefunction(step_func) or isasyncgenfunction(step_func):
        pytest.fail(f"the step {step.name!r} is a coroutine function, which nobody would await", pytrace=False)
