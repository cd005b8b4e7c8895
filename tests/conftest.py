"""What every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from tests.harness.databases import NewDatabase, data_folder, databases

settings.register_profile("busy", deadline=None)  # a machine that holds calls in real time answers when it can
settings.load_profile("busy")


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(autouse=True, scope="session")
def plain_log() -> None:
    """Log without structlog's pictures of tracebacks: drawing one stops the event loop, and every call with it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ]
    )


@pytest.fixture(scope="session")
def new_database() -> Iterator[NewDatabase]:
    with data_folder() as folder, databases(folder) as new:
        yield new


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder for the servers beside a program."""
    with data_folder() as folder:
        yield folder


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """An empty database of this test's own."""
    return new_database()
