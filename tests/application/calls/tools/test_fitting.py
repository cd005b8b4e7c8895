"""Booking a fitting: read out, agreed to, booked once."""

import json
from typing import Any

import pytest

from application.calls.tools.fitting_search import FindStations
from application.ports.shop import NotFound, ShopRefused
from domain.facts import Deed, Finding
from domain.shop.events import ProfileSaved
from domain.shop.limits import MOST_WRITES
from domain.transcript import ToolUse
from domain.visit.promise import PromiseState
from domain.visit.visit import visit_of
from tests.application.calls.tools.fitting_desk import CALLER, SOMEBODY_ELSE, TOMORROW, WHERE, Desk

pytestmark = pytest.mark.anyio

WISH = {"slot": "L1", "customer_name": "Ірина", "car": "Toyota Corolla, біла"}
READ_BACK = (
    f"Записую вас на 26 листопада, четвер, о 10:00, станція {WHERE}, автомобіль Toyota Corolla, біла, на ім'я Ірина."
    " Все вірно?"
)


def told(use: ToolUse) -> dict[str, Any]:
    assert not use.failed, use.result
    fields = json.loads(use.result)
    assert isinstance(fields, dict)
    return fields


async def desk_with_times(**made: Any) -> Desk:
    desk = Desk(**made)
    await desk.offered("10:00", "12:30")
    return desk


async def test_a_booking_is_read_out_before_it_is_made() -> None:
    desk = await desk_with_times()
    use = await desk.use("book_fitting", **WISH)
    assert use.say == READ_BACK and told(use)["read_out"] == READ_BACK
    assert await desk.booked() == () and use.facts.deeds == frozenset()
    assert use.facts.dates == {TOMORROW} and WHERE in use.facts.addresses


async def test_after_a_yes_it_is_booked_and_said_so() -> None:
    desk = await desk_with_times()
    use = await desk.agreed("book_fitting", **WISH, tire_diameter=16)
    (booking,) = await desk.booked()
    assert booking.car == "Toyota Corolla, біла" and booking.date == TOMORROW
    fields = told(use)["booking"]
    assert (fields["booking"], fields["weekday"], fields["time"]) == ("B1", "четвер", "10:00")
    assert fields["price"] == str(booking.price) and fields["minutes"] == booking.estimated_minutes
    assert use.say.startswith("Готово! Ви записані на 26 листопада, четвер, о 10:00")
    assert str(booking.price) in use.say
    assert Deed.BOOKED in use.facts.deeds and booking.price in use.facts.amounts
    (promise,) = desk.ledger.promises.values()
    assert promise.state is PromiseState.DONE and promise.deed is Deed.BOOKED
    assert (promise.caller, promise.number, promise.text) == (CALLER, booking.id, use.say)


async def test_in_english_it_is_read_out_in_english() -> None:
    desk = await desk_with_times(language="en")
    use = await desk.agreed("book_fitting", **WISH)
    assert use.say.startswith("Done! You are booked for 26 November, Thursday, at 10:00")


@pytest.mark.parametrize("words", ["Ні", "А скільки це коштує?", "Так, але краще о 12:30"])
async def test_without_a_plain_yes_nothing_is_booked(words: str) -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears(words)
    use = await desk.use("book_fitting", **WISH)
    assert use.say == READ_BACK and await desk.booked() == ()


async def test_a_read_back_that_was_cut_short_is_read_out_again() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.cut_short()
    desk.hears("Так")
    use = await desk.use("book_fitting", **WISH)
    assert use.say == READ_BACK and await desk.booked() == ()
    desk.hears("Так")
    assert (await desk.use("book_fitting", **WISH)).say.startswith("Готово")


async def test_a_changed_wish_is_read_out_anew() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears("Так")
    use = await desk.use("book_fitting", **{**WISH, "slot": "L2"})
    assert "о 12:30" in use.say and await desk.booked() == ()


async def test_the_same_in_other_letters_is_the_same() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears("Так")
    await desk.use("book_fitting", slot="l1", customer_name="ірина", car="toyota corolla біла")
    assert len(await desk.booked()) == 1


async def test_the_price_is_part_of_what_is_agreed_to_where_the_diameter_is_known() -> None:
    desk = await desk_with_times()
    use = await desk.use("book_fitting", **WISH, tire_diameter=16)
    (price,) = use.facts.amounts
    assert f"вартість {price}" in use.say


async def test_the_price_that_is_read_out_is_that_of_the_work() -> None:
    desk = await desk_with_times()
    prices = await desk.shop.prices(diameter=16)
    for price in prices:
        use = await desk.use("book_fitting", **WISH, tire_diameter=16, service_type=price.work.value)
        assert use.facts.amounts == {price.by_diameter[16]}


