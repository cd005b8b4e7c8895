"""What the API can do, as a table: routes are made of it, and the document too, so that neither says what is not so."""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from domain.access import Permission
from ui.access import Holder
from ui.api.shapes import Shape

Asked = TypeVar("Asked", bound=Shape)
Said = TypeVar("Said", bound=Shape)
Told = TypeVar("Told", bound=Shape)

Method = Literal["GET", "POST", "PUT", "DELETE"]

_IN_PATH = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Generic[Asked]):
    """What all that can be asked has in common."""

    name: str
    method: Method
    path: str
    """From the API's root on; what varies in it is a field of what is asked."""
    summary: str
    subject: str
    """Under which heading it is found."""
    permission: Permission | None
    """None: whoever is known may."""
    asked: type[Asked]
    """What the address says: its path, and its query."""
    refusals: Sequence[int] = ()
    """The statuses of what this alone refuses."""

    @property
    def in_path(self) -> frozenset[str]:
        return frozenset(_IN_PATH.findall(self.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Route[Asked], Generic[Asked, Said, Told]):
    said: type[Said]
    """What the body says."""
    told: type[Told]
    act: Callable[[Holder, Asked, Said], Awaitable[Told]]


@dataclass(frozen=True, slots=True)
class Stream:
    content_type: str
    file_name: str
    parts: AsyncGenerator[bytes, None]
    """Nothing is asked of the world before the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download(Route[Asked]):
    """What is told bit by bit, however long it is."""

    kinds: Mapping[str, str]
    """What is told, by its content types."""
    act: Callable[[Holder, Asked], Awaitable[Stream]]


AnyRoute = Operation[Any, Any, Any] | Download[Any]
