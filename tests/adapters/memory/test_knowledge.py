"""Articles are found by the words that callers use, in both of their languages."""

import pytest

from adapters.memory.knowledge import InMemoryKnowledge, articles
from domain.errors import Unavailable
from domain.knowledge import Category
from domain.phrases import Language

pytestmark = pytest.mark.anyio

LONGEST_TEXT = 600
"""Characters that a tool gives to the model."""


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_category_has_an_article_and_each_is_short_enough_to_be_told(language: Language) -> None:
    shelf = articles(language)
    assert {article.category for article in shelf} == set(Category)
    assert len(shelf) >= 24
    assert len({article.title for article in shelf}) == len(shelf)
    assert [article.title for article in shelf if not 100 < len(article.text) <= LONGEST_TEXT] == []


def test_each_ukrainian_article_has_its_english_twin_of_the_same_category() -> None:
    assert [article.category for article in articles("uk")] == [article.category for article in articles("en")]


@pytest.mark.parametrize(
    ("language", "query", "title"),
    [
        ("uk", "коли краще перевзутися на зиму", "Коли міняти шини за сезоном"),
        ("uk", "когда менять резину на зимнюю", "Коли міняти шини за сезоном"),
        ("uk", "какая гарантия на шины", "Гарантія на шини"),
        ("uk", "можна повернути шини, якщо не підійшли?", "Повернення і обмін"),
        ("uk", "хочу вернуть шины", "Повернення і обмін"),
        ("uk", "що таке XL", "Що означає XL на шині"),
        ("uk", "что такое ранфлет", "Що таке шини Run Flat"),
        ("uk", "як оплатити замовлення карткою", "Як можна оплатити"),
        ("uk", "сколько идет доставка", "Доставка"),
        ("uk", "як проходить шиномонтаж", "Як проходить шиномонтаж"),
        ("uk", "сколько стоит хранение", "Сезонне зберігання шин"),
        ("uk", "які краще взимку, шиповані чи липучка", "Шиповані чи фрикційні зимові шини"),
        ("uk", "є якісь знижки", "Акції та знижки"),
        ("uk", "як прочитати розмір 205/55 R16", "Як прочитати розмір шини"),
        ("uk", "де ви знаходитесь", "Про магазин"),
        ("uk", "чим мішлен кращий", "Шини преміум-класу"),
        ("uk", "порадьте недорогі шини", "Недорогі шини"),
        ("uk", "ви записуєте розмову?", "Персональні дані"),
        ("en", "when should I change to winter tyres", "When to change tyres for the season"),
        ("en", "can I return tyres", "Returns and exchange"),
        ("en", "how do I pay", "How to pay"),
        ("en", "what does XL mean", "What XL on a tyre means"),
        ("en", "how does tyre fitting go", "How tyre fitting goes"),
        ("en", "how long is the warranty", "Warranty of tyres"),
    ],
)
async def test_the_article_that_answers_comes_first(language: Language, query: str, title: str) -> None:
    found = await InMemoryKnowledge(language).search(query)
    assert found[0].title == title
    assert len(found) <= 3


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("uk", "яка сьогодні погода"),
        ("uk", "розкажи анекдот"),
        ("uk", ""),
        ("uk", "а як це?"),
        ("en", "tell me a joke"),
    ],
)
async def test_what_no_article_speaks_of_finds_nothing(language: Language, query: str) -> None:
    assert await InMemoryKnowledge(language).search(query) == ()


async def test_a_category_leaves_out_the_others() -> None:
    knowledge = InMemoryKnowledge("uk")
    assert {article.category for article in await knowledge.search("зимові шини", limit=10)} >= {
        Category.GUIDES,
        Category.COMPARISONS,
    }
    found = await knowledge.search("зимові шини", Category.COMPARISONS, limit=10)
    assert {article.category for article in found} == {Category.COMPARISONS}


async def test_no_more_come_than_are_asked_for() -> None:
    assert len(await InMemoryKnowledge("uk").search("зимові шини", limit=1)) == 1


async def test_a_shelf_that_cannot_be_reached_says_so() -> None:
    knowledge = InMemoryKnowledge("uk")
    knowledge.faults.fail(1)
    with pytest.raises(Unavailable):
        await knowledge.search("гарантія")
    assert await knowledge.search("гарантія") != ()
