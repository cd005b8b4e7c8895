"""Those who sign in to the admin, the time they stay, and the machines that ask in their place.

Rule 1: a name is one name however it is written: `Олена` and `олена` are the same person.
Rule 2: nobody changes his own role or blocks himself: somebody else must find it right.
Rule 3: nothing here holds a password or a token; what is kept is a hash.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from unicodedata import normalize

from domain.access import Role

_NAME = re.compile(r"\w(?:[\w.@+-]{0,62}\w)?")
_FEWEST_LETTERS, _MOST_LETTERS = 10, 200


class NotAName(ValueError):
    """Not 1 to 64 letters, digits and . @ + - _ between them."""


class WeakPassword(ValueError):
    """Shorter than ten letters, endless, or the name itself."""


class OneselfOnly(Exception):
    """What one may not do to oneself."""


def canonical(written: str) -> str:
    return normalize("NFKC", written).strip().casefold()


def name_of(written: str) -> str:
    """Return a name as it is kept, or raise `NotAName`."""
    name = canonical(written)
    if not _NAME.fullmatch(name):
        raise NotAName(written)
    return name


def checked_password(password: str, *, name: str) -> str:
    """Return a password that may be taken, or raise `WeakPassword`."""
    if not _FEWEST_LETTERS <= len(password) <= _MOST_LETTERS or password.casefold() == name:
        raise WeakPassword
    return password


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    role: Role
    password_hash: str = field(repr=False)
    created: datetime
    active: bool = True
    signed_in: datetime | None = None
    """The last time."""

    def with_role(self, role: Role, *, by: str) -> "Person":
        self._not_by_himself(by)
        return replace(self, role=role)

    def blocked(self, *, by: str) -> "Person":
        self._not_by_himself(by)
        return replace(self, active=False)

    def unblocked(self) -> "Person":
        return replace(self, active=True)

    def _not_by_himself(self, by: str) -> None:
        if self.name == by:
            raise OneselfOnly(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """From signing in to leaving, in one browser."""

    session_id: str
    name: str
    stamp: str = field(repr=False)
    """What the password was, sealed: another password, another stamp."""
    began: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Whoever shows the token with this hash."""

    name: str
    role: Role
    token_hash: str = field(repr=False)
    made_by: str
    created: datetime
    until: datetime | None = None
    """None: until it is revoked."""
    used: datetime | None = None
    """The last time, to the minute."""

    def is_good(self, now: datetime) -> bool:
        return self.until is None or now < self.until
