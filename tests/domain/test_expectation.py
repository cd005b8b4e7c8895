"""What the agent's words ask for."""

import pytest

from domain.expectation import expected, pending_question
from domain.speech import Expectation


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Добре. Який у вас номер?", "Який у вас номер?"),
        ("Чим допомогти?", "Чим допомогти?"),
        ("Так? Ні? Може?  ", "Може?"),
        ("Який розмір? Я чекаю.", None),
        ("Є три варіанти.", None),
        ("", None),
    ],
)
def test_only_a_question_at_the_end_is_pending(text: str, question: str | None) -> None:
    assert pending_question(text) == question


@pytest.mark.parametrize(
    ("text", "expectation"),
    [
        ("Який у вас номер телефону?", Expectation.DIGITS),
        ("Скільки шин потрібно?", Expectation.DIGITS),
        ("What is your order number?", Expectation.DIGITS),
        ("Чи записати вас на завтра?", Expectation.YES_NO),
        ("Записую на десяту, вірно?", Expectation.YES_NO),
        ("Так, записати?", Expectation.YES_NO),
        ("Would you like to order?", Expectation.YES_NO),
        ("Чим можу допомогти?", Expectation.FREE),
        ("Назвіть номер.", Expectation.FREE),
        ("Чи так. Так.", Expectation.FREE),
        ("?", Expectation.FREE),
    ],
)
def test_a_question_says_what_kind_of_answer_comes(text: str, expectation: Expectation) -> None:
    assert expected(text) is expectation
