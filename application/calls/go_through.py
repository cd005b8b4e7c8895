"""Going through all calls that fit, a few at a time, so that a million of them need no memory."""

from collections.abc import AsyncGenerator, Sequence

from application.ports.calls import CallArchive
from domain.records import CallFilter, StoredCall


async def all_calls(archive: CallArchive, where: CallFilter, *, at_once: int) -> AsyncGenerator[Sequence[StoredCall]]:
    """Yield them, the latest first; raises `Unavailable` where the archive does."""
    page = await archive.page(where, limit=at_once)
    yield page.calls
    while page.after is not None:
        page = await archive.page(where, after=page.after, limit=at_once)
        yield page.calls
