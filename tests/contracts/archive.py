"""What every archive of calls promises, whatever it is written in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import cast
from uuid import UUID

import pytest

from application.ports.calls import MOST_RECALLED, CallArchive, CallHistory, UnknownCall
from domain.costs import Cost, Dollars
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.records import (
    AnyEntry,
    CallBegan,
    CallEnded,
    CallFilter,
    EarUsed,
    ModelUsed,
    Sort,
    StoredCall,
    StoredRecord,
    Tally,
    ToolUsed,
    TurnTaken,
    VoiceUsed,
    Waterfall,
)
from domain.trial import Trial
from domain.troubles import NO_TROUBLES, Troubles
from domain.usage import EarUsage, ModelUsage, VoiceUsage
from domain.visit.visit import Flow

CALLER, OTHER = "+380671234567", "+380509998877"
NOON = datetime(2026, 11, 25, 12, 0, 0, 123456, tzinfo=UTC)
COST = Cost(model=Dollars(21_300), voice=Dollars(296), ear=Dollars(3_333), unpriced=("ear whisper/a-model",))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Call:
    """Makes the entries of one call."""

    def __init__(self, number: int = 1, *, began: datetime = NOON, caller: str | None = CALLER) -> None:
        self.id = UUID(int=number)
        self.began = began
        self.caller = caller
        self.begins = CallBegan(call_id=self.id, began=began, sequence=0, at=began, caller=caller, language="uk")

    def whole(self) -> Sequence[AnyEntry]:
        return [self.begins, self.turn(1, "Алло"), self.ends()]

    def turn(self, number: int, text: str, *, sequence: int | None = None) -> TurnTaken:
        return TurnTaken(
            call_id=self.id,
            began=self.began,
            sequence=number if sequence is None else sequence,
            at=self.began + number * MINUTE,
            number=number,
            speaker="caller" if number % 2 else "agent",
            text=text,
            cut=number == 2,
            confidence=0.91 if number % 2 else None,
            language="uk-UA" if number % 2 else None,
            understood="205/55 R16" if number == 1 else "",
            waterfall=Waterfall(final=0.2, first_word=0.5) if number == 2 else None,
            refused=("Є в наявності, 2000 грн.",) if number == 2 else (),
        )

    def tool(self, number: int, name: str = "search_tires") -> ToolUsed:
        return ToolUsed(
            call_id=self.id,
            began=self.began,
            sequence=number,
            at=self.began + number * MINUTE,
            number=number,
            name=name,
            arguments={"size": "205/55 R16", "quantity": 4, "seasons": ["зима"], "brand": None},
            result="Знайдено 2 шини",
            seconds=0.31,
            facts={"amounts": ["2141", "1899.50"], "quantities": [12], "in_stock": True},
        )

    def model(self, sequence: int) -> ModelUsed:
        return ModelUsed(
            call_id=self.id,
            began=self.began,
            sequence=sequence,
            at=self.began + sequence * MINUTE,
            provider="anthropic",
            model="a-model",
            input_tokens=2100,
            output_tokens=45,
            cached_tokens=1800,
            written_tokens=120,
            estimated=sequence == 9,
        )

    def voice(self, sequence: int, characters: int = 74) -> VoiceUsed:
        return VoiceUsed(
            call_id=self.id,
            began=self.began,
            sequence=sequence,
            at=self.began + sequence * MINUTE,
            provider="google",
            voice="uk-UA-Standard-A",
            characters=characters,
        )

    def ear(self, sequence: int, seconds: float = 12.5) -> EarUsed:
        return EarUsed(
            call_id=self.id,
            began=self.began,
            sequence=sequence,
            at=self.began + sequence * MINUTE,
            provider="google",
            model="latest_long",
            seconds=seconds,
        )

    def ends(
        self,
        outcome: Outcome = Outcome.COMPLETED,
        reason: Reason | None = None,
        *,
        sequence: int = 100,
        response_p95_seconds: float | None = 0.9,
        cost: Cost | None = COST,
        dead_air_seconds: float = 1.25,
        seconds: float = 300.5,
        flow: Flow | None = None,
        troubles: Troubles = NO_TROUBLES,
    ) -> CallEnded:
        return CallEnded(
            call_id=self.id,
            began=self.began,
            sequence=sequence,
            at=self.began + 5 * MINUTE,
            outcome=outcome,
            reason=reason,
            caller=self.caller,
            seconds=seconds,
            cause=16,
            interruptions=1,
            response_p50_seconds=0.4,
            response_p95_seconds=response_p95_seconds,
            dead_air_seconds=dead_air_seconds,
            orders=("10245",) if outcome is Outcome.COMPLETED else (),
            order_total=Money(856_450) if outcome is Outcome.COMPLETED else Money(0),
            bookings=("7",) if outcome is Outcome.HANDED_OVER else (),
            cost=cost,
            flow=flow,
            troubles=troubles,
        )


CALL = Call()
WHOLE: Sequence[AnyEntry] = (
    CALL.begins,
    CALL.turn(1, "Мені треба шини"),
    CALL.tool(2),
    CALL.model(3),
    CALL.turn(4, "Є дві моделі."),
    CALL.voice(5),
    CALL.ear(6),
    CALL.ends(),
)
RECORD = StoredRecord(
    call=StoredCall(call_id=CALL.id, began=NOON, caller=CALLER, language="uk", ended=CALL.ends()),
    transcript=(CALL.turn(1, "Мені треба шини"), CALL.tool(2), CALL.turn(4, "Є дві моделі.")),
    usage=(CALL.model(3), CALL.voice(5), CALL.ear(6)),
)


async def numbers(archive: CallArchive, where: CallFilter) -> list[int]:
    return [call.call_id.int for call in (await archive.page(where)).calls]


async def tally(archive: CallArchive, since: datetime, until: datetime) -> Tally:
    (counted,) = await archive.tallies([since, until])
    return counted


async def by_pages(archive: CallArchive, where: CallFilter, sort: Sort, *, limit: int = 2) -> list[int]:
    """Return what is listed when one page after the other is asked for."""
    page = await archive.page(where, sort=sort, limit=limit)
    listed = [call.call_id.int for call in page.calls]
    while page.after is not None:
        page = await archive.page(where, sort=sort, after=page.after, limit=limit)
        listed += [call.call_id.int for call in page.calls]
    return listed


def various() -> Iterator[Sequence[AnyEntry]]:
    """Seven calls over five months, the last of which runs; every other one speaks of tyres."""
    ended = {1: (60.0, 1.5), 2: (20.0, 2.5), 3: (60.0, 0.75), 4: (10.25, 1.25), 5: (90.0, None), 6: (30.0, 1.25)}
    for number in range(1, 8):
        call = Call(number, began=NOON - number * 20 * DAY)
        yield [call.begins, call.turn(1, "шини" if number % 2 else "диски")]
        if number in ended:
            seconds, response = ended[number]
            yield [
                call.ends(
                    Outcome.ABANDONED if number in (1, 3) else Outcome.COMPLETED,
                    seconds=seconds,
                    response_p95_seconds=response,
                    dead_air_seconds=2.0 if number == 6 else 1.0,
                )
            ]


LISTED = [
    (Sort.NEWEST, CallFilter(), [1, 2, 3, 4, 5, 6, 7]),
    (Sort.LONGEST, CallFilter(), [5, 1, 3, 6, 2, 4]),
    (Sort.SLOWEST_REPLY, CallFilter(), [2, 1, 4, 6, 3]),
    (Sort.LONGEST_SILENCE, CallFilter(), [6, 1, 2, 3, 4, 5]),
    (Sort.LONGEST, CallFilter(outcome=Outcome.ABANDONED), [1, 3]),
    (Sort.LONGEST, CallFilter(text="шини"), [5, 1, 3]),
    (Sort.SLOWEST_REPLY, CallFilter(text="шини", since=NOON - 61 * DAY), [1, 3]),
]
"""What a list of `various` shows."""


class ArchiveContract:
    async def test_a_call_is_read_as_it_was_saved(self, archive: CallArchive) -> None:
        await archive.save(WHOLE)
        assert await archive.load(CALL.id) == RECORD
        assert (await archive.page(CallFilter())).calls == (RECORD.call,)

    async def test_what_is_saved_again_is_kept_once(self, archive: CallArchive) -> None:
        for entry in WHOLE:
            await archive.save([entry])
            await archive.save([entry, entry])
        await archive.save(WHOLE)
        assert await archive.load(CALL.id) == RECORD

    async def test_entries_may_come_in_any_order(self, archive: CallArchive) -> None:
        told_anew = CALL.turn(1, "Мені треба двері", sequence=5)
        entries: Sequence[AnyEntry] = (CALL.begins, CALL.turn(1, "Мені треба дві"), told_anew, CALL.ends())
        for each, order in enumerate(permutations(entries), start=2):
            call_id = UUID(int=each)
            for entry in order:
                await archive.save([replace(entry, call_id=call_id)])
            record = await archive.load(call_id)
            assert record.transcript == (replace(told_anew, call_id=call_id),)
            assert record.call == replace(RECORD.call, call_id=call_id, ended=replace(CALL.ends(), call_id=call_id))

    async def test_a_turn_that_was_understood_anew_takes_the_place_of_what_stood_there(
        self, archive: CallArchive
    ) -> None:
        await archive.save([CALL.turn(1, "двері", sequence=1), CALL.turn(1, "дві", sequence=7), CALL.tool(2)])
        assert (await archive.load(CALL.id)).transcript == (CALL.turn(1, "дві", sequence=7), CALL.tool(2))
        assert await numbers(archive, CallFilter(text="двері")) == []
        assert await numbers(archive, CallFilter(text="дві")) == [1]

    async def test_a_call_is_there_from_its_first_entry_on(self, archive: CallArchive) -> None:
        await archive.save([CALL.turn(1, "Алло")])
        assert (await archive.load(CALL.id)).call == StoredCall(call_id=CALL.id, began=NOON)

    async def test_the_caller_who_is_known_only_at_the_end_is_known(self, archive: CallArchive) -> None:
        await archive.save([replace(CALL.begins, caller=None), CALL.ends()])
        assert (await archive.load(CALL.id)).call.caller == CALLER

    async def test_a_beginning_that_comes_late_does_not_make_the_caller_unknown(self, archive: CallArchive) -> None:
        await archive.save([CALL.ends()])
        await archive.save([replace(CALL.begins, caller=None)])
        assert (await archive.load(CALL.id)).call.caller == CALLER

    @pytest.mark.parametrize("together", [True, False])
    async def test_the_caller_who_is_known_after_the_beginning_is_known(
        self, archive: CallArchive, together: bool
    ) -> None:
        begun, named = replace(CALL.begins, caller=None), replace(CALL.begins, sequence=1)
        for entries in [[begun, named]] if together else [[begun], [named], [begun]]:
            await archive.save(entries)
        assert (await archive.load(CALL.id)).call.caller == CALLER

    @pytest.mark.parametrize("together", [True, False])
    async def test_an_end_that_was_guessed_counts_until_the_call_tells_its_own(
        self, archive: CallArchive, together: bool
    ) -> None:
        await archive.save(WHOLE[:-1])
        lost = (await archive.load(CALL.id)).lost(COST)
        await archive.save([lost])
        await archive.save([lost])
        assert (await archive.load(CALL.id)).call.ended == lost
        assert await numbers(archive, CallFilter(outcome=Outcome.LOST)) == [1]
        assert await numbers(archive, CallFilter(running=True)) == []
        for entries in [[CALL.ends(), lost]] if together else [[CALL.ends()], [lost]]:
            await archive.save(entries)
        assert await archive.load(CALL.id) == RECORD

    async def test_a_caller_without_a_number_has_none(self, archive: CallArchive) -> None:
        call = Call(caller=None)
        await archive.save([call.begins, call.ends()])
        stored = (await archive.load(call.id)).call
        assert (stored.caller, stored.ended) == (None, call.ends())

    async def test_what_a_call_was_about_and_what_went_wrong_in_it_is_kept(self, archive: CallArchive) -> None:
        ended = CALL.ends(flow=Flow.FITTING, troubles=Troubles(asked_again=1, unanswered=2, refused=3, failures=4))
        await archive.save([ended])
        assert (await archive.load(CALL.id)).call.ended == ended

    async def test_an_unknown_call_is_said_to_be_unknown(self, archive: CallArchive) -> None:
        with pytest.raises(UnknownCall):
            await archive.load(CALL.id)

    async def test_saving_nothing_is_nothing(self, archive: CallArchive) -> None:
        await archive.save([])
        assert (await archive.page(CallFilter())).calls == ()

    async def test_pages_follow_on_one_another_and_the_latest_calls_are_first(self, archive: CallArchive) -> None:
        calls = [Call(number, began=NOON - (number // 2) * 20 * DAY) for number in range(1, 8)]
        await archive.save([call.begins for call in calls])
        seen: list[int] = []
        after, pages = None, 0
        while pages == 0 or after is not None:
            page = await archive.page(CallFilter(), after=after, limit=3)
            assert len(page.calls) <= 3
            seen += [call.call_id.int for call in page.calls]
            after, pages = page.after, pages + 1
        assert seen == [1, 3, 2, 5, 4, 7, 6]
        assert pages == 3

    async def test_a_last_page_that_is_full_is_the_last(self, archive: CallArchive) -> None:
        await archive.save([Call(number).begins for number in (1, 2)])
        assert (await archive.page(CallFilter(), limit=2)).after is None

    @pytest.mark.parametrize(
        ("where", "found"),
        [
            (CallFilter(), [1, 2, 3, 4]),
            (CallFilter(since=NOON - DAY), [1, 2]),
            (CallFilter(until=NOON), [2, 3, 4]),
            (CallFilter(since=NOON - 40 * DAY, until=NOON - DAY), [3, 4]),
            (CallFilter(outcome=Outcome.HANDED_OVER), [2, 4]),
            (CallFilter(reason=Reason.CANNOT_HELP), [4]),
            (CallFilter(caller=OTHER), [3, 4]),
            (CallFilter(caller_ends="8877"), [3, 4]),
            (CallFilter(caller_ends="4567", outcome=Outcome.COMPLETED), [1]),
            (CallFilter(caller_ends="887"), []),
            (CallFilter(flow=Flow.FITTING), [2]),
            (CallFilter(flow=Flow.STORAGE), []),
            (CallFilter(concerning=True), [4]),
            (CallFilter(running=True), [3]),
            (CallFilter(running=False), [1, 2, 4]),
            (CallFilter(text="ШИНИ"), [1, 3]),
            (CallFilter(text="шини зимові"), [3]),
            (CallFilter(text="об'їзна"), [4]),
            (CallFilter(text="шин"), []),
            (CallFilter(text="205/55"), [4]),
            (CallFilter(text="шини", running=True, caller=OTHER), [3]),
            (CallFilter(text="шини", outcome=Outcome.HANDED_OVER), []),
        ],
    )
    async def test_a_filter_finds_what_fits_all_of_it(
        self, archive: CallArchive, where: CallFilter, found: list[int]
    ) -> None:
        one, two = Call(1), Call(2, began=NOON - DAY)
        three, four = (Call(3, began=NOON - 2 * DAY, caller=OTHER), Call(4, began=NOON - 40 * DAY, caller=OTHER))
        await archive.save(
            [
                *(one.begins, one.turn(1, "Мені треба шини"), one.turn(2, "Які? Зимові?"), one.ends()),
                *(two.begins, two.ends(Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST, flow=Flow.FITTING)),
                *(three.begins, three.turn(1, "Зимові, шини!")),
                *(four.begins, four.turn(1, "Обʼїзна 5, 205/55 R16"), four.tool(2)),
                four.ends(Outcome.HANDED_OVER, Reason.CANNOT_HELP, dead_air_seconds=5.0),
            ]
        )
        assert await numbers(archive, where) == found
        assert await archive.count(where) == len(found)

    async def test_calls_are_listed_by_what_is_asked_and_pages_follow_on_one_another(
        self, archive: CallArchive
    ) -> None:
        for call in various():
            await archive.save(call)
        for sort, where, listed in LISTED:
            assert [call.call_id.int for call in (await archive.page(where, sort=sort)).calls] == listed
            assert await by_pages(archive, where, sort) == listed, (sort, where)

    async def test_calls_are_counted(self, archive: CallArchive) -> None:
        calls = [Call(number, began=NOON + number * MINUTE) for number in range(1, 31)]
        await archive.save([call.begins for call in calls])
        await archive.save([call.ends(response_p95_seconds=call.id.int / 10) for call in calls[:20]])
        await archive.save([call.ends(Outcome.HANDED_OVER, Reason.CANNOT_HELP) for call in calls[20:22]])
        await archive.save([calls[22].ends(Outcome.ABANDONED, response_p95_seconds=None)])
        assert await tally(archive, NOON + MINUTE, NOON + 25 * MINUTE) == Tally(
            calls=24,
            outcomes={Outcome.COMPLETED: 20, Outcome.HANDED_OVER: 2, Outcome.ABANDONED: 1},
            reasons={Reason.CANNOT_HELP: 2},
            orders=20,
            order_total=Money(20 * 856_450),
            bookings=2,
            cost=Cost(model=Dollars(23 * 21_300), voice=Dollars(23 * 296), ear=Dollars(23 * 3_333)),
            unpriced=23,
            response_p95_seconds=1.9,
            dead_air_p95_seconds=1.25,
        )

    async def test_a_call_from_before_costs_were_kept_costs_what_nobody_knows(self, archive: CallArchive) -> None:
        ended = replace(CALL.ends(), cost=None, order_total=None)
        await archive.save([CALL.begins, ended])
        assert (await archive.load(CALL.id)).call.ended == ended
        counted = await tally(archive, NOON, NOON + DAY)
        assert (counted.orders, counted.order_total, counted.cost, counted.unpriced) == (1, Money(0), Cost(), 0)

    async def test_a_call_that_cost_nothing_is_told_from_one_of_which_nothing_is_known(
        self, archive: CallArchive
    ) -> None:
        await archive.save([CALL.ends(cost=Cost())])
        assert (await archive.load(CALL.id)).call.ended == CALL.ends(cost=Cost())
        assert (await tally(archive, NOON, NOON + DAY)).unpriced == 0

    async def test_what_was_used_is_summed_between_times(self, archive: CallArchive) -> None:
        one, two, later = Call(1), Call(2, began=NOON + MINUTE), Call(3, began=NOON + DAY)
        await archive.save([one.model(1), one.model(9), one.voice(2), one.ear(3), one.ear(4, seconds=2.5)])
        await archive.save([one.model(1), one.ear(3), two.voice(1, characters=6), replace(two.model(2), model="b")])
        await archive.save([later.voice(1, characters=7), Call(4, began=NOON - DAY).ear(1)])
        first, second, third = await archive.usage([NOON, NOON + DAY, NOON + 2 * DAY, NOON + 3 * DAY])
        assert first == (
            ModelUsage(
                provider="anthropic",
                model="a-model",
                input_tokens=4200,
                output_tokens=90,
                cached_tokens=3600,
                written_tokens=240,
                estimated=True,
            ),
            ModelUsage(
                provider="anthropic",
                model="b",
                input_tokens=2100,
                output_tokens=45,
                cached_tokens=1800,
                written_tokens=120,
            ),
            VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=80),
            EarUsage(provider="google", model="latest_long", seconds=15.0),
        )
        assert second == (VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=7),)
        assert third == ()

    async def test_trials_are_kept_and_not_counted(self, archive: CallArchive) -> None:
        trial = Call(2, caller=Trial(call_id=UUID(int=2), by="olga").caller)
        withheld = Call(3, caller=None)
        await archive.save([trial.begins, trial.ends(response_p95_seconds=9.0), withheld.begins, withheld.ends()])
        assert [call.caller for call in (await archive.page(CallFilter())).calls] == [None, "test:olga"]
        counted = await tally(archive, NOON, NOON + DAY)
        assert (counted.calls, counted.orders, counted.response_p95_seconds) == (1, 1, 0.9)

    async def test_no_calls_are_none(self, archive: CallArchive) -> None:
        await archive.save(WHOLE)
        assert await tally(archive, NOON + DAY, NOON + 2 * DAY) == Tally()

    async def test_of_an_erased_number_nothing_is_left_and_of_others_all(self, archive: CallArchive) -> None:
        other = Call(2, caller="+380509998877")
        again = Call(3, began=NOON - DAY)
        await archive.save([*WHOLE, again.begins, again.turn(1, "Алло"), other.begins, other.turn(1, "Мене чути?")])
        kept = await archive.load(other.id)
        assert await archive.erase(CALLER) == 2
        assert await archive.erase(CALLER) == 0
        for call in (CALL, again):
            with pytest.raises(UnknownCall):
                await archive.load(call.id)
        assert await archive.load(other.id) == kept
        await archive.save([CALL.begins])
        assert (await archive.load(CALL.id)).transcript == ()
        assert (await archive.load(CALL.id)).usage == ()


class HistoryContract:
    """Of an archive that is also a caller's history."""

    async def test_the_calls_of_a_number_are_told_with_what_was_said_and_done(self, archive: CallHistory) -> None:
        later = Call(2, began=NOON + MINUTE)
        await kept(archive, [*WHOLE, later.begins, later.turn(1, "Алло"), *Call(3, caller=OTHER).whole()])
        assert await archive.recent(CALLER, NOON - DAY, limit=5) == [
            StoredRecord(
                call=StoredCall(call_id=later.id, began=later.began, caller=CALLER, language="uk"),
                transcript=(later.turn(1, "Алло"),),
            ),
            replace(RECORD, usage=()),
        ]

    async def test_only_the_latest_calls_since_then_are_told(self, archive: CallHistory) -> None:
        calls = [Call(number, began=NOON - number * DAY) for number in range(1, 9)]
        await kept(archive, [entry for call in calls for entry in call.whole()])
        told = await archive.recent(CALLER, NOON - 7 * DAY, limit=5)
        assert [record.call.call_id.int for record in told] == [1, 2, 3, 4, 5]
        assert [len(record.transcript) for record in told] == [1] * 5
        late = await archive.recent(CALLER, NOON - 2 * DAY, limit=5)
        assert [record.call.call_id.int for record in late] == [1, 2]

    async def test_of_a_long_call_the_end_is_told(self, archive: CallHistory) -> None:
        units = [CALL.tool(number) if number % 3 == 0 else CALL.turn(number, "так") for number in range(1, 151)]
        await kept(archive, [CALL.begins, *units])
        (record,) = await archive.recent(CALLER, NOON, limit=5)
        assert [unit.number for unit in record.transcript] == list(range(151 - MOST_RECALLED, 151))

    async def test_of_a_number_that_never_called_nothing_is_told(self, archive: CallHistory) -> None:
        await kept(archive, WHOLE)
        assert await archive.recent(OTHER, NOON - DAY, limit=5) == []


async def kept(archive: object, entries: Sequence[AnyEntry]) -> None:
    """Have the archive behind a history keep these."""
    await cast(CallArchive, archive).save(entries)
