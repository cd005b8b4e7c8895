"""Who may sign in, who is inside and which machines may ask, in PostgreSQL.

Rule 1: what is read to be changed is locked until it has been changed.
Rule 2: names are in the order of their letters' numbers, as everywhere here: the database's own depends on its locale.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from adapters.postgres.database import Database
from adapters.postgres.people_tables import MachineRow, PersonRow, SessionRow
from adapters.postgres.tables import Row
from application.ports.people import NameTaken, UnknownPerson
from domain.access import Role
from domain.people import Machine, Person, Session


class PostgresStaff:
    """Fulfils the port `Staff`, while the database is open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everybody(self) -> Sequence[Person]:
        async with self._database.reached():
            found = [_person(row) for row in await PersonRow.select()]
        return sorted(found, key=lambda each: each.name)

    async def person(self, name: str) -> Person | None:
        async with self._database.reached():
            row = await PersonRow.select().where(PersonRow.name == name).first()
        return _person(row) if row else None

    async def add(self, person: Person) -> None:
        row = PersonRow(
            name=person.name,
            role=person.role.value,
            password_hash=person.password_hash,
            created=person.created,
            active=person.active,
            signed_in=person.signed_in,
        )
        async with self._database.reached():
            query = PersonRow.insert(row).on_conflict(target=PersonRow.name, action="DO NOTHING")
            if not await query.returning(PersonRow.name):
                raise NameTaken(person.name)

    async def change(self, name: str, step: Callable[[Person], Person]) -> tuple[Person, Person]:
        async with self._database.reached(), self._database.transaction():
            row = await PersonRow.select().where(PersonRow.name == name).first().lock_rows("UPDATE")
            if row is None:
                raise UnknownPerson(name)
            before = _person(row)
            after = step(before)
            await PersonRow.update(
                {
                    PersonRow.role: after.role.value,
                    PersonRow.password_hash: after.password_hash,
                    PersonRow.active: after.active,
                    PersonRow.signed_in: after.signed_in,
                }
            ).where(PersonRow.name == name)
        return before, after

    async def begin(self, session: Session) -> None:
        row = SessionRow(
            session_id=session.session_id,
            name=session.name,
            stamp=session.stamp,
            began=session.began,
            until=session.until,
        )
        async with self._database.reached(), self._database.transaction():
            await SessionRow.delete().where(SessionRow.until <= session.began)
            await SessionRow.insert(row)

    async def session(self, session_id: str) -> Session | None:
        async with self._database.reached():
            row = await SessionRow.select().where(SessionRow.session_id == session_id).first()
        return Session(**row) if row else None

    async def end(self, session_id: str) -> None:
        async with self._database.reached():
            await SessionRow.delete().where(SessionRow.session_id == session_id)

    async def end_all(self, name: str) -> int:
        async with self._database.reached():
            return len(await SessionRow.delete().where(SessionRow.name == name).returning(SessionRow.session_id))

    async def machines(self) -> Sequence[Machine]:
        async with self._database.reached():
            found = [_machine(row) for row in await MachineRow.select()]
        return sorted(found, key=lambda each: each.name)

    async def machine(self, token_hash: str) -> Machine | None:
        async with self._database.reached():
            row = await MachineRow.select().where(MachineRow.token_hash == token_hash).first()
        return _machine(row) if row else None

    async def admit(self, machine: Machine) -> None:
        row = MachineRow(
            name=machine.name,
            role=machine.role.value,
            token_hash=machine.token_hash,
            made_by=machine.made_by,
            created=machine.created,
            until=machine.until,
            used=machine.used,
        )
        async with self._database.reached():
            query = MachineRow.insert(row).on_conflict(target=MachineRow.name, action="DO NOTHING")
            if not await query.returning(MachineRow.name):
                raise NameTaken(machine.name)

    async def dismiss(self, name: str) -> Machine | None:
        async with self._database.reached():
            gone = await MachineRow.delete().where(MachineRow.name == name).returning(*MachineRow.all_columns())
        return _machine(gone[0]) if gone else None

    async def used(self, name: str, at: datetime) -> None:
        async with self._database.reached():
            await MachineRow.update({MachineRow.used: at}).where(MachineRow.name == name)


def _person(row: Row) -> Person:
    return Person(**{**row, "role": Role(row["role"])})


def _machine(row: Row) -> Machine:
    return Machine(**{**row, "role": Role(row["role"])})
