"""What every test may use."""

import pytest
import structlog


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
