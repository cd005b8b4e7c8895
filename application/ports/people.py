"""Those who may sign in, who is inside, and which machines may ask.

All methods raise `Unavailable` when it cannot be read or written in time.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from domain.people import Machine, Person, Session


class UnknownPerson(Exception):
    """Nobody has this name."""


class NameTaken(Exception):
    """Somebody has this name already."""


class People(Protocol):
    async def everybody(self) -> Sequence[Person]:
        """Return all, by their names."""
        ...

    async def person(self, name: str) -> Person | None: ...

    async def add(self, person: Person) -> None:
        """Keep somebody new; raises `NameTaken`."""
        ...

    async def change(self, name: str, step: Callable[[Person], Person]) -> tuple[Person, Person]:
        """Put in the person's place what `step` makes of it; return what was and what is.

        Raises `UnknownPerson`, and what `step` raises: then nothing is changed.
        """
        ...


class Sessions(Protocol):
    async def begin(self, session: Session) -> None:
        """Keep it; those that were over when it began are forgotten."""
        ...

    async def session(self, session_id: str) -> Session | None: ...

    async def end(self, session_id: str) -> None: ...

    async def end_all(self, name: str) -> int:
        """End all of this name; return how many they were."""
        ...


class Machines(Protocol):
    async def machines(self) -> Sequence[Machine]:
        """Return all, by their names."""
        ...

    async def machine(self, token_hash: str) -> Machine | None: ...

    async def admit(self, machine: Machine) -> None:
        """Keep a new one; raises `NameTaken`."""
        ...

    async def dismiss(self, name: str) -> Machine | None:
        """Have its token open nothing any more; return what is forgotten."""
        ...

    async def used(self, name: str, at: datetime) -> None:
        """Note when its token was shown last."""
        ...


class Staff(People, Sessions, Machines, Protocol):
    """All of it: what an adapter fulfils."""
