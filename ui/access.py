"""The door of the admin: who is let in, for how long, and what opens nothing any more.

Rule 1: a ticket opens nothing once its session has ended, its holder was blocked, or his password is another.  All
    of it is looked up anew after two seconds, so that it holds in every process of the pages.
Rule 2: a wrong name takes as long as a wrong password, and both count.
Rule 3: the first admin is who the settings say, with the password that stands there.  He gets in while the records are
    away too, for an hour; when they are back he signs in again.
Rule 4: while the records are away whoever was inside a moment ago stays, for nobody can be blocked meanwhile; after
    five minutes nobody is believed but the first admin.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import time

from application.ports.people import Staff
from domain.access import Permission, Role
from domain.errors import Unavailable
from domain.people import Machine, NotAName, Session, canonical, name_of
from ui.guard import LoginGuard
from ui.passwords import Passwords
from ui.tickets import Mint, Ticket, hash_of, new_secret

SHIFT_SECONDS = 12 * 3600
"""A session is good for one working day."""
TICKET_SECONDS = 5 * 60
_ALONE_SECONDS = 3600
_FRESH_SECONDS = 2.0
_PATIENCE_SECONDS = 5 * 60
_MOST_SEEN = 5_000
_MOST_LEFT = 1_000
_USED_SECONDS = 60
_MACHINE = "machine "


class WrongPassword(Exception):
    """The name or the password is wrong, or its owner is blocked."""


@dataclass(frozen=True, slots=True)
class FirstAdmin:
    """Whom the settings name."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has signed in, or which machine shows its token."""

    name: str
    ticket_id: str
    role: Role = Role.ADMIN

    def may(self, permission: Permission) -> bool:
        return self.role.may(permission)


