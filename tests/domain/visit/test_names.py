"""A brand that the recognizer heard is nobody's name."""

import pytest

from domain.visit.names import is_brand


@pytest.mark.parametrize("name", ["Michelin", "мішлен", "Мишлен", "Тойота", "Toyota Corolla", "Нокіан Хакка", "BMW"])
def test_brands_are_told_from_names(name: str) -> None:
    assert is_brand(name)


@pytest.mark.parametrize("name", ["Олександр", "Лада", "Сава", "Лада Коваленко", "Олена Форд", "Леон", "Контакт", ""])
def test_people_keep_their_names(name: str) -> None:
    assert not is_brand(name)
