"""What the agent says of itself, not by the model: one set of phrases a language."""

from dataclasses import dataclass, fields
from enum import Enum
from typing import Literal


class Kind(Enum):
    """What an announcement is for."""

    GREETING = "greeting"
    GREETING_QUESTION = "greeting_question"
    FILLER = "filler"
    QUESTION_AGAIN = "question_again"
    SILENCE = "silence"
    ARE_YOU_THERE = "are_you_there"
    SILENCE_FAREWELL = "silence_farewell"
    FAREWELL = "farewell"
    ASK_AGAIN = "ask_again"
    CHOICES = "choices"
    HAND_OVER = "hand_over"


class Work(Enum):
    """What the caller waits for; the value is the phrase's name."""

    THINKING = "thinking"
    SEARCHING = "searching"
    ORDERING = "ordering"
    TRACING = "tracing"
    """Looking for an order that was made."""
    SCHEDULING = "scheduling"
    BOOKING = "booking"
    LOOKING_UP = "looking_up"


_PROTECTED = frozenset({Kind.GREETING, Kind.SILENCE_FAREWELL, Kind.FAREWELL, Kind.HAND_OVER})
_LEAVE_QUESTION = frozenset({Kind.ASK_AGAIN, Kind.ARE_YOU_THERE})


@dataclass(frozen=True, slots=True)
class Announcement:
    kind: Kind
    text: str

    @property
    def protected(self) -> bool:
        """Whether the caller hears it to its end, even if he speaks meanwhile."""
        return self.kind in _PROTECTED

    @property
    def remembered(self) -> bool:
        """Whether it is a turn of the agent; a filler is not."""
        return self.kind is not Kind.FILLER

    @property
    def leaves_question(self) -> bool:
        """Whether what was asked before is still to be answered."""
        return self.kind in _LEAVE_QUESTION


@dataclass(frozen=True, slots=True)
class Phrases:
    shop: str
    agent: str
    """The names that the agent gives when none are set."""
    night: str
    morning: str
    day: str
    evening: str
    introduction: str
    """`{shop}` and `{agent}` are filled in.  Says that an automatic system answers: a legal duty."""
    greeting_question: str
    thinking: str
    searching: str
    ordering: str
    tracing: str
    scheduling: str
    booking: str
    looking_up: str
    """What is said while the caller waits, by the work; none says that anything is done, or there."""
    still_thinking: str
    silence: str
    are_you_there: str
    silence_farewell: str
    farewell: str
    """Said when somebody who runs the line ends the call."""
    ask_again: str
    choices: str
    unsure: str
    """What is said in place of words that nothing supports."""
    hand_over: str
    hand_over_busy: str
    hand_over_apology: str
    too_long: str
    restarting: str

    def greeting(self, hour: int, *, shop: str, agent: str) -> str:
        """Return the greeting for this hour (0 to 23, local time)."""
        if hour < 5 or hour >= 23:
            hello = self.night
        elif hour < 11:
            hello = self.morning
        elif hour < 18:
            hello = self.day
        else:
            hello = self.evening
        return f"{hello} {self.introduction.format(shop=shop, agent=agent)}"

    def filler(self, work: Work) -> str:
        return str(getattr(self, work.value))

    def fixed(self) -> tuple[str, ...]:
        """Return every phrase that is the same in all calls, to be voiced beforehand."""
        unfixed = {"shop", "agent", "night", "morning", "day", "evening", "introduction"}
        return tuple(getattr(self, each.name) for each in fields(self) if each.name not in unfixed)


UKRAINIAN = Phrases(
    shop="ПроКолесо",
    agent="Олена",
    night="Доброї ночі!",
    morning="Доброго ранку!",
    day="Добрий день!",
    evening="Добрий вечір!",
    introduction="Це {shop}, мене звати {agent}. З вами розмовляє автоматична система.",
    greeting_question="Чим можу допомогти?",
    thinking="Хвилинку, будь ласка.",
    searching="Хвилинку, шукаю шини.",
    ordering="Хвилинку, працюю із замовленням.",
    tracing="Хвилинку, шукаю ваше замовлення.",
    scheduling="Хвилинку, дивлюся розклад шиномонтажу.",
    booking="Хвилинку, працюю із записом.",
    looking_up="Хвилинку, зараз подивлюся.",
    still_thinking="Ще трошки, будь ласка, я на лінії.",
    silence="Я вас слухаю. Чим можу допомогти?",
    are_you_there="Ви ще на лінії?",
    silence_farewell="На жаль, я вас не чую. Передзвоніть нам, будь ласка. До побачення!",
    farewell="Дякуємо, що зателефонували. До побачення!",
    ask_again="Перепрошую, я не розчула. Повторіть, будь ласка.",
    choices="Вибачте, я знову не зрозуміла. Можу підібрати шини, перевірити замовлення або записати на шиномонтаж."
    " Що вас цікавить?",
    unsure="Вибачте, цього я зараз не можу підтвердити. Чим ще можу допомогти?",
    hand_over="З'єдную вас з оператором. Залишайтеся, будь ласка, на лінії.",
    hand_over_busy="Зараз усі оператори зайняті. Залишайтеся, будь ласка, на лінії, вам дадуть відповідь.",
    hand_over_apology="Перепрошую, у нас технічна несправність. З'єдную вас з оператором.",
    too_long="Ми розмовляємо вже довго. З'єдную вас з оператором, він допоможе завершити.",
    restarting="Перепрошую, наша система перезапускається. З'єдную вас з оператором.",
)

ENGLISH = Phrases(
    shop="Pro Koleso",
    agent="Olena",
    night="Good night!",
    morning="Good morning!",
    day="Good afternoon!",
    evening="Good evening!",
    introduction="This is {shop}, my name is {agent}. You are talking to an automatic system.",
    greeting_question="How can I help you?",
    thinking="One moment, please.",
    searching="One moment, I am looking for tyres.",
    ordering="One moment, I am working on the order.",
    tracing="One moment, I am looking for your order.",
    scheduling="One moment, I am looking at the fitting times.",
    booking="One moment, I am working on the booking.",
    looking_up="One moment, let me look.",
    still_thinking="Just a little longer, please, I am still here.",
    silence="I am listening. How can I help you?",
    are_you_there="Are you still there?",
    silence_farewell="I am afraid I cannot hear you. Please call us again. Goodbye!",
    farewell="Thank you for calling. Goodbye!",
    ask_again="Sorry, I did not catch that. Could you say it again, please?",
    choices="Sorry, I still do not understand. I can find tyres, check an order or book a fitting. Which one is it?",
    unsure="Sorry, I cannot confirm that right now. What else can I do for you?",
    hand_over="I am connecting you to an operator. Please stay on the line.",
    hand_over_busy="All operators are busy right now. Please stay on the line, you will be answered.",
    hand_over_apology="Sorry, we have a technical problem. I am connecting you to an operator.",
    too_long="We have been talking for long. I am connecting you to an operator who will help you further.",
    restarting="Sorry, our system is being restarted. I am connecting you to an operator.",
)

Language = Literal["uk", "en"]

PHRASES: dict[Language, Phrases] = {"uk": UKRAINIAN, "en": ENGLISH}
