"""Names and passwords that may be taken, and what nobody may do to himself."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.access import Role
from domain.people import Machine, NotAName, OneselfOnly, Person, WeakPassword, checked_password, name_of

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ANNA = Person(name="anna", role=Role.ADMIN, password_hash="$hash", created=NOON)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("admin", "admin"),
        (" Олена ", "олена"),
        ("Anna.Kovalenko@shop-1.ua", "anna.kovalenko@shop-1.ua"),
        ("Ａｎｎａ", "anna"),
        ("x", "x"),
        ("a" * 64, "a" * 64),
    ],
)
def test_a_name_is_one_name_however_it_is_written(written: str, name: str) -> None:
    assert name_of(written) == name


@pytest.mark.parametrize(
    "written",
    ["", " ", "a" * 65, "<script>", "a b", "a'--", "token:crm", "../admin", ".hidden", "a\x00", "a\nb", "\ud83d", "a."],
)
def test_what_is_no_name_is_refused(written: str) -> None:
    with pytest.raises(NotAName):
        name_of(written)


@pytest.mark.parametrize("password", ["", "short", "123456789", "Anna-Kovalenko", "x" * 201])
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        checked_password(password, name="anna-kovalenko")


def test_a_password_of_ten_letters_may_be_taken() -> None:
    assert checked_password("ten letter", name="anna") == "ten letter"


def test_a_person_is_blocked_and_given_a_role_by_another() -> None:
    assert not ANNA.blocked(by="root").active
    assert ANNA.blocked(by="root").unblocked() == ANNA
    assert ANNA.with_role(Role.ANALYST, by="root").role is Role.ANALYST


def test_nobody_blocks_or_demotes_himself() -> None:
    with pytest.raises(OneselfOnly):
        ANNA.blocked(by="anna")
    with pytest.raises(OneselfOnly):
        ANNA.with_role(Role.OPERATOR, by="anna")


def test_no_hash_is_shown() -> None:
    assert "$hash" not in repr(ANNA)


@pytest.mark.parametrize(("until", "good"), [(None, True), (NOON + timedelta(seconds=1), True), (NOON, False)])
def test_a_token_is_good_until_its_time(until: datetime | None, good: bool) -> None:
    machine = Machine(name="crm", role=Role.ANALYST, token_hash="h", made_by="anna", created=NOON, until=until)
    assert machine.is_good(NOON) is good