async def test_what_is_unusual_is_read_out() -> None:
    desk = await desk_with_times()
    use = await desk.use("book_fitting", **WISH, service_type="balancing", storage_contract="ЗБ-1042")
    assert "балансування, шини зі зберігання, договір ЗБ-1042" in use.say


async def test_a_price_that_cannot_be_had_does_not_stop_the_booking() -> None:
    for trouble in (NotFound("?"), ShopRefused("invalid", "?")):
        desk = await desk_with_times()
        desk.shop.refusing["prices"] = trouble
        assert (await desk.use("book_fitting", **WISH, tire_diameter=16)).say == READ_BACK
    desk = await desk_with_times()
    desk.shop.down.add("prices")
    assert (await desk.use("book_fitting", **WISH, tire_diameter=16)).say == READ_BACK


async def test_what_is_booked_is_not_booked_again() -> None:
    desk = await desk_with_times()
    await desk.agreed("book_fitting", **WISH)
    desk.hears("Так, запишіть")
    use = await desk.use("book_fitting", **WISH)
    assert told(use)["existing"]["booking"] == "B1" and use.say.startswith("Ви вже записані на 26 листопада")
    assert desk.shop.asked.count("book") == 1 and len(await desk.booked()) == 1


async def test_what_the_model_leaves_out_is_as_it_was_read_out() -> None:
    desk = await desk_with_times()
    first = await desk.use(
        "book_fitting", **WISH, service_type="balancing", tire_diameter=16, storage_contract="ЗБ-1042"
    )
    desk.hears("Ні")
    assert (await desk.use("book_fitting", slot="L1")).say == first.say
    other = await desk.use("book_fitting", slot="L2")
    assert "о 12:30" in other.say and "на ім'я Ірина" in other.say and "балансування" not in other.say


async def test_a_caller_who_is_known_is_not_asked_for_his_name_and_car() -> None:
    desk = await desk_with_times()
    desk.visitor.profile = ProfileSaved(name="Ірина", vehicle="Toyota Corolla, біла")
    assert (await desk.use("book_fitting", slot="L1")).say == READ_BACK


async def test_a_time_is_read_out_after_something_else_was() -> None:
    desk = await desk_with_times()
    await desk.agreed("book_fitting", **WISH)
    await desk.use("cancel_fitting", booking="B1", action="cancel")
    assert "о 12:30" in (await desk.use("book_fitting", slot="L2")).say


@pytest.mark.parametrize(
    ("change", "told_so"),
    [
        ({"slot": "L9"}, "one of: L1, L2"),
        ({"slot": None}, "get_fitting_slots"),
        ({"customer_name": ""}, "Ask for the name"),
        ({"customer_name": "Мишлен"}, "is a brand"),
        ({"car": ""}, "not its plate"),
        ({"service_type": "painting"}, "tire_change"),
        ({"tire_diameter": 400}, "10 to 30"),
    ],
)
async def test_what_is_missing_or_wrong_is_told_to_the_model(change: dict[str, object], told_so: str) -> None:
    desk = await desk_with_times()
    use = await desk.use("book_fitting", **{**WISH, **change})
    assert use.failed and told_so in use.result and not use.say


async def test_only_a_time_that_was_offered_is_booked() -> None:
    use = await Desk().use("book_fitting", **WISH)
    assert use.failed and "none was offered yet" in use.result


@pytest.mark.parametrize("tool", ["book_fitting", "get_customer_bookings", "cancel_fitting", "find_storage"])
async def test_without_the_callers_number_a_person_must_help(tool: str) -> None:
    desk = await desk_with_times(caller=None)
    use = await desk.use(tool, **WISH)
    assert use.failed and "transfer_to_operator" in use.result


async def test_a_call_that_has_written_enough_books_nothing_more() -> None:
    desk = await desk_with_times()
    for number in range(MOST_WRITES):
        await desk.use("update_customer_profile", name=f"Ірина {number}")
    use = await desk.use("book_fitting", **WISH)
    assert use.failed and "policy_limit" in use.result


# When the shop does not do it


async def test_a_time_that_was_taken_meanwhile_is_not_called_booked_and_others_are_offered() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears("Так")
    desk.free(TOMORROW, "12:30", "15:00")
    use = await desk.use("book_fitting", **WISH)
    fields = told(use)
    assert "NOT booked" in fields["refused"] and not use.say and Deed.BOOKED not in use.facts.deeds
    assert [(slot["slot"], slot["time"]) for slot in fields["slots"]] == [("L2", "12:30"), ("L3", "15:00")]
    assert visit_of(desk.turns).proposal is None
    (promise,) = desk.ledger.promises.values()
    assert promise.state is PromiseState.FAILED


