"""All that can be asked of the API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from application.ports.people import Staff
from application.ports.records import Ledger
from ui.api.callbacks import callbacks_operations
from ui.api.calls import calls_operations
from ui.api.customers import customers_operations
from ui.api.exports import export_routes
from ui.api.live import live_operations
from ui.api.operations import AnyRoute
from ui.api.people import people_operations
from ui.api.system import system_operations
from ui.customer_records import Customers
from ui.live import LiveParts
from ui.operations import Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParts:
    """What the API needs."""

    archive: CallArchive
    ledger: Ledger
    audit: AuditLog
    live: LiveParts
    customers: Customers
    staff: Staff
    vitals: Vitals
    now: Callable[[], datetime]


def api_routes(parts: ApiParts) -> tuple[AnyRoute, ...]:
    return (
        *calls_operations(parts.archive, parts.now),
        *export_routes(parts.archive, parts.audit, parts.now),
        *live_operations(parts.live, parts.audit),
        *callbacks_operations(parts.ledger, parts.audit, parts.now),
        *customers_operations(parts.customers),
        *people_operations(parts.staff),
        *system_operations(parts.vitals, parts.audit),
    )
