"""The gate between the model and the voice: nothing is said to be so that nothing supports."""

from dataclasses import dataclass
from datetime import date

from domain.facts import Facts
from domain.truth.claim import Claim
from domain.truth.claims import claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    unsupported: tuple[Claim, ...]
    known: Facts

    @property
    def passes(self) -> bool:
        return not self.unsupported

    def told(self) -> str:
        """Return what the model is told for its one correction."""
        said = "; ".join(f"{claim.kind.value} “{claim.text}”" for claim in self.unsupported)
        return f"Your last sentence was not spoken. No tool result of this call supports: {said}."


def judge(clause: str, facts: Facts, *, today: date) -> Verdict:
    """Judge a clause that may be spoken, before it is."""
    unsupported = tuple(claim for claim in claims(clause, today=today) if claim.value not in facts.amounts)
    return Verdict(unsupported=unsupported, known=facts)
