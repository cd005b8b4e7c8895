"""The door of the admin: passwords, tickets, and who has to wait.

Rule 1: a ticket is a signed token; it opens nothing once its holder has left, nor after a restart of this process.
Rule 2: a wrong name takes as long as a wrong password, and both count.
Rule 3: too many failures make everybody wait who tries that name, or comes from that address, right or wrong.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from time import time

import anyio
import jwt
from anyio import to_thread
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from domain.access import Attempts, Permission, Role

SHIFT_SECONDS = 12 * 3600
"""A ticket is good for one working day."""
_WITHIN_SECONDS = 15 * 60
_MOST_BY_NAME = 5
_MOST_BY_ADDRESS = 20
_MOST_KEYS = 10_000
_ALGORITHM = "HS256"


class WrongPassword(Exception):
    """The name or the password is wrong."""


class TooManyAttempts(Exception):
    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"wait {wait_seconds:.0f} s")
        self.wait_seconds = wait_seconds


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has signed in."""

    name: str
    ticket_id: str
    role: Role = Role.ADMIN

    def may(self, permission: Permission) -> bool:
        return self.role.may(permission)


class Door:
    def __init__(
        self,
        *,
        name: str,
        password: str,
        secret: str,
        role: Role = Role.ADMIN,
        machines: Mapping[str, Holder] | None = None,
        hasher: PasswordHasher | None = None,
        now: Callable[[], float] = time,
    ) -> None:
        self._name = name
        self._role = role
        self._machines = machines or {}
        """By the hash of their tokens."""
        self._hasher = hasher or PasswordHasher()
        self._hash = self._hasher.hash(password)
        self._key = sha256(secret.encode()).hexdigest()
        self._now = now
        self._inside: dict[str, float] = {}
        """Until when each ticket is good."""
        self._attempts: dict[str, Attempts] = {}
        self._one_at_a_time = anyio.CapacityLimiter(1)  # a hash takes 64 MB

    async def sign_in(self, name: str, password: str, *, address: str) -> str:
        """Return a ticket; raise `WrongPassword` or `TooManyAttempts`."""
        now = self._now()
        keys = {f"name {name}": _MOST_BY_NAME, f"address {address}": _MOST_BY_ADDRESS}
        if wait := max(self._wait(key, most, now) for key, most in keys.items()):
            raise TooManyAttempts(wait)
        # Counted before it is known, so that attempts side by side are as many as they are.
        for key in keys:
            self._count(key, now)
        right = await to_thread.run_sync(self._verify, password, limiter=self._one_at_a_time)
        if not (hmac.compare_digest(name.encode(), self._name.encode()) and right):
            raise WrongPassword
        for key in keys:
            self._attempts.pop(key, None)
        return self._ticket(name, now)

    async def holder(self, ticket: str) -> Holder | None:
        """Return who holds this ticket; None when it opens nothing."""
        try:
            claims = jwt.decode(
                ticket,
                self._key,
                algorithms=[_ALGORITHM],
                options={"require": ["sub", "jti", "exp"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            return None
        holder = Holder(claims["sub"], claims["jti"], self._role)
        return holder if self._inside.get(holder.ticket_id, 0.0) > self._now() else None

    async def machine(self, token: str) -> Holder | None:
        """Return which machine shows this token; None when it opens nothing."""
        return self._machines.get(sha256(token.encode("utf-8", "surrogateescape")).hexdigest())

    async def still_may(self, holder: Holder, permission: Permission) -> bool:
        """Whether whoever was let in a while ago is still inside, and his role still goes so far."""
        return self._inside.get(holder.ticket_id, 0.0) > self._now() and holder.may(permission)

    async def leave(self, holder: Holder) -> None:
        """Have the ticket open nothing any more."""
        self._inside.pop(holder.ticket_id, None)

    def seal(self, of: str) -> str:
        """Return what only a form of ours can carry for this ticket or visitor."""
        return hmac.new(self._key.encode(), f"form {of}".encode(), sha256).hexdigest()

    def sealed(self, of: str, seal: str) -> bool:
        return hmac.compare_digest(self.seal(of).encode(), seal.encode("utf-8", "surrogateescape"))

    def _ticket(self, name: str, now: float) -> str:
        ticket_id, until = token_urlsafe(16), now + SHIFT_SECONDS
        self._inside = {each: end for each, end in self._inside.items() if end > now} | {ticket_id: until}
        claims = {"sub": name, "jti": ticket_id, "iat": int(now), "exp": int(until)}
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def _verify(self, password: str) -> bool:
        try:
            return self._hasher.verify(self._hash, password)
        except (Argon2Error, InvalidHashError, UnicodeError):
            return False

    def _wait(self, key: str, most: int, now: float) -> float:
        attempts = self._attempts.get(key, Attempts())
        return attempts.wait_seconds(now, most=most, within_seconds=_WITHIN_SECONDS)

    def _count(self, key: str, now: float) -> None:
        attempts = self._attempts.pop(key, Attempts()).failed(now, within_seconds=_WITHIN_SECONDS)
        if len(self._attempts) >= _MOST_KEYS:
            self._attempts.pop(next(iter(self._attempts)))  # whoever has been quiet for longest
        self._attempts[key] = attempts
