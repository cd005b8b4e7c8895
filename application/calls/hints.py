"""What the recognizer is told to expect: the words of the question, and the brands that the shop sells today."""

from collections.abc import Sequence

import anyio

from application.ports.shop import Catalog
from domain.errors import Unavailable
from domain.hearing.hints import hints
from domain.phrases import Language
from domain.speech import Expectation


class CatalogHints:
    """Knows the brands of the last time when the shop answered; none before."""

    def __init__(self, catalog: Catalog, language: Language, *, refresh_seconds: float = 600) -> None:
        self._catalog = catalog
        self._language = language
        self._refresh_seconds = refresh_seconds
        self._brands: Sequence[str] = ()

    def __call__(self, expectation: Expectation) -> Sequence[str]:
        return hints(expectation, self._brands, self._language)

    async def refresh(self) -> None:
        """Ask the shop.  Raises `Unavailable`; then what was known stays known."""
        self._brands = tuple(await self._catalog.brands())

    async def keep_fresh(self) -> None:
        while True:
            await anyio.sleep(self._refresh_seconds)
            try:
                await self.refresh()
            except Unavailable:
                continue
