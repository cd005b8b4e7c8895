"""What is heard and what is expected to be heard."""

from dataclasses import dataclass
from enum import Enum


class Expectation(Enum):
    """What kind of answer the agent's last words ask for."""

    FREE = "free"
    YES_NO = "yes_no"
    PHONE = "phone"
    SIZE = "size"
    QUANTITY = "quantity"
    DATE = "date"
    TIME = "time"
    NAME = "name"
    ORDER_NUMBER = "order_number"
    """The number of an order, a booking or a contract, with its letters; or a number that is not called by its kind."""
    PLATE = "plate"
    """The number plate of a car."""

    @property
    def dictated(self) -> bool:
        """Whether figures are said one group after another, or keyed."""
        return self in _DICTATED


_DICTATED = frozenset(
    {
        Expectation.PHONE,
        Expectation.SIZE,
        Expectation.QUANTITY,
        Expectation.ORDER_NUMBER,
        Expectation.PLATE,
    }
)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What the recognizer believes that one utterance says.

    `utterance` counts the caller's utterances of a call from 0: it is the
    number of `Ear.finish()` calls before its audio.  `text` is the whole
    utterance so far, the provider's several finals merged.
    """

    utterance: int
    text: str
    final: bool
    confidence: float | None = None
    language: str | None = None


class FinalsMerged:
    """One sentence may come from a provider as several finals; the utterance is all of them."""

    def __init__(self) -> None:
        self._finals: list[str] = []

    def interim(self, text: str) -> str:
        """Return the utterance so far, with words that may still change."""
        return " ".join([*self._finals, text.strip()]).strip()

    def final(self, text: str) -> str:
        """Keep words that the provider will not change; return the utterance so far."""
        if text.strip():
            self._finals.append(text.strip())
        return " ".join(self._finals)