@dataclass(frozen=True, slots=True)
class Tickets:
    """What a browser keeps: a ticket for minutes, and the secret that gets it the next; "" where there is none."""

    ticket: str
    secret: str
    seconds: int
    """How long the browser is to keep them."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """Whom the records named, when they were looked at, and until when that may be believed."""

    holder: Holder | None
    at: float
    until: float


class Door:
    def __init__(
        self,
        *,
        first: FirstAdmin,
        secret: str,
        staff: Staff,
        passwords: Passwords | None = None,
        now: Callable[[], float] = time,
    ) -> None:
        self.passwords = passwords or Passwords()
        self.first_admin = canonical(first.name)
        self._first_hash = self.passwords.hash_now(first.password)
        self._mint = Mint(secret)
        self._first_stamp = self._mint.stamp(f"settings {first.password}")
        self._staff = staff
        self._now = now
        self._guard = LoginGuard()
        self._seen: dict[str, _Seen] = {}
        self._looks = 0
        self._away_until = float("-inf")
        self._left: dict[str, None] = {}
        """Sessions that were left while the records were away."""
        self.seal, self.sealed = self._mint.seal, self._mint.is_seal

    async def sign_in(self, name: str, password: str, *, address: str) -> Tickets:
        """Return tickets; raise `WrongPassword`, `TooManyAttempts`, or `Unavailable` for all but the first admin."""
        known_as, stamp = await self._known(name, password, address)
        now, secret = self._now(), new_secret()
        session = Session(
            session_id=hash_of(secret), name=known_as, stamp=stamp, began=_at(now), until=_at(now + SHIFT_SECONDS)
        )
        try:
            await self._staff.begin(session)
            if known_as != self.first_admin:
                await self._staff.change(known_as, lambda person: replace(person, signed_in=_at(now)))
        except Unavailable:
            if known_as != self.first_admin:
                raise
            return Tickets(self._ticket(known_as, session.session_id, now + _ALONE_SECONDS), "", _ALONE_SECONDS)
        return Tickets(self._ticket(known_as, session.session_id, now + TICKET_SECONDS), secret, SHIFT_SECONDS)

    async def check(self, name: str, password: str, *, address: str) -> None:
        """Raise as `sign_in` does, if this is not the password of that name."""
        await self._known(name, password, address)

    async def holder(self, ticket: str, secret: str) -> tuple[Holder | None, str]:
        """Return who shows these, and the next ticket when the one shown is over; raises `Unavailable`."""
        now = self._now()
        if shown := self._mint.read(ticket, now):
            return await self._shown(shown), ""
        holder = await self._look(hash_of(secret)) if secret else None
        return holder, self._ticket(holder.name, holder.ticket_id, now + TICKET_SECONDS) if holder else ""

    async def machine(self, token: str) -> Holder | None:
        """Return which machine shows this token; None when it opens nothing; raises `Unavailable`."""
        return await self._look(_MACHINE + hash_of(token))

    async def still_may(self, holder: Holder, permission: Permission) -> bool:
        """Whether whoever was let in a while ago is still inside, and his role still goes so far."""
        try:
            found = await self._look(holder.ticket_id)
        except Unavailable:
            found = holder if self._stays_alone(holder.name, holder.ticket_id) else None
        return found is not None and found.may(permission)

    async def leave(self, holder: Holder) -> None:
        """Have the ticket and the secret open nothing any more."""
        try:
            await self._staff.end(holder.ticket_id)
        except Unavailable:
            self._left[holder.ticket_id] = None
            if len(self._left) > _MOST_LEFT:
                self._left.pop(next(iter(self._left)))
        self.look_anew()

    def look_anew(self) -> None:
        """Believe nothing that was seen before: something has been changed."""
        self._seen.clear()
        self._looks += 1

    async def _shown(self, ticket: Ticket) -> Holder | None:
        try:
            return await self._look(ticket.session_id)
        except Unavailable:
            if self._stays_alone(ticket.name, ticket.session_id) and ticket.stamp == self._first_stamp:
                return Holder(ticket.name, ticket.session_id)
            raise

    def _stays_alone(self, name: str, session_id: str) -> bool:
        return name == self.first_admin and session_id not in self._left

    async def _look(self, key: str) -> Holder | None:
        now, looks, seen = self._now(), self._looks, self._seen.get(key)
        if key in self._left:
            return None
        if seen is None or now >= seen.at + _FRESH_SECONDS:
            try:
                seen = await self._find(key, now)
            except Unavailable:
                if seen is None or now >= seen.at + _PATIENCE_SECONDS:
                    raise
            else:
                if looks == self._looks:
                    self._remember(key, seen)
        return seen.holder if now < seen.until else None

    def _remember(self, key: str, seen: _Seen) -> None:
        self._seen.pop(key, None)
        if len(self._seen) >= _MOST_SEEN:
            self._seen.pop(next(iter(self._seen)))
        self._seen[key] = seen

    async def _find(self, key: str, now: float) -> _Seen:
        """Look into the records, unless they were away a moment ago: to ask them takes long then."""
        if now < self._away_until:
            raise Unavailable("the records were away a moment ago")
        try:
            return await (self._find_machine if key.startswith(_MACHINE) else self._find_session)(key, now)
        except Unavailable:
            self._away_until = now + _FRESH_SECONDS
            raise

    async def _find_session(self, key: str, now: float) -> _Seen:
        session = await self._staff.session(key)
        if session is None:
            return _Seen(None, now, now)
        role: Role | None = None
        if session.name == self.first_admin:
            role = Role.ADMIN if session.stamp == self._first_stamp else None
        elif person := await self._staff.person(session.name):
            right = person.active and session.stamp == self._mint.stamp(person.password_hash)
            role = person.role if right else None
        return _Seen(Holder(session.name, key, role) if role else None, now, session.until.timestamp())

    async def _find_machine(self, key: str, now: float) -> _Seen:
        machine = await self._staff.machine(key.removeprefix(_MACHINE))
        if machine is None or not machine.is_good(_at(now)):
            return _Seen(None, now, now)
        if machine.used is None or now - machine.used.timestamp() >= _USED_SECONDS:
            await self._staff.used(machine.name, _at(now))
        until = machine.until.timestamp() if machine.until else float("inf")
        return _Seen(holder_for(machine, key), now, until)

    async def _known(self, name: str, password: str, address: str) -> tuple[str, str]:
        """Return the name as it is kept, and the stamp of its password, if this is it."""
        now, known_as = self._now(), canonical(name)
        self._guard.attempt(known_as, address, now)
        try:
            password_hash = await self._hash(known_as)
        except Unavailable:
            self._guard.take_back(known_as, address, now)
            raise
        if not (await self.passwords.fits(password_hash or self.passwords.nobodys, password) and password_hash):
            raise WrongPassword
        self._guard.forgive(known_as, address)
        first = known_as == self.first_admin
        return known_as, self._first_stamp if first else self._mint.stamp(password_hash)

    async def _hash(self, known_as: str) -> str:
        """Return the hash of this name's password, "" where it opens nothing."""
        if known_as == self.first_admin:
            return self._first_hash
        try:
            person = await self._staff.person(name_of(known_as))
        except NotAName:
            return ""
        return person.password_hash if person and person.active else ""

    def _ticket(self, name: str, session_id: str, until: float) -> str:
        stamp = self._first_stamp if name == self.first_admin else ""
        return self._mint.written(Ticket(name, session_id, stamp, until))


def holder_for(machine: Machine, ticket_id: str) -> Holder:
    """Return who a machine is in what is written down: no person can have such a name."""
    return Holder(f"token:{machine.name}", ticket_id, machine.role)


def _at(now: float) -> datetime:
    return datetime.fromtimestamp(now, UTC)
