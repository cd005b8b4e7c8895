"""Advice from the shop's articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import ClassVar

from application.calls.tools.arguments import Arguments, choice, needed, text
from application.calls.tools.specs import TEXT, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool
from application.calls.tools.visitor import Visitor
from application.ports.knowledge import Knowledge
from application.ports.language import ToolSpec
from domain.facts import Facts
from domain.knowledge import Article, Category
from domain.shop.events import Consulted
from domain.transcript import Turn
from domain.truth.written import written

_MOST_ARTICLES = 3
_LONGEST = 600
"""Characters of an article that the model is told."""


def knowledge_tools(visitor: Visitor, knowledge: Knowledge) -> Sequence[Tool]:
    return (SearchKnowledge(visitor, knowledge),)


@dataclass(frozen=True, slots=True)
class SearchKnowledge:
    visitor: Visitor
    knowledge: Knowledge

    spec: ClassVar[ToolSpec] = spec(
        "search_knowledge_base",
        "Articles: choosing and keeping tyres, delivery, payment, returns, warranty, promotions, rules.",
        {"query": TEXT, "category": one_of(Category)},
        required=("query",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        query = needed(text(arguments, "query"), "query", "Ask what the caller wants to know.")
        category = choice(arguments, "category", Category)
        found = await self.knowledge.search(query, category, limit=_MOST_ARTICLES)
        if not found and category is not None:
            found = await self.knowledge.search(query, limit=_MOST_ARTICLES)
        articles = [Article(article.title, shortened(article.text), article.category) for article in found]
        fields: dict[str, object] = {
            "articles": [{"title": article.title, "text": article.text} for article in articles]
        }
        if not articles:
            fields["next"] = "there is no article: say that you do not know for sure, offer an operator"
        texts = frozenset(f"{article.title}. {article.text}" for article in articles)
        facts = (written(article, self.visitor.today) for article in texts)
        return Done(
            told=told(**fields),
            facts=reduce(or_, facts, Facts(articles=texts)),
            events=(Consulted(tuple(article.title for article in articles)),),
        )


def shortened(text: str) -> str:
    """Cut a text after the last sentence, or else the last word, that still has room."""
    if len(text) <= _LONGEST:
        return text
    room = text[:_LONGEST]
    end = max(room.rfind(mark) for mark in (". ", "! ", "? "))
    return room[: end + 1] if end > 0 else room.rpartition(" ")[0] or room
