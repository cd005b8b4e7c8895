import pytest

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.english import ENGLISH as ENGLISH_AGENT
from adapters.offline.rules.ukrainian import UKRAINIAN as UKRAINIAN_AGENT
from adapters.offline.rules.wording import Phrase, Wording
from domain.phrases import ENGLISH as ENGLISH_PHRASES
from domain.phrases import UKRAINIAN as UKRAINIAN_PHRASES
from domain.phrases import Phrases
from entrypoints.demo_caller import ENGLISH, UKRAINIAN, Line, answer_to, interruption_after

SCRIPTS = pytest.mark.parametrize(
    ("script", "agent", "phrases"),
    [(ENGLISH, ENGLISH_AGENT, ENGLISH_PHRASES), (UKRAINIAN, UKRAINIAN_AGENT, UKRAINIAN_PHRASES)],
    ids=["en", "uk"],
)
READ_BACKS = {
    "en": (
        "So, 4 tyres, delivery to Odesa, cash on delivery, for Alexander. Shall I place the order?",
        "Anything else?",
    ),
    "uk": ("Отже, 4 шини, доставка: Одеса, на ім'я Олександр. Оформлюємо?", "Готово! Чим ще допомогти?"),
}


@SCRIPTS
def test_each_question_of_the_agent_is_answered_by_its_line(
    script: tuple[Line, ...], agent: Wording, phrases: Phrases
) -> None:
    search, choice, delivery, payment, yes, goodbye = script
    order, more = READ_BACKS["en" if agent.latin else "uk"]
    for asked, line in (
        (phrases.greeting_question, search),
        (agent.questions[Ask.SIZE], search),
        (agent.questions[Ask.CHOICE], choice),
        (agent.questions[Ask.QUANTITY], choice),
        (agent.questions[Ask.DELIVERY], delivery),
        (agent.questions[Ask.CITY], delivery),
        (agent.questions[Ask.ADDRESS], delivery),
        (agent.questions[Ask.PAYMENT], payment),
        (agent.questions[Ask.NAME], payment),
        (order, yes),
        (more, goodbye),
        (agent.questions[Ask.MORE], goodbye),
    ):
        assert answer_to(f"Так. {asked}", script, ()) is line, asked


@SCRIPTS
def test_a_question_that_comes_again_is_answered_again_but_not_for_ever(
    script: tuple[Line, ...], agent: Wording, phrases: Phrases
) -> None:
    again = f"{agent.say(Phrase.UNKNOWN)} {agent.questions[Ask.DELIVERY]}"
    line = script[2]
    assert answer_to(again, script, [line]) is line
    assert answer_to(again, script, [line] * 3) is None


def test_words_without_a_known_question_have_the_last_line_said_again() -> None:
    assert answer_to("Sorry, I did not catch that.", ENGLISH, ENGLISH[:2]) is ENGLISH[1]
    assert answer_to("", ENGLISH, ()) is ENGLISH[0]


def test_whoever_has_said_goodbye_says_no_more() -> None:
    assert answer_to("Is there anything else?", ENGLISH, ENGLISH) is None


def test_only_the_answer_to_the_line_before_is_interrupted_and_only_once() -> None:
    assert interruption_after(ENGLISH, ENGLISH[:1]) is ENGLISH[1]
    assert interruption_after(ENGLISH, ()) is None
    assert interruption_after(ENGLISH, ENGLISH[:2]) is None
    assert interruption_after(ENGLISH, [ENGLISH[0], ENGLISH[1], ENGLISH[0]]) is None
    assert interruption_after(ENGLISH, ENGLISH) is None
