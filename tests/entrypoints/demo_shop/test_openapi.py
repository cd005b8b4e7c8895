"""The demo shop does what its OpenAPI document says: schemathesis makes the requests, and judges the answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from anyio.from_thread import start_blocking_portal

import entrypoints.demo_shop
from tests.harness.shop import ServedShop, demo_shop_server

_DOCUMENT = Path(entrypoints.demo_shop.__file__).with_name("openapi.yaml")
_EXAMPLES = 30
"""Requests to each of twenty operations: half a minute would be too long for every day."""

schema = schemathesis.openapi.from_path(
    _DOCUMENT, config=schemathesis.Config.from_path(Path(__file__).with_name("schemathesis.toml"))
)


@pytest.fixture(scope="module")
def shop() -> Iterator[ServedShop]:
    """Serve in another thread: schemathesis asks and waits."""
    with (
        start_blocking_portal("asyncio", {"use_uvloop": True}) as portal,
        portal.wrap_async_context_manager(demo_shop_server()) as shop,
    ):
        yield shop


@schema.parametrize()
@hypothesis.settings(max_examples=_EXAMPLES, derandomize=True, deadline=None, database=None)
def test_the_shop_keeps_to_its_document(case: schemathesis.Case[Any], shop: ServedShop) -> None:
    case.call_and_validate(base_url=shop.url, headers={"Authorization": f"Bearer {shop.key}"})
