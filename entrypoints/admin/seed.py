"""`call-center-admin seed`: made-up calls, to see how the pages bear a million of them."""

from contextlib import aclosing
from datetime import UTC, datetime

import anyio
from rich.progress import Progress

from adapters.postgres.seeding import Amount, NotEmpty
from adapters.postgres.seeding import seed as seeded
from domain.errors import Misconfigured
from entrypoints.admin.records import database


def seed(
    *,
    calls: int = 1_000_000,
    turns: int = 10_000_000,
    random_seed: int = 1,
) -> None:
    """Fill the database with made-up calls of the last twelve months.

    Parameters
    ----------
    calls
        How many.
    turns
        How many in all of them.
    random_seed
        The same one makes the same calls.
    """
    if calls < 1 or turns < calls:
        raise Misconfigured(f"--calls is {calls} and --turns {turns}: a call at least, and a turn in each at least")
    try:
        anyio.run(_seed, Amount(calls, turns // calls), random_seed)
    except* NotEmpty as errors:
        raise Misconfigured(
            "the database holds calls, and made-up ones would stand among them: name an empty one"
        ) from errors


async def _seed(amount: Amount, random_seed: int) -> None:
    async with database() as there, there.open():
        with Progress() as progress:
            task = progress.add_task("made-up calls", total=amount.calls)
            filling = seeded(there, amount, until=datetime.now(UTC), random_seed=random_seed)
            async with aclosing(filling) as days:
                async for made in days:
                    progress.update(task, completed=made)
