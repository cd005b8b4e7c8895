"""One event loop for all tests of Google's client.

gRPC's thread belongs to the process: an event of one test may reach the loop
when that test has ended, and must still find it open.
"""

from collections.abc import AsyncGenerator

import pytest


@pytest.fixture(scope="package")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="package", autouse=True)
async def one_loop(anyio_backend: object) -> AsyncGenerator[None, None]:
    yield
