"""Steps of a scenario, in the words that the features use, and what a person has still to decide."""

from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("січня", "лютого", "березня", "квітня", "травня", "червня"),
    *("липня", "серпня", "вересня", "жовтня", "листопада", "грудня"),
)
_QUOTES = str.maketrans({"«": "“", "»": "”", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class Step:
    text: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the steps around cannot say."""

    text: str


Line = Step | ToDo


def quoted(text: str) -> str:
    """Return what somebody says, for between «»."""
    return " ".join(text.translate(_QUOTES).split())


def day_in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
