"""What every staff promises, whatever it is written in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import anyio
import pytest

from application.ports.people import NameTaken, Staff, UnknownPerson
from domain.access import Role
from domain.people import Machine, OneselfOnly, Person, Session

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


def person(name: str = "оксана", role: Role = Role.OPERATOR) -> Person:
    return Person(name=name, role=role, password_hash="$argon2id$v=19$'; DROP TABLE people; --", created=NOON)


def session(number: int, name: str = "оксана", began: datetime = NOON) -> Session:
    return Session(session_id=f"{number:064x}", name=name, stamp="a", began=began, until=began + A_DAY)


def machine(name: str = "crm") -> Machine:
    return Machine(name=name, role=Role.ANALYST, token_hash=f"hash of {name}", made_by="admin", created=NOON)


class StaffContract:
    async def test_people_are_kept_by_their_names_and_in_their_order(self, staff: Staff) -> None:
        assert list(await staff.everybody()) == [] and await staff.person("оксана") is None
        kept = [person("яна"), person("anna", Role.ADMIN), person("оксана")]
        for each in kept:
            await staff.add(each)
        assert list(await staff.everybody()) == [kept[1], kept[2], kept[0]]
        assert await staff.person("оксана") == kept[2]
        assert await staff.person("'; --") is None

    async def test_a_name_is_given_once(self, staff: Staff) -> None:
        await staff.add(person())
        with pytest.raises(NameTaken):
            await staff.add(person(role=Role.ADMIN))
        assert list(await staff.everybody()) == [person()]

    async def test_a_change_tells_what_was_and_what_is(self, staff: Staff) -> None:
        await staff.add(person())
        await staff.add(person("яна"))
        changed = Person(
            name="оксана", role=Role.ADMIN, password_hash="other", created=NOON, active=False, signed_in=NOON + A_DAY
        )
        assert await staff.change("оксана", lambda _: changed) == (person(), changed)
        assert list(await staff.everybody()) == [changed, person("яна")]

    async def test_what_the_step_refuses_changes_nothing(self, staff: Staff) -> None:
        await staff.add(person())
        with pytest.raises(OneselfOnly):
            await staff.change("оксана", lambda each: each.blocked(by="оксана"))
        with pytest.raises(UnknownPerson):
            await staff.change("яна", Person.unblocked)
        assert list(await staff.everybody()) == [person()]

    async def test_changes_side_by_side_are_all_made(self, staff: Staff) -> None:
        await staff.add(person())

        async def change(step: timedelta) -> None:
            await staff.change("оксана", lambda each: replace(each, signed_in=(each.signed_in or NOON) + step))

        async with anyio.create_task_group() as together:
            for days in range(5):
                together.start_soon(change, days * A_DAY)
        assert (found := await staff.person("оксана")) and found.signed_in == NOON + 10 * A_DAY

    async def test_a_session_lasts_until_it_is_ended(self, staff: Staff) -> None:
        for each in (first := session(1), other := session(2)):
            await staff.begin(each)
        assert await staff.session(first.session_id) == first
        await staff.end(first.session_id)
        await staff.end(first.session_id)
        assert await staff.session(first.session_id) is None
        assert await staff.session(other.session_id) == other

    async def test_all_sessions_of_a_name_end_together(self, staff: Staff) -> None:
        for each in (session(1), session(2), kept := session(3, "яна")):
            await staff.begin(each)
        assert (await staff.end_all("оксана"), await staff.end_all("оксана")) == (2, 0)
        assert await staff.session(session(2).session_id) is None
        assert await staff.session(kept.session_id) == kept

    async def test_sessions_that_are_over_are_forgotten(self, staff: Staff) -> None:
        await staff.begin(old := session(1))
        await staff.begin(young := session(2, began=NOON + A_DAY / 2))
        await staff.begin(session(3, began=NOON + A_DAY))
        assert await staff.session(old.session_id) is None
        assert await staff.session(young.session_id) == young

    async def test_a_machine_is_known_by_its_token_until_it_is_dismissed(self, staff: Staff) -> None:
        for each in (kept := replace(machine("shop"), until=NOON + A_DAY), crm := machine()):
            await staff.admit(each)
        assert list(await staff.machines()) == [crm, kept]
        assert await staff.machine(crm.token_hash) == crm
        assert (await staff.dismiss("crm"), await staff.dismiss("crm")) == (crm, None)
        assert await staff.machine(crm.token_hash) is None
        assert list(await staff.machines()) == [kept]

    async def test_a_machines_name_is_given_once(self, staff: Staff) -> None:
        await staff.admit(machine())
        with pytest.raises(NameTaken):
            await staff.admit(replace(machine(), token_hash="another"))
        assert list(await staff.machines()) == [machine()]

    async def test_the_last_use_of_a_token_is_noted(self, staff: Staff) -> None:
        await staff.admit(machine())
        await staff.used("crm", NOON)
        await staff.used("nobody", NOON)
        assert list(await staff.machines()) == [replace(machine(), used=NOON)]
