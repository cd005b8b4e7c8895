"""What every ledger promises, whatever it is written in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import anyio
import pytest

from application.ports.records import Ledger, UnknownCallback
from domain.callback import Callback, CallbackRequest, CallbackState, HeldByAnother
from domain.facts import Deed
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise, PromiseState

CALLER, OTHER = "+380671234567", "+380509998877"
NOON_IN_KYIV = datetime(2026, 11, 25, 14, tzinfo=timezone(timedelta(hours=2)))
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)
CONFIRMED = "Замовлення номер 10245 оформлено."


def promise(key: str = "key", *, caller: str = CALLER, at: datetime = NOON) -> Promise:
    return Promise(
        caller=caller,
        call_id=UUID(int=1),
        key=key,
        deed=Deed.ORDERED,
        content='{"кому":"Олена"}',
        at=at,
    )


def callback(note: str = "про шини", *, at: datetime = NOON) -> CallbackRequest:
    return CallbackRequest(
        call_id=UUID(int=1), number=CALLER, preferred_time="після обіду", note=note, reason="after_hours", at=at
    )


class LedgerContract:
    @pytest.fixture
    def since(self) -> datetime:
        return NOON - A_DAY

    async def test_what_was_begun_is_open_until_it_is_heard(self, ledger: Ledger, since: datetime) -> None:
        await ledger.begin(promise())
        assert list(await ledger.open_promises(CALLER, since)) == [promise()]
        await ledger.done("key", number="10245", text=CONFIRMED)
        assert list(await ledger.open_promises(CALLER, since)) == [promise().done("10245", CONFIRMED)]
        await ledger.heard("key")
        assert list(await ledger.open_promises(CALLER, since)) == []

    async def test_what_was_refused_is_not_open_until_it_is_begun_again(self, ledger: Ledger, since: datetime) -> None:
        await ledger.begin(promise())
        await ledger.failed("key")
        assert list(await ledger.open_promises(CALLER, since)) == []
        await ledger.begin(promise(at=NOON + A_DAY))
        assert list(await ledger.open_promises(CALLER, since)) == [promise()]

    async def test_begun_again_what_is_done_stays_done(self, ledger: Ledger, since: datetime) -> None:
        await ledger.begin(promise())
        await ledger.done("key", number="10245", text=CONFIRMED)
        await ledger.begin(promise())
        (kept,) = await ledger.open_promises(CALLER, since)
        assert (kept.state, kept.number, kept.text) == (PromiseState.DONE, "10245", CONFIRMED)

    async def test_what_was_heard_stays_heard(self, ledger: Ledger, since: datetime) -> None:
        await ledger.begin(promise())
        await ledger.heard("key")
        await ledger.begin(promise())
        await ledger.failed("key")
        await ledger.done("key", number="10245", text=CONFIRMED)
        assert list(await ledger.open_promises(CALLER, since)) == []

    async def test_a_key_that_was_never_begun_is_nothing(self, ledger: Ledger, since: datetime) -> None:
        await ledger.done("stray", number="1", text="")
        await ledger.failed("stray")
        await ledger.heard("stray")
        assert list(await ledger.open_promises(CALLER, since)) == []

    async def test_promises_are_those_of_one_number_and_time_the_earliest_first(
        self, ledger: Ledger, since: datetime
    ) -> None:
        second = timedelta(seconds=1)
        for each in (
            promise("late", at=NOON),
            promise("early", at=since),
            promise("too early", at=since - timedelta(microseconds=1)),
            promise("another's", caller=OTHER),
            promise("between", at=NOON - second),
        ):
            await ledger.begin(each)
        assert [each.key for each in await ledger.open_promises(CALLER, since)] == ["early", "between", "late"]
        assert [each.key for each in await ledger.open_promises(OTHER, since)] == ["another's"]

    async def test_a_moment_is_the_same_in_every_zone(self, ledger: Ledger) -> None:
        await ledger.begin(promise(at=NOON_IN_KYIV))
        assert [each.at for each in await ledger.open_promises(CALLER, NOON)] == [NOON]
        assert list(await ledger.open_promises(CALLER, NOON + timedelta(seconds=1))) == []

    async def test_many_at_once_lose_nothing(self, ledger: Ledger, since: datetime) -> None:
        async def keep(key: str) -> None:
            await ledger.begin(promise(key))
            await ledger.done(key, number=key, text=CONFIRMED)

        async with anyio.create_task_group() as group:
            for number in range(50):
                group.start_soon(keep, f"key {number}")
        kept = await ledger.open_promises(CALLER, since)
        assert {each.number for each in kept} == {f"key {number}" for number in range(50)}

    async def test_callbacks_wait_the_earliest_first_and_are_noted_once(self, ledger: Ledger) -> None:
        later = NOON + timedelta(minutes=1)
        for request in (callback("друга", at=later), callback("перша"), callback("перша", at=later)):
            await ledger.add(request)
        assert list(await ledger.waiting()) == [callback("перша"), callback("друга", at=later)]

    @pytest.mark.parametrize(
        "differ",
        [
            lambda known: replace(known, call_id=UUID(int=2)),
            lambda known: replace(known, number=OTHER),
            lambda known: replace(known, preferred_time="зранку"),
            lambda known: replace(known, reason="shop_unavailable"),
        ],
    )
    async def test_requests_that_differ_in_more_than_their_time_are_two(
        self, ledger: Ledger, differ: Callable[[CallbackRequest], CallbackRequest]
    ) -> None:
        await ledger.add(callback())
        await ledger.add(differ(callback()))
        assert len(await ledger.waiting()) == 2

    async def test_a_profile_grows_and_what_is_not_said_stays(self, ledger: Ledger) -> None:
        assert await ledger.profile(CALLER) is None
        await ledger.save(CALLER, ProfileSaved(name="Олена", city="Дніпро"))
        await ledger.save(CALLER, ProfileSaved(city="Київ", vehicle="Skoda Octavia"))
        assert await ledger.profile(CALLER) == ProfileSaved(name="Олена", city="Київ", vehicle="Skoda Octavia")
        assert await ledger.profile(OTHER) is None

    async def test_a_profile_that_is_rewritten_holds_nothing_else(self, ledger: Ledger) -> None:
        await ledger.save(CALLER, ProfileSaved(name="Олена", city="Дніпро"))
        await ledger.rewrite(CALLER, ProfileSaved(city="Київ"))
        assert await ledger.profile(CALLER) == ProfileSaved(city="Київ")
        await ledger.rewrite(OTHER, ProfileSaved(name="Петро"))
        assert await ledger.profile(OTHER) == ProfileSaved(name="Петро")

    async def test_a_callback_goes_from_hand_to_hand(self, ledger: Ledger) -> None:
        await ledger.add(callback())
        key = callback().key
        assert await ledger.callback(key) == Callback(request=callback())
        taken = await ledger.change(key, lambda each: each.taken("oksana", NOON))
        assert taken == Callback(request=callback(), state=CallbackState.TAKEN, by="oksana", changed=NOON)
        assert await ledger.callback(key) == taken
        assert list(await ledger.waiting()) == []
        done = await ledger.change(key, lambda each: each.done("oksana", "замовив", NOON_IN_KYIV + A_DAY))
        assert (done.state, done.remark, done.changed) == (CallbackState.DONE, "замовив", NOON + A_DAY)
        await ledger.add(callback(at=NOON + A_DAY))
        assert await ledger.callback(key) == done
        await ledger.change(key, lambda each: each.given_back("petro", NOON))
        assert list(await ledger.waiting()) == [callback()]

    async def test_callbacks_are_listed_by_their_state(self, ledger: Ledger) -> None:
        minute = timedelta(minutes=1)
        requests = [callback(str(number), at=NOON + number * minute) for number in range(6)]
        for request in reversed(requests):
            await ledger.add(request)

        def take(at: datetime) -> Callable[[Callback], Callback]:
            return lambda each: each.taken("oksana", at)

        for number, moment in ((4, 2), (2, 3), (3, 1)):
            await ledger.change(requests[number].key, take(NOON + moment * minute))
        await ledger.change(requests[5].key, lambda each: each.done("petro", "", NOON))

        async def notes(state: CallbackState, limit: int = 100) -> list[str]:
            return [each.request.note for each in await ledger.in_state(state, limit=limit)]

        assert await notes(CallbackState.WAITING) == ["0", "1"]
        assert await notes(CallbackState.WAITING, 1) == ["0"]
        assert await notes(CallbackState.TAKEN) == ["2", "4", "3"]
        assert await notes(CallbackState.TAKEN, 2) == ["2", "4"]
        assert await notes(CallbackState.DONE) == ["5"]

    async def test_a_callback_that_was_never_asked_for_is_unknown(self, ledger: Ledger) -> None:
        for stray in ("stray", "", "'; --"):
            with pytest.raises(UnknownCallback):
                await ledger.callback(stray)
            with pytest.raises(UnknownCallback):
                await ledger.change(stray, lambda each: each.taken("oksana", NOON))

    async def test_of_many_who_take_a_callback_at_once_one_has_it(self, ledger: Ledger) -> None:
        requests = [callback(str(number)) for number in range(10)]
        for request in requests:
            await ledger.add(request)
        refused: list[str] = []

        async def take(key: str, by: str) -> None:
            await ledger.callback(key)
            try:
                await ledger.change(key, lambda each: each.taken(by, NOON))
            except HeldByAnother:
                refused.append(f"{key} {by}")

        async with anyio.create_task_group() as group:
            for request in requests:
                for number in range(8):
                    group.start_soon(take, request.key, f"operator {number}")
        kept = await ledger.in_state(CallbackState.TAKEN)
        assert (len(kept), len(refused)) == (10, 70)
        assert not {f"{each.request.key} {each.by}" for each in kept} & set(refused)

    async def test_all_of_a_number_is_found_the_latest_first(self, ledger: Ledger) -> None:
        await ledger.add(callback("перша"))
        await ledger.add(callback("друга", at=NOON + A_DAY))
        await ledger.add(replace(callback(), number=OTHER))
        await ledger.change(callback("перша").key, lambda each: each.taken("oksana", NOON))
        assert [each.request.note for each in await ledger.callbacks_of(CALLER)] == ["друга", "перша"]
        assert [each.by for each in await ledger.callbacks_of(CALLER)] == ["", "oksana"]
        for each in (promise("refused"), promise("open", at=NOON + A_DAY), promise("another's", caller=OTHER)):
            await ledger.begin(each)
        await ledger.failed("refused")
        assert list(await ledger.promises_of(CALLER)) == [promise("open", at=NOON + A_DAY), promise("refused").failed()]

    async def test_what_is_erased_is_gone_and_what_is_others_stays(self, ledger: Ledger, since: datetime) -> None:
        for caller in (CALLER, OTHER):
            await ledger.begin(promise(caller, caller=caller))
            await ledger.add(replace(callback(), number=caller))
            await ledger.save(caller, ProfileSaved(name="Олена"))
        await ledger.change(callback().key, lambda each: each.done("oksana", "її ім'я Олена", NOON))
        await ledger.erase(CALLER)
        assert (await ledger.profile(CALLER), list(await ledger.callbacks_of(CALLER))) == (None, [])
        assert list(await ledger.promises_of(CALLER)) == []
        assert len(await ledger.open_promises(OTHER, since)) == len(await ledger.callbacks_of(OTHER)) == 1
        assert await ledger.profile(OTHER) == ProfileSaved(name="Олена")
        await ledger.add(callback())
        assert await ledger.callback(callback().key) == Callback(request=callback())
