"""Passwords as argon2 keeps them."""

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


class Passwords:
    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._one_at_a_time = CapacityLimiter(1)  # a hash takes 64 MB
        self.nobodys = self._hasher.hash("")
        """What the password of an unknown name is compared with, so that it takes as long."""

    def hash_now(self, password: str) -> str:
        return self._hasher.hash(password)

    async def hash(self, password: str) -> str:
        return await to_thread.run_sync(self._hasher.hash, password, limiter=self._one_at_a_time)

    async def fits(self, password_hash: str, password: str) -> bool:
        return await to_thread.run_sync(self._fits, password_hash, password, limiter=self._one_at_a_time)

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (Argon2Error, InvalidHashError, UnicodeError):
            return False
