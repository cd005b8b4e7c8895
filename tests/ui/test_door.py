"""The door over shared records: every process of the pages, before and after a restart, while the records are away."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import jwt
import pytest
from argon2 import PasswordHasher

from adapters.memory.people import InMemoryStaff
from domain.access import Permission, Role
from domain.errors import Unavailable
from domain.people import Person
from ui.access import SHIFT_SECONDS, Door, FirstAdmin, Holder, Tickets, WrongPassword
from ui.guard import TooManyAttempts
from ui.passwords import Passwords
from ui.tickets import Mint, Ticket, hash_of

pytestmark = pytest.mark.anyio

PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
KEY, OTHER_KEY = "s" * 40, "t" * 40
ROOT, OLGA = ("root", "of the settings"), ("olga", "right horse too")
HERE = "192.0.2.1"
PERSON = Person(
    name="olga",
    role=Role.OPERATOR,
    password_hash=PASSWORDS.hash_now(OLGA[1]),
    created=datetime(2026, 11, 25, tzinfo=UTC),
)


@dataclass
class House:
    """Records that several doors lead to."""

    staff: InMemoryStaff = field(default_factory=InMemoryStaff)
    at: float = 1_000_000.0

    def door(self, name: str = ROOT[0], password: str = ROOT[1], *, key: str = KEY) -> Door:
        """Return the door of another process, or of the same after a restart."""
        first = FirstAdmin(name, password)
        return Door(first=first, secret=key, staff=self.staff, passwords=PASSWORDS, now=lambda: self.at)


@pytest.fixture
async def house() -> House:
    house = House()
    await house.staff.add(PERSON)
    return house


async def opened(door: Door, tickets: Tickets) -> list[Holder | None]:
    """Return whom the ticket opens to, and whom the secret."""
    return [(await door.holder(tickets.ticket, ""))[0], (await door.holder("", tickets.secret))[0]]


async def within(door: Door, tickets: Tickets) -> bool:
    found = await opened(door, tickets)
    assert len(set(found)) == 1
    return found[0] is not None


@pytest.mark.parametrize("who", [ROOT, OLGA])
async def test_a_session_opens_every_process_and_outlives_its_own(house: House, who: tuple[str, str]) -> None:
    tickets = await house.door().sign_in(*who, address=HERE)
    assert await within(house.door(), tickets)
    house.at += SHIFT_SECONDS - 1
    assert (await house.door().holder(tickets.ticket, tickets.secret))[0] is not None
    house.at += 1
    assert not await within(house.door(), tickets)


async def test_leaving_shuts_this_process_at_once_and_every_other_within_two_seconds(house: House) -> None:
    here, there = house.door(), house.door()
    tickets = await here.sign_in(*OLGA, address=HERE)
    assert await within(here, tickets) and await within(there, tickets)
    (holder, _) = await here.holder(tickets.ticket, "")
    assert holder
    await here.leave(holder)
    assert not await within(here, tickets)
    house.at += 2
    assert not await within(there, tickets)
    assert not await there.still_may(holder, Permission.SEE_CALLS)


async def test_a_role_and_a_block_hold_in_every_process_within_two_seconds(house: House) -> None:
    here = house.door()
    tickets = await here.sign_in(*OLGA, address=HERE)
    (holder, _) = await here.holder(tickets.ticket, "")
    assert holder and await here.still_may(holder, Permission.WATCH_CALLS)
    await house.staff.change("olga", lambda person: replace(person, role=Role.CONTENT_MANAGER))
    house.at += 2
    assert not await here.still_may(holder, Permission.WATCH_CALLS)
    assert await here.still_may(holder, Permission.SEE_CALLS)
    await house.staff.change("olga", lambda person: replace(person, active=False))
    house.at += 2
    assert not await within(here, tickets)


@pytest.mark.parametrize("other", [{"key": OTHER_KEY}, {"password": "another of the settings"}, {"name": "boss"}])
async def test_other_settings_end_what_was_begun_under_the_old(house: House, other: dict[str, str]) -> None:
    tickets = await house.door().sign_in(*ROOT, address=HERE)
    assert not await within(house.door(**other), tickets)
    assert await within(house.door(), tickets)


async def test_another_key_ends_everybodys_sessions(house: House) -> None:
    tickets = await house.door().sign_in(*OLGA, address=HERE)
    assert not await within(house.door(key=OTHER_KEY), tickets)
    assert await within(house.door(name="boss"), tickets)


async def test_the_settings_stand_above_a_person_of_the_same_name(house: House) -> None:
    tickets = await house.door().sign_in(*OLGA, address=HERE)
    door = house.door(name="Olga", password="of the settings")
    assert not await within(door, tickets)
    (holder, _) = await door.holder((await door.sign_in("OLGA", "of the settings", address=HERE)).ticket, "")
    assert holder and holder.role is Role.ADMIN


async def test_a_ticket_counts_only_as_this_key_signs_it_and_until_its_time(house: House) -> None:
    door = house.door()
    tickets = await door.sign_in(*OLGA, address=HERE)
    session_id = hash_of(tickets.secret)
    good = Ticket("olga", session_id, "", house.at + 60)
    claims = {"sub": "olga", "sid": session_id, "stamp": "", "exp": int(house.at + 60)}
    key = Mint(KEY)._key
    forged = [
        Mint(OTHER_KEY).written(good),
        Mint(KEY).written(replace(good, until=house.at)),
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, key, algorithm="HS512"),
        jwt.encode(claims, KEY, algorithm="HS256"),
        jwt.encode({**claims, "sid": tickets.secret}, key, algorithm="HS256"),
        *(jwt.encode({name: claims[name] for name in claims if name != left}, key) for left in claims),
    ]
    assert (await door.holder(Mint(KEY).written(good), ""))[0] is not None
    for each in forged:
        assert await door.holder(each, "") == (None, "")
    assert await door.holder("", session_id) == (None, "")


async def test_whoever_was_inside_stays_for_five_minutes_while_the_records_are_away(house: House) -> None:
    door = house.door()
    tickets = await door.sign_in(*OLGA, address=HERE)
    (holder, _) = await door.holder(tickets.ticket, tickets.secret)
    assert holder
    house.staff.faults.fail()
    house.at += 299
    assert await within(door, tickets) and await door.still_may(holder, Permission.SEE_CALLS)
    house.at += 2
    assert not await door.still_may(holder, Permission.SEE_CALLS)
    for shown in ((tickets.ticket, tickets.secret), ("", tickets.secret)):
        with pytest.raises(Unavailable):
            await door.holder(*shown)
    with pytest.raises(Unavailable):
        await house.door().holder("", tickets.secret)
    house.staff.faults.repair()
    house.at += 2
    assert (await door.holder("", tickets.secret))[0] == holder


async def test_the_first_admin_gets_in_without_the_records_for_an_hour_and_until_they_are_back(house: House) -> None:
    door = house.door()
    house.staff.faults.fail()
    tickets = await door.sign_in(*ROOT, address=HERE)
    (holder, _) = await door.holder(tickets.ticket, tickets.secret)
    assert holder and holder.role is Role.ADMIN and await door.still_may(holder, Permission.SEE_STATUS)
    assert await house.door().holder(tickets.ticket, "") == (holder, "")
    with pytest.raises(Unavailable):
        await house.door(password="another").holder(tickets.ticket, "")
    house.at += 3601
    assert await door.holder(tickets.ticket, tickets.secret) == (None, "")
    tickets = await door.sign_in(*ROOT, address=HERE)
    house.staff.faults.repair()
    house.at += 2
    assert await door.holder(tickets.ticket, tickets.secret) == (None, "")


async def test_leaving_while_the_records_are_away_is_leaving_too(house: House) -> None:
    door = house.door()
    tickets = await door.sign_in(*ROOT, address=HERE)
    (holder, _) = await door.holder(tickets.ticket, "")
    assert holder
    house.staff.faults.fail()
    await door.leave(holder)
    assert not await within(door, tickets) and not await door.still_may(holder, Permission.SEE_STATUS)
    house.staff.faults.repair()
    house.at += 2
    assert not await within(door, tickets)


async def test_what_could_not_be_looked_up_was_no_attempt(house: House) -> None:
    door = house.door()
    house.staff.faults.fail()
    for _ in range(30):
        with pytest.raises(Unavailable):
            await door.sign_in(*OLGA, address=HERE)
    house.staff.faults.repair()
    assert await within(door, await door.sign_in(*OLGA, address=HERE))


async def test_addresses_of_one_ipv6_network_are_one_address(house: House) -> None:
    door = house.door()
    for each in range(20):
        with pytest.raises(WrongPassword):
            await door.sign_in(f"name-{each}", "wrong", address=f"2001:db8::{each:x}")
    with pytest.raises(TooManyAttempts):
        await door.sign_in(*OLGA, address="2001:db8::ffff")
    assert await within(door, await door.sign_in(*OLGA, address="2001:db8:0:1::1"))
