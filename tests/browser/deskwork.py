"""What the people who run the line have done of late: callbacks, a customer's card, and the audit of all that."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from application.ports.audit import AuditLog
from application.ports.people import Staff
from application.ports.records import Ledger
from domain.access import Role
from domain.audit import AuditLine
from domain.callback import CallbackRequest
from domain.people import Machine, Person
from domain.shop.events import ProfileSaved
from tests.browser.story import STORY
from tests.browser.weeks import call_id_of, number_of

CUSTOMER = "+380671234567"
_REQUESTS = (
    ("завтра зранку", "Чи є зимові шини на вісімнадцять?", "customer_request"),
    ("", "Перенести запис на шиномонтаж", "after_hours"),
    ("після шостої", "Не прийшло замовлення ORD-1007", "shop_unavailable"),
    ("у суботу", "Порадити шини на позашляховик", "customer_request"),
    ("", "Повернути чотири шини", "customer_request"),
)
"""Three wait, one is taken, one is done."""


def callbacks(now: datetime) -> tuple[CallbackRequest, ...]:
    return tuple(
        CallbackRequest(
            call_id=call_id_of(number),
            number=number_of(number),
            preferred_time=wanted,
            note=note,
            reason=reason,
            at=now - timedelta(minutes=47 * (5 - number) + 5),
        )
        for number, (wanted, note, reason) in enumerate(_REQUESTS)
    )


TAKEN, DONE = (request.key for request in callbacks(datetime.now(UTC))[3:])
"""The keys of two callbacks, which are made of what was asked, not of when."""


async def do_the_deskwork(ledger: Ledger, staff: Staff, audit: AuditLog, now: datetime) -> None:
    for request in callbacks(now):
        await ledger.add(request)
    await ledger.change(TAKEN, lambda callback: callback.taken("olena", now - timedelta(minutes=11)))
    await ledger.change(DONE, lambda callback: callback.done("olena", "повернення оформлено", now - timedelta(hours=2)))
    await ledger.save(
        CUSTOMER, ProfileSaved(name="Оксана", city="Дніпро", vehicle="Škoda Octavia A7", delivery_address="")
    )
    await ledger.save(number_of(3), ProfileSaved(name="Ігор", city="Київ"))
    for person in _people(now):
        await staff.add(person)
    for machine in _machines(now):
        await staff.admit(machine)
    for line in _lines(now):
        await audit.note(line)


def _people(now: datetime) -> Sequence[Person]:
    """Nobody of them can sign in: there is no such hash."""
    created = now - timedelta(days=40)
    return [
        Person(name="ihor", role=Role.OPERATOR, password_hash="-", created=created, signed_in=now - timedelta(hours=2)),
        Person(name="marta", role=Role.ANALYST, password_hash="-", created=created, active=False),
        Person(
            name="olena", role=Role.OPERATOR, password_hash="-", created=created, signed_in=now - timedelta(hours=3)
        ),
    ]


def _machines(now: datetime) -> Sequence[Machine]:
    made: dict[str, Any] = {"made_by": "admin", "created": now - timedelta(days=30)}
    return [
        Machine(name="crm", role=Role.OPERATOR, token_hash="1" * 64, used=now - timedelta(minutes=6), **made),
        Machine(name="reports", role=Role.ANALYST, token_hash="2" * 64, until=now + timedelta(days=60), **made),
    ]


def _lines(now: datetime) -> Sequence[AuditLine]:
    def line(minutes: int, who: str, action: str, subject: str, /, **changes: tuple[str, str]) -> AuditLine:
        before = {name: was for name, (was, _) in changes.items()}
        after = {name: now for name, (_, now) in changes.items()}
        at = now - timedelta(minutes=minutes)
        return AuditLine(at=at, by=who, action=action, subject=subject, before=before, after=after)

    return [
        line(1_500, "admin", "customers.edited", CUSTOMER, vehicle=("Škoda Fabia", "Škoda Octavia A7")),
        line(1_490, "admin", "customers.edited", CUSTOMER, name=("", "Оксана"), city=("Київ", "Дніпро")),
        line(130, "olena", "callbacks.take", DONE, state=("waiting", "taken"), by=("", "olena")),
        line(120, "olena", "callbacks.done", DONE, state=("taken", "done"), remark=("", "повернення оформлено")),
        line(100, "admin", "users.role", "olena", role=("analyst", "operator")),
        line(90, "ihor", "calls.give_to_operator", str(call_id_of(6))),
        line(15, "admin", "calls.downloaded", str(STORY)),
        line(11, "olena", "callbacks.take", TAKEN, state=("waiting", "taken"), by=("", "olena")),
    ]
