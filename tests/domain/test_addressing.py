"""A caller is addressed as people address one another."""

import pytest

from domain.addressing import addressed
from domain.hearing.names import UKRAINIAN_NAMES


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Олександр", "Олександре"),
        ("Андрій", "Андрію"),
        ("Ігор", "Ігорю"),
        ("Василь", "Василю"),
        ("Петро", "Петре"),
        ("Марко", "Марку"),
        ("Микола", "Миколо"),
        ("Ілля", "Ілле"),
        ("Федір", "Федоре"),
        ("Олег", "Олегу"),
        ("В'ячеслав", "В'ячеславе"),
        ("В’ячеслав", "В'ячеславе"),
        ("Олена", "Олено"),
        ("Марія", "Маріє"),
        ("Софія", "Софіє"),
        ("Зоя", "Зоє"),
        ("Катя", "Катю"),
        ("Леся", "Лесю"),
        ("Саша", "Сашо"),
        ("Любов", "Любове"),
        ("Мар'яна", "Мар'яно"),
    ],
)
def test_a_ukrainian_name_is_called_in_the_vocative(name: str, called: str) -> None:
    assert addressed(name, "uk") == called


@pytest.mark.parametrize("name", sorted(UKRAINIAN_NAMES))
def test_no_ukrainian_name_is_called_as_it_stands(name: str) -> None:
    assert addressed(name, "uk") != name


@pytest.mark.parametrize("name", ["Олександр Іваненко", "Іваненко Олександр", "Олександр Петрович Іваненко"])
def test_the_surname_is_left_out(name: str) -> None:
    assert addressed(name, "uk") == "Олександре"


@pytest.mark.parametrize("name", ["Сергей", "Джон", "Анна-Лєна", "Пан Ковальчук", "O'Neill"])
def test_another_name_is_said_as_it_stands(name: str) -> None:
    assert addressed(name, "uk") == name
    assert addressed(name, "en") == name


def test_in_english_a_name_stands_as_it_is() -> None:
    assert addressed("Олена", "en") == "Олена"


@pytest.mark.parametrize("name", ["", "  ", "067 123", "ТОВ «Шини»", "хтось із відділу доставки"])
def test_what_is_no_name_is_not_said(name: str) -> None:
    assert addressed(name, "uk") == ""
