"""Who may sign in, in memory: for tests and demos, and as forgetful as its process."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.faults import Faults
from application.ports.people import NameTaken, UnknownPerson
from domain.people import Machine, Person, Session


class InMemoryStaff:
    """Fulfils the port `Staff`; what it holds may be looked at."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.inside: dict[str, Session] = {}
        self.known_machines: dict[str, Machine] = {}
        """By their names."""
        self.faults = Faults()

    async def everybody(self) -> Sequence[Person]:
        await self.faults.endure()
        return sorted(self.people.values(), key=lambda each: each.name)

    async def person(self, name: str) -> Person | None:
        await self.faults.endure()
        return self.people.get(name)

    async def add(self, person: Person) -> None:
        await self.faults.endure()
        if person.name in self.people:
            raise NameTaken(person.name)
        self.people[person.name] = person

    async def change(self, name: str, step: Callable[[Person], Person]) -> tuple[Person, Person]:
        await self.faults.endure()
        if name not in self.people:
            raise UnknownPerson(name)
        before = self.people[name]
        after = self.people[name] = step(before)
        return before, after

    async def begin(self, session: Session) -> None:
        await self.faults.endure()
        lasting = {key: each for key, each in self.inside.items() if each.until > session.began}
        self.inside = lasting | {session.session_id: session}

    async def session(self, session_id: str) -> Session | None:
        await self.faults.endure()
        return self.inside.get(session_id)

    async def end(self, session_id: str) -> None:
        await self.faults.endure()
        self.inside.pop(session_id, None)

    async def end_all(self, name: str) -> int:
        await self.faults.endure()
        theirs = [key for key, each in self.inside.items() if each.name == name]
        for key in theirs:
            del self.inside[key]
        return len(theirs)

    async def machines(self) -> Sequence[Machine]:
        await self.faults.endure()
        return sorted(self.known_machines.values(), key=lambda each: each.name)

    async def machine(self, token_hash: str) -> Machine | None:
        await self.faults.endure()
        return next((each for each in self.known_machines.values() if each.token_hash == token_hash), None)

    async def admit(self, machine: Machine) -> None:
        await self.faults.endure()
        if machine.name in self.known_machines:
            raise NameTaken(machine.name)
        self.known_machines[machine.name] = machine

    async def dismiss(self, name: str) -> Machine | None:
        await self.faults.endure()
        return self.known_machines.pop(name, None)

    async def used(self, name: str, at: datetime) -> None:
        await self.faults.endure()
        if name in self.known_machines:
            self.known_machines[name] = replace(self.known_machines[name], used=at)
