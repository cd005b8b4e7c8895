"""Who is known is asked by name, and whose call broke off, on where he was."""

import pytest

from domain.earlier import Subject
from domain.phrases import Language
from domain.welcome import _WE_WERE, by_name, going_on
from tests.domain.past import past


def test_a_caller_is_asked_by_name() -> None:
    assert by_name("Олено", "uk") == "Олено, чим можу допомогти?"
    assert by_name("Kate", "en") == "Kate, how can I help you?"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (("шини", "* search_tires", "- Який розмір?"), "Ми підбирали шини. Який розмір?"),
        (("шини", "* search_tires", "- Є дві. Які берете?"), "Ми підбирали шини. Які берете?"),
        (("шини", "* search_tires", "- Є дві. Які берете?", "перші"), "Ми підбирали шини. Продовжимо?"),
        (("шини", "* search_tires", "-| Є дві. Які берете?"), "Ми підбирали шини. Продовжимо?"),
        (("шини", "* search_tires"), "Ми підбирали шини. Продовжимо?"),
        (("шини", "* search_tires", "- Нічого немає."), "Ми підбирали шини. Продовжимо?"),
        (("так", "* confirm_order", "- Отже, 4 шини. Оформлюємо?"), "Ми готували замовлення. Продовжимо?"),
        (("так", "* book_fitting", "- Записую?", "-  Чути?"), "Ми говорили про шиномонтаж. Продовжимо?"),
        (("шини", "- Який розмір?"), "Який розмір?"),
        (("шини",), "Продовжимо?"),
    ],
)
def test_a_call_goes_on_where_it_broke_off(said: tuple[str, ...], heard: str) -> None:
    assert going_on([past(*said)], "uk") == f"Вибачте, зв'язок перервався. {heard}"


def test_what_it_was_about_is_known_from_the_call_before_if_the_last_one_does_not_tell() -> None:
    calls = [past("алло", number=2), past("шини", "* find_storage", "- Який договір?")]
    assert going_on(calls, "en").endswith("cut off. We were talking about your stored tyres. Shall we go on?")


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_subject_has_its_words(language: Language) -> None:
    assert set(_WE_WERE[language]) == set(Subject)
