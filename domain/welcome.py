"""What the agent says after its greeting to a caller whom it knows.

Rule 1: it is one question, or ends with one; who has been asked something before his call broke off is asked it again.
Rule 2: a summary that was being read out is not asked about: its yes would be for nothing.
"""

from collections.abc import Sequence

from domain.earlier import Subject, subject
from domain.expectation import pending_question
from domain.phrases import Language
from domain.records import StoredRecord, ToolUsed, TurnTaken
from domain.visit.writes import WRITING_TOOLS

_BY_NAME: dict[Language, str] = {"uk": "{name}, чим можу допомогти?", "en": "{name}, how can I help you?"}
_SORRY: dict[Language, str] = {"uk": "Вибачте, зв'язок перервався.", "en": "I am sorry, we were cut off."}
_GO_ON: dict[Language, str] = {"uk": "Продовжимо?", "en": "Shall we go on?"}
_WE_WERE: dict[Language, dict[Subject, str]] = {
    "uk": {
        Subject.TIRES: "Ми підбирали шини.",
        Subject.ORDERING: "Ми готували замовлення.",
        Subject.ORDERS: "Ми говорили про ваше замовлення.",
        Subject.FITTING: "Ми говорили про шиномонтаж.",
        Subject.STORAGE: "Ми говорили про збережені шини.",
        Subject.ADVICE: "Ви питали поради.",
        Subject.CALLBACK: "Ми говорили про зворотний дзвінок.",
    },
    "en": {
        Subject.TIRES: "We were looking for tyres.",
        Subject.ORDERING: "We were preparing an order.",
        Subject.ORDERS: "We were talking about your order.",
        Subject.FITTING: "We were talking about a fitting.",
        Subject.STORAGE: "We were talking about your stored tyres.",
        Subject.ADVICE: "You were asking for advice.",
        Subject.CALLBACK: "We were talking about calling you back.",
    },
}


def by_name(name: str, language: Language) -> str:
    """Return the question for a caller who is addressed so."""
    return _BY_NAME[language].format(name=name)


def going_on(broken: Sequence[StoredRecord], language: Language) -> str:
    """Return where the agent and the caller were when his calls broke off, the latest of which is the first."""
    about = next((found for record in broken if (found := subject(record)) is not None), None)
    we_were = (_WE_WERE[language][about],) if about else ()
    return " ".join((_SORRY[language], *we_were, _asked(broken[0]) or _GO_ON[language]))


def _asked(record: StoredRecord) -> str | None:
    """Return what the agent asked last and nobody has answered."""
    last = record.transcript[-1]
    if not isinstance(last, TurnTaken) or last.speaker != "agent" or last.cut:
        return None
    uses = [unit.name for unit in record.transcript if isinstance(unit, ToolUsed)]
    return None if uses and uses[-1] in WRITING_TOOLS else pending_question(last.text)
