"""All that can be asked of the API."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from application.ports.calls import CallArchive
from ui.api.calls import calls_operations
from ui.api.operations import AnyRoute


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParts:
    """What the API needs."""

    archive: CallArchive
    now: Callable[[], datetime]


def api_routes(parts: ApiParts) -> tuple[AnyRoute, ...]:
    return calls_operations(parts.archive, parts.now)
