"""What one path does: a request that is read, and an answer that is not yet written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from entrypoints.demo_shop.reading import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    path: Mapping[str, str]
    query: Fields
    body: Fields
    key: str = ""
    """The idempotency key of a write."""
    request: str = ""
    """The whole request in one fixed form: equal requests are the same thing."""

    def end(self) -> None:
        """Refuse what nobody has read."""
        self.query.end()
        self.body.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    data: object
    pagination: Mapping[str, int] | None = None
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    method: str
    path: str
    answer: Callable[[Asked], Answer]
    keyed: bool = False
    """Whether it needs an idempotency key."""
    public: bool = False
    """Whether it is answered without the API key."""
