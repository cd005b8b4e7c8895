"""The audit in memory keeps the contract."""

import pytest

from adapters.memory.audit import InMemoryAudit
from application.ports.audit import AuditLog
from tests.contracts.audit import AuditContract

pytestmark = pytest.mark.anyio


class TestInMemoryAudit(AuditContract):
    @pytest.fixture
    def audit(self) -> AuditLog:
        return InMemoryAudit()
