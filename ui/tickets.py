"""What browsers and machines show: signed tickets, secrets, and the seals of forms.

Rule 1: a ticket is signed, names its session and is good for minutes; what it says of its own algorithm counts nothing.
Rule 2: a secret is known to whom it was given, and to nobody else: what is kept of it is its hash.
Rule 3: another key makes all of it worthless: tickets, seals, and by their stamps the sessions too.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

import jwt

_ALGORITHM = "HS256"
_STAMP_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Ticket:
    name: str
    session_id: str
    stamp: str
    until: float


def new_secret() -> str:
    return token_urlsafe(32)


def hash_of(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


class Mint:
    """Makes what only this key can make, and knows it again."""

    def __init__(self, secret: str) -> None:
        self._key = sha256(secret.encode()).hexdigest()

    def written(self, ticket: Ticket) -> str:
        claims = {"sub": ticket.name, "sid": ticket.session_id, "stamp": ticket.stamp, "exp": int(ticket.until)}
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def read(self, written: str, now: float) -> Ticket | None:
        """Return what stands on a ticket of ours; None when it is not, or its time is over."""
        try:
            claims = jwt.decode(
                written,
                self._key,
                algorithms=[_ALGORITHM],
                options={"require": ["sub", "sid", "stamp", "exp"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidTokenError:
            return None
        ticket = Ticket(claims["sub"], claims["sid"], claims["stamp"], claims["exp"])
        return ticket if now < ticket.until else None

    def stamp(self, credential: str) -> str:
        """Return what tells one password from another, and nothing of either."""
        return self._sealed(f"stamp {credential}")[:_STAMP_LETTERS]

    def seal(self, of: str) -> str:
        """Return what only a form of ours can carry for this session or visitor."""
        return self._sealed(f"form {of}")

    def is_seal(self, of: str, seal: str) -> bool:
        return hmac.compare_digest(self.seal(of).encode(), seal.encode("utf-8", "surrogateescape"))

    def _sealed(self, text: str) -> str:
        return hmac.new(self._key.encode(), text.encode("utf-8", "surrogateescape"), sha256).hexdigest()
