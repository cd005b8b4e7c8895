"""What every register of trials must do."""

from uuid import UUID

from application.ports.trials import TrialRegister
from domain.trial import Trial

REAL = Trial(call_id=UUID(int=1, version=4), by='о"льга', real=True)
TRIAL = Trial(call_id=UUID(int=2, version=4), by="admin")


class TrialRegisterContract:
    async def test_what_is_announced_is_known_however_often_it_is_asked(self, register: TrialRegister) -> None:
        await register.announce(REAL)
        await register.announce(TRIAL)
        for _ in range(2):
            assert [await register.announced(each.call_id) for each in (REAL, TRIAL)] == [REAL, TRIAL]

    async def test_of_other_calls_nothing_is_known(self, register: TrialRegister) -> None:
        await register.announce(TRIAL)
        assert await register.announced(REAL.call_id) is None
