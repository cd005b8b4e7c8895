"""The demo shop in memory keeps the contract of every shop."""

import pytest

from adapters.demo_shop.in_memory import InMemoryShop
from adapters.demo_shop.shop import DemoShop
from application.ports.shop import Shop
from tests.contracts.shop import TODAY, ShopContract

pytestmark = pytest.mark.anyio


class TestInMemoryShop(ShopContract):
    @pytest.fixture
    def memory(self) -> InMemoryShop:
        return InMemoryShop(today=lambda: TODAY)

    @pytest.fixture
    def shop(self, memory: InMemoryShop) -> Shop:
        return memory

    @pytest.fixture
    def inside(self, memory: InMemoryShop) -> DemoShop:
        return memory.inside
