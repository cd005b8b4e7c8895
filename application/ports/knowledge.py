"""Advice: what the shop's articles say."""

from collections.abc import Sequence
from typing import Protocol

from domain.knowledge import Article, Category


class Knowledge(Protocol):
    async def search(self, query: str, category: Category | None = None, *, limit: int = 3) -> Sequence[Article]:
        """Return the articles that speak of this, the nearest first; none when nothing does.  Raises `Unavailable`."""
        ...
