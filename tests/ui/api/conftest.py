"""The API over a memory archive, and a program at it that may do all."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.ui.api.machine import TOKENS, Machine, machine_at
from tests.ui.browser import Website
from tests.ui.calls_kept import NOW, ordering


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    async with Website(machines=TOKENS).open() as website:
        await website.archive.save(ordering())
        await website.archive.save(ordering(1, NOW - timedelta(minutes=1), caller="+380509876543", running=True))
        yield website


@pytest.fixture
async def machine(website: Website) -> AsyncIterator[Machine]:
    async with machine_at(website) as machine:
        yield machine
