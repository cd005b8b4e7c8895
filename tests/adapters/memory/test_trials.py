"""The register of one process keeps its contract, and forgets calls that never came."""

import pytest

from adapters.memory.trials import InMemoryTrialRegister
from application.ports.trials import ANNOUNCED_SECONDS
from tests.contracts.trials import TRIAL, TrialRegisterContract

pytestmark = pytest.mark.anyio


class TestInMemoryTrialRegister(TrialRegisterContract):
    @pytest.fixture
    def register(self) -> InMemoryTrialRegister:
        return InMemoryTrialRegister()


async def test_a_call_that_does_not_come_is_expected_no_longer() -> None:
    at = [0.0]
    register = InMemoryTrialRegister(now=lambda: at[0])
    await register.announce(TRIAL)
    at[0] = ANNOUNCED_SECONDS - 0.1
    assert await register.announced(TRIAL.call_id) == TRIAL
    at[0] = ANNOUNCED_SECONDS + 0.1
    assert await register.announced(TRIAL.call_id) is None
