"""Those who may sign in, and the machines that may ask, over the API: to be read, and nothing by which one gets in."""

from datetime import datetime

from application.ports.people import Staff
from domain import people
from domain.access import Permission, Role
from ui.access import Holder
from ui.api.operations import AnyRoute, Operation
from ui.api.shapes import Nothing, Shape


class User(Shape):
    name: str
    role: Role
    active: bool
    """false: blocked."""
    created: datetime
    signed_in: datetime | None
    """The last time."""

    @classmethod
    def of(cls, person: people.Person) -> "User":
        return cls(
            name=person.name,
            role=person.role,
            active=person.active,
            created=person.created,
            signed_in=person.signed_in,
        )


class UserList(Shape):
    users: tuple[User, ...]
    """By their names."""


class Token(Shape):
    """What is known of a token, and not the token."""

    name: str
    role: Role
    made_by: str
    created: datetime
    until: datetime | None
    """null: until it is revoked."""
    used: datetime | None
    """The last time, to the minute."""

    @classmethod
    def of(cls, machine: people.Machine) -> "Token":
        return cls(
            name=machine.name,
            role=machine.role,
            made_by=machine.made_by,
            created=machine.created,
            until=machine.until,
            used=machine.used,
        )


class TokenList(Shape):
    tokens: tuple[Token, ...]
    """By their names."""


def people_operations(staff: Staff) -> tuple[AnyRoute, ...]:
    async def users(_: Holder, __: Nothing, ___: Nothing) -> UserList:
        return UserList(users=tuple(User.of(person) for person in await staff.everybody()))

    async def tokens(_: Holder, __: Nothing, ___: Nothing) -> TokenList:
        return TokenList(tokens=tuple(Token.of(machine) for machine in await staff.machines()))

    return (
        Operation(
            name="listUsers",
            method="GET",
            path="/users",
            summary="List who may sign in",
            subject="people",
            permission=Permission.MANAGE_USERS,
            asked=Nothing,
            said=Nothing,
            told=UserList,
            act=users,
        ),
        Operation(
            name="listTokens",
            method="GET",
            path="/tokens",
            summary="List the tokens of machines",
            subject="people",
            permission=Permission.MANAGE_USERS,
            asked=Nothing,
            said=Nothing,
            told=TokenList,
            act=tokens,
        ),
    )
