"""Advice from articles: short enough to be told, and its figures may be said."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

import pytest

from application.calls.tools.knowledge import knowledge_tools, shortened
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import Visitor
from domain.knowledge import Article, Category
from domain.money import Money
from domain.shop.events import Consulted

pytestmark = pytest.mark.anyio

DELIVERY = Article("Доставка", "Доставка коштує 120 грн, триває 2 дні, з 9:00 до 18:00.", Category.DELIVERY)


@dataclass
class Shelf:
    """Knows its articles under their categories, whatever is asked."""

    articles: Sequence[Article] = (DELIVERY,)
    asked: list[tuple[str, Category | None, int]] = field(default_factory=list)

    async def search(self, query: str, category: Category | None = None, *, limit: int = 3) -> Sequence[Article]:
        self.asked.append((query, category, limit))
        return [article for article in self.articles if category in (None, article.category)]


async def searched(shelf: Shelf, **arguments: object) -> Done:
    visitor = Visitor(call_id=UUID(int=1), language="uk", now=lambda: datetime(2026, 11, 25, 12))
    (tool,) = knowledge_tools(visitor, shelf)
    return await tool(arguments, ())


async def test_articles_are_told_and_their_figures_become_known() -> None:
    shelf = Shelf()
    done = await searched(shelf, query="доставка", category="delivery")
    assert json.loads(done.told) == {"articles": [{"title": DELIVERY.title, "text": DELIVERY.text}]}
    assert shelf.asked == [("доставка", Category.DELIVERY, 3)]
    assert done.facts.amounts == {Money.hryvnias(120)} and 2 in done.facts.quantities
    assert done.facts.times == {time(9), time(18)} and done.events == (Consulted(("Доставка",)),)


async def test_what_is_not_in_its_category_is_looked_for_in_all() -> None:
    shelf = Shelf()
    done = await searched(shelf, query="доставка", category="news")
    assert len(json.loads(done.told)["articles"]) == 1 and shelf.asked[1] == ("доставка", None, 3)


async def test_when_no_article_is_found_the_model_is_told_to_say_so() -> None:
    done = await searched(Shelf(articles=()), query="погода")
    assert json.loads(done.told)["articles"] == [] and "do not know" in json.loads(done.told)["next"]
    assert done.events == (Consulted(()),)


@pytest.mark.parametrize("arguments", [{}, {"query": "?", "category": "gossip"}])
async def test_a_question_and_a_known_category_are_needed(arguments: dict[str, str]) -> None:
    with pytest.raises(ToolRefused):
        await searched(Shelf(), **arguments)


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("Коротко.", "Коротко."),
        ("Речення. " + "слово " * 150, "Речення."),
        ("Так! Чому? " + "слово " * 150, "Так! Чому?"),
        ("слово " * 150, ("слово " * 100).strip()),
        ("ш" * 700, "ш" * 600),
    ],
)
def test_a_long_article_ends_with_a_whole_sentence_or_word(text: str, shorter: str) -> None:
    assert shortened(text) == shorter


async def test_only_the_figures_that_are_told_become_known() -> None:
    article = Article("Довга", "Ціна 100 грн. " + "слово " * 150 + "Потім 999 грн.", Category.FAQ)
    done = await searched(Shelf(articles=(article,)), query="ціна")
    assert done.facts.amounts == {Money.hryvnias(100)}