async def test_a_yes_to_a_taken_time_is_no_yes_to_another() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears("Так")
    desk.free(TOMORROW, "12:30")
    await desk.use("book_fitting", **WISH)
    desk.hears("Так, давайте")
    use = await desk.use("book_fitting", **{**WISH, "slot": "L2"})
    assert use.say.endswith("Все вірно?") and await desk.booked() == ()


async def test_a_taken_time_with_nothing_free_beside_it_is_told_so() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears("Так")
    desk.free(TOMORROW)
    desk.shop.down.add("slots")
    fields = told(await desk.use("book_fitting", **WISH))
    assert fields["slots"] == [] and "another day" in fields["next"]


@pytest.mark.parametrize(
    ("trouble", "told_so"),
    [(ShopRefused("validation_error", "vehicle_info: too short"), "vehicle_info"), (NotFound("?"), "no such station")],
)
async def test_why_the_shop_refuses_is_told(trouble: Exception, told_so: str) -> None:
    desk = await desk_with_times()
    desk.shop.refusing["book"] = trouble
    use = await desk.agreed("book_fitting", **WISH)
    assert told_so in told(use)["refused"] and "NOT booked" in told(use)["next"]
    assert visit_of(desk.turns).proposal is None and not use.say


async def test_an_answer_that_is_lost_is_neither_yes_nor_no_and_asking_again_books_once() -> None:
    desk = await desk_with_times()
    desk.shop.lost.add("book")
    use = await desk.agreed("book_fitting", **WISH)
    assert use.failed and "NOT known" in use.result
    (promise,) = desk.ledger.promises.values()
    assert promise.state is PromiseState.BEGUN
    desk.hears("Спробуйте ще раз")
    use = await desk.use("book_fitting", **WISH)
    assert use.say.startswith("Готово") and len(await desk.booked()) == 1
    assert desk.shop.asked.count("book") == 2


async def test_what_was_booked_in_an_earlier_call_without_an_answer_is_found() -> None:
    desk = await desk_with_times()
    desk.shop.lost.add("book")
    await desk.agreed("book_fitting", **WISH)
    later = Desk(shop=desk.shop)
    later.visitor.call_id = type(later.visitor.call_id)(int=8)
    later.turns = [turn for turn in desk.turns if not (isinstance(turn, ToolUse) and turn.call.name == "book_fitting")]
    use = await later.agreed("book_fitting", **WISH)
    assert told(use)["existing"]["time"] == "10:00" and use.say.startswith("Ви вже записані")
    assert Finding.BOOKED in use.facts.findings and len(await later.booked()) == 1


async def test_a_taken_time_is_told_as_taken_while_the_shop_does_not_tell_the_callers_bookings() -> None:
    desk = await desk_with_times()
    desk.shop.refusing["book"] = ShopRefused("slot_taken", "?")
    desk.shop.down.add("bookings_of")
    assert "taken" in told(await desk.agreed("book_fitting", **WISH))["refused"]


async def test_what_cannot_be_written_down_is_not_begun() -> None:
    desk = await desk_with_times()
    await desk.use("book_fitting", **WISH)
    desk.hears("Так")
    desk.ledger.faults.fail()
    use = await desk.use("book_fitting", **WISH)
    assert use.failed and await desk.booked() == ()


async def test_after_a_cancellation_the_same_time_is_booked_anew_and_not_believed_booked() -> None:
    desk = await desk_with_times()
    await desk.agreed("book_fitting", **WISH)
    desk.hears("Скасуйте")
    await desk.agreed("cancel_fitting", booking="B1", action="cancel")
    assert await desk.booked() == ()
    desk.hears("Ні, таки запишіть")
    await desk.agreed("book_fitting", **WISH)
    (booking,) = await desk.booked()
    assert booking.time.hour == 10


# The caller's bookings


async def test_the_callers_bookings_are_told_with_handles() -> None:
    desk = Desk(caller=SOMEBODY_ELSE)
    use = await desk.use("get_customer_bookings")
    (booking,) = told(use)["bookings"]
    assert (booking["booking"], booking["date"], booking["weekday"]) == ("B1", "2026-11-30", "понеділок")
    assert booking["car"] == "Skoda Octavia" and "bk_" not in use.result
    assert use.facts.findings == {Finding.BOOKED} and use.facts.deeds == frozenset()


async def test_somebody_without_bookings_is_told_so() -> None:
    use = await Desk().use("get_customer_bookings")
    assert told(use) == {"bookings": []} and not use.facts.findings


def test_tools_are_told_in_few_words() -> None:
    assert len(FindStations.spec.description) < 100
