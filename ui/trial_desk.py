"""Where test calls begin: for those who may make them, written down, and refused in words that say what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from application.calls.try_agent import AlreadyTrying, TooManyTrials, TrialCall, TryAgent
from application.ports.audit import AuditLog
from application.ports.trials import NoEngine
from domain.audit import AuditLine
from domain.errors import Unavailable
from ui.access import Holder
from ui.trial_words import TRIAL_REFUSALS, TrialRefusal


class TrialRefused(Exception):
    def __init__(self, status: int, why: TrialRefusal) -> None:
        super().__init__(why.value)
        self.status = status
        self.words = TRIAL_REFUSALS[why]
        """To be translated where they are shown."""


@dataclass(frozen=True, slots=True)
class TrialDesk:
    trials: TryAgent
    audit: AuditLog
    now: Callable[[], datetime]

    async def begin(self, holder: Holder, *, real: bool) -> TrialCall:
        """Call the engine for him; raises `TrialRefused`."""
        try:
            call = await self.trials.begin(holder.name, real=real)
        except AlreadyTrying:
            raise TrialRefused(409, TrialRefusal.ALREADY) from None
        except TooManyTrials:
            raise TrialRefused(429, TrialRefusal.TOO_MANY) from None
        except NoEngine:
            raise TrialRefused(503, TrialRefusal.NO_ENGINE) from None
        except Unavailable:
            raise TrialRefused(503, TrialRefusal.AWAY) from None
        await self._write_down(call)
        return call

    async def _write_down(self, call: TrialCall) -> None:
        trial = call.trial
        line = AuditLine(
            at=self.now(),
            by=trial.by,
            action="calls.test",
            subject=str(trial.call_id),
            after={"in_earnest": "yes" if trial.real else "no"},
        )
        try:
            await self.audit.note(line)
        except Unavailable:
            call.hang_up()
            raise TrialRefused(503, TrialRefusal.AWAY) from None
