"""How it is said: questions, sentences and names, a table a language.

Rule 1: a question that is answered by yes or no begins as one, so that the
ear expects yes or no; no question is part of another.
Rule 2: sentences are short: whoever is on the telephone listens to all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.vocabulary import CITIES
from domain.words import words


class Phrase(Enum):
    """A sentence; what it takes stands in its table."""

    GREETING = auto()
    FAREWELL = auto()
    THANKS = auto()
    STOP = auto()
    GO_ON = auto()
    REPEATED = auto()
    UNKNOWN = auto()
    STILL_UNKNOWN = auto()
    WHAT_ELSE = auto()
    WHO = auto()
    ROLE = auto()
    OFF_TOPIC = auto()
    BRANDS = auto()
    FAILED = auto()
    SHOP_DOWN = auto()
    UNCERTAIN = auto()
    BY_OPERATOR = auto()
    ORDER_BY_OPERATOR = auto()
    NUMBER_HIDDEN = auto()
    EMPATHY = auto()
    CALLBACK_NOTED = auto()
    SAVED = auto()
    NOT_DONE = auto()
    SUMMARY = auto()

    FITS = auto()
    FOUND = auto()
    OFFER = auto()
    NONE_FOUND = auto()
    BUT_SEASON = auto()
    CHOSEN = auto()
    STOCK = auto()
    ONLY_LEFT = auto()
    SOLD_OUT = auto()
    EXISTS = auto()
    UNKNOWN_CAR = auto()
    NOT_DELIVERED = auto()
    POINTS = auto()
    ORDER = auto()
    EXPECTED = auto()
    NO_ORDERS = auto()

    NEXT_BUYING = auto()
    NEXT_FITTING = auto()
    CITIES = auto()
    DISTRICTS = auto()
    STATIONS = auto()
    NO_STATION = auto()
    PLACE = auto()
    SLOTS = auto()
    DAY_FULL = auto()
    TIME_TAKEN = auto()
    NO_SLOTS = auto()
    TAKEN = auto()
    DAYS_ALLOWED = auto()
    PRICE = auto()
    BOOKED = auto()
    NO_BOOKINGS = auto()
    STORED = auto()
    DEBT = auto()
    NOT_STORED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    questions: Mapping[Ask, str]
    phrases: Mapping[Phrase, str]
    seasons: Mapping[str, str]
    statuses: Mapping[str, str]
    """Of orders."""
    works: Mapping[str, str]
    months: tuple[str, ...]
    """As they stand behind a day's number."""
    date_first: bool
    """Whether the day stands before the month."""
    at: str
    """Before a time of day."""
    both: str
    """Between the last two of a list."""
    latin: bool
    """Whether it is written in Latin letters."""
    money: str
    """The currency, as it is written behind an amount."""

    def say(self, phrase: Phrase, **values: object) -> str:
        return self.phrases[phrase].format(**values)

    def day(self, iso: str) -> str:
        day = date.fromisoformat(iso)
        month = self.months[day.month - 1]
        return f"{day.day} {month}" if self.date_first else f"{month} {day.day}"

    def list(self, things: list[str]) -> str:
        *before, last = things
        return f"{', '.join(before)} {self.both} {last}" if before else last

    def city(self, name: str) -> str:
        """Return the city as it is written in this language."""
        return CITIES[name][0] if self.latin and name in CITIES else name

    def price(self, told: object) -> str:
        return str(told).replace("грн", self.money)


def question_in(text: str, questions: Mapping[Ask, str]) -> Ask | None:
    """Return which of the questions these words ask, the last if there are several."""
    spoken = f" {' '.join(words(text))} "
    places = {ask: spoken.rfind(f" {' '.join(words(question))} ") for ask, question in questions.items()}
    ask = max(places, key=lambda each: places[each])
    return ask if places[ask] >= 0 else None
