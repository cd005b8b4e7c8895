"""Every sentence of every article may be said once the search has returned it, whole and cut into clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import pytest

from adapters.memory.knowledge import articles
from application.calls.tools.knowledge import knowledge_tools, shortened
from application.calls.tools.visitor import Visitor
from domain.clauses import Clauses
from domain.facts import Facts
from domain.knowledge import Article, Category
from domain.truth.claim import Kind
from domain.truth.gate import Verdict, judge

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, 12)
ARTICLES = [*articles("uk"), *articles("en")]


@dataclass
class Shelf:
    article: Article

    async def search(self, query: str, category: Category | None = None, *, limit: int = 3) -> Sequence[Article]:
        return [self.article]


async def _known(article: Article) -> Facts:
    visitor = Visitor(call_id=UUID(int=1), language="uk", now=lambda: NOW)
    (tool,) = knowledge_tools(visitor, Shelf(article))
    return (await tool({"query": article.title}, ())).facts


def _judged(text: str, facts: Facts) -> Iterator[tuple[str, Verdict]]:
    """Judge what a model writes as it is judged in a call: letter by letter, clause by clause."""
    clauses, said = Clauses(), ""
    for clause in [*(clause for letter in text for clause in clauses.add(letter)), *clauses.rest()]:
        yield clause, judge(clause, facts, today=NOW.date(), before=said)
        said = f"{said} {clause}".strip()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.title)
async def test_an_article_may_be_said_in_its_words(article: Article) -> None:
    facts, text = await _known(article), shortened(article.text)
    sentences = re.split(r"(?<=[.!?])\s+", text)
    stopped = [sentence for sentence in sentences if not judge(sentence, facts, today=NOW.date()).passes]
    stopped += [clause for said in (text, *sentences) for clause, verdict in _judged(said, facts) if not verdict.passes]
    assert stopped == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.title)
async def test_what_an_article_names_may_be_said_in_other_words(article: Article) -> None:
    facts = replace(await _known(article), articles=frozenset())
    said = (verdict for _, verdict in _judged(shortened(article.text), facts))
    named = [claim.text for verdict in said for claim in verdict.unsupported if claim.kind in _NAMED]
    assert named == []


_NAMED = {Kind.MONEY, Kind.QUANTITY, Kind.TIME, Kind.ADDRESS, Kind.NUMBER, Kind.FIGURE}


@pytest.mark.parametrize(
    ("title", "clause"),
    [
        ("Гарантія на шини", "Гарантія діє п'ять років."),
        ("Повернення і обмін", "Гроші повернемо за сім робочих днів."),
        ("Повернення і обмін", "У вас чотирнадцять днів."),
        ("Про магазин", "У нас п'ятнадцять станцій, зокрема станції у Харкові."),
    ],
)
async def test_numbers_in_words_are_known(title: str, clause: str) -> None:
    article = next(article for article in ARTICLES if article.title.startswith(title))
    assert judge(clause, await _known(article), today=NOW.date()).passes
    assert not judge(clause, Facts(), today=NOW.date()).passes
