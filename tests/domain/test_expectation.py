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


ASKED = {
    Expectation.PHONE: [
        "Який у вас номер телефону?",
        "Продиктуйте, будь ласка, номер телефону.",
        "Номер телефону?",
        "На який номер вам перетелефонувати?",
        "На який номер вам набрати?",
        "Який ваш контактний номер?",
        "Какой у вас номер телефона?",
        "Назовите, пожалуйста, ваш телефон.",
        "What is your phone number?",
        "Can I have your phone number?",
        "What number should we call you back on?",
    ],
    Expectation.SIZE: [
        "Який розмір шин?",
        "Розмір написано збоку на шині. Який розмір вам потрібен?",
        "А який діаметр?",
        "Якого радіуса колеса?",
        "Підкажіть, будь ласка, типорозмір.",
        "Можете назвати розмір?",
        "Чи можете ви назвати розмір, наприклад 205/55 R16?",
        "Какой размер вас интересует?",
        "Який розмір шин і скільки штук потрібно?",
        "What size do you need?",
        "Could you tell me the size?",
        "What rim diameter is it?",
    ],
    Expectation.QUANTITY: [
        "Скільки шин потрібно?",
        "Скільки штук вам потрібно?",
        "Скільки?",
        "Скільки вам?",
        "Яка кількість?",
        "Скільки шин якого розміру?",
        "Сколько шин вам нужно?",
        "How many tyres do you need?",
        "How many would you like?",
    ],
    Expectation.DATE: [
        "На який день?",
        "На який день вас записати?",
        "На який день і час вас записати?",
        "Коли вам зручно?",
        "Якого числа?",
        "Яка дата вам підходить?",
        "На какой день вас записать?",
        "Когда вам удобно?",
        "Which day suits you?",
        "What date would you like?",
        "When would you like to come?",
    ],
    Expectation.TIME: [
        "О котрій годині?",
        "О котрій вам зручно?",
        "На котру годину вас записати?",
        "Який час вам зручний?",
        "На який час вас записати завтра?",
        "О 10:00 чи о 14:30?",
        "О десятій чи о чотирнадцятій?",
        "Во сколько вам удобно?",
        "На какое время вас записать?",
        "What time suits you?",
        "Which time works for you?",
        "At 10:00 or at 14:30?",
    ],
    Expectation.NAME: [
        "На яке ім'я записати?",
        "На яке ім’я оформити замовлення?",
        "Як вас звати?",
        "Як до вас звертатися?",
        "На кого оформлюємо замовлення?",
        "Скажіть, будь ласка, ваше ім'я.",
        "Ваше прізвище?",
        "Как вас зовут?",
        "На чьё имя оформить?",
        "What name is the order for?",
        "May I have your name?",
        "What's your name, please?",
    ],
    Expectation.ORDER_NUMBER: [
        "Назвіть номер замовлення",
        "Назвіть, будь ласка, який номер замовлення?",
        "Який номер договору зберігання?",
        "Який номер вашого бронювання?",
        "Назвіть номер.",
        "Какой номер заказа?",
        "What is your order number?",
        "Can you give me the booking number?",
        "What is the number of your order?",
        "Який код?",
    ],
    Expectation.PLATE: [
        "Який номер машини?",
        "Який державний номер вашого авто?",
        "Назвіть держномер.",
        "Який номерний знак автомобіля?",
        "Какой госномер?",
        "What is your number plate?",
        "What is the plate number?",
    ],
    Expectation.YES_NO: [
        "Чи записати вас на завтра?",
        "Записую на десяту, вірно?",
        "Так, записати?",
        "Оформлюємо?",
        "Замовлення на 4 шини, разом 13 800 грн. Оформлюємо замовлення?",
        "Підтверджуєте?",
        "Ваш номер телефону 067 123 45 67?",
        "Ваш розмір двісті п'ять на п'ятдесят п'ять, ер шістнадцять?",
        "Чи підійде вам розмір 205/55 R16?",
        "Чи потрібно ще щось?",
        "Бажаєте замовити?",
        "Все правильно?",
        "Так чи ні?",
        "Всё верно?",
        "Оформляем заказ?",
        "Would you like to order?",
        "Is that the right size?",
        "Shall I book it?",
    ],
    Expectation.FREE: [
        "Чим можу допомогти?",
        "Чи так. Так.",
        "?",
        "",
        "Мій номер 5.",
        "Вам зимові чи літні?",
        "На який сезон вам потрібні шини: зимові, літні чи всесезонні?",
        "Доставка чи самовивіз?",
        "Чи потрібна доставка, чи заберете самі?",
        "Do you need winter or summer tyres?",
        "Скільки ви готові витратити?",
        "В якому місті?",
        "Ваше місто?",
        "Яка марка і модель авто?",
        "Який варіант вам більше подобається?",
        "Підкажіть, що саме вас цікавить?",
        "Which one do you like?",
        "What would you like to know?",
        "What is the name of the city?",
    ],
}


@pytest.mark.parametrize(("slot", "text"), [(slot, text) for slot, texts in ASKED.items() for text in texts])
def test_a_question_says_what_kind_of_answer_comes(slot: Expectation, text: str) -> None:
    assert expected(text) is slot


def test_every_kind_of_answer_can_be_asked_for() -> None:
    assert set(ASKED) == set(Expectation)
