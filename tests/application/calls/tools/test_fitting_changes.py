"""Cancelling and moving a fitting: after a yes, the new time first, and no word that is not so."""

import json
from dataclasses import replace
from typing import Any

import pytest

from application.ports.shop import NotFound, ShopRefused
from domain.facts import Deed, Finding
from domain.shop.events import BookingsFound
from domain.shop.fittings import Work
from domain.transcript import ToolCall, ToolUse
from domain.visit.promise import PromiseState
from domain.visit.visit import visit_of
from tests.application.calls.tools.fitting_desk import SOMEBODY_ELSE, TOMORROW, Desk

pytestmark = pytest.mark.anyio

CANCEL = {"booking": "B1", "action": "cancel"}
MOVE = {"booking": "B1", "action": "reschedule", "new_slot": "L1"}


def told(use: ToolUse) -> dict[str, Any]:
    assert not use.failed, use.result
    fields = json.loads(use.result)
    assert isinstance(fields, dict)
    return fields


async def desk_with_booking(*, times: tuple[str, ...] = ("10:00", "12:30"), **made: Any) -> Desk:
    """A caller who has a booking on 30 November, and is told of free times tomorrow."""
    desk = Desk(caller=SOMEBODY_ELSE, **made)
    desk.free(TOMORROW, *times)
    await desk.use("get_customer_bookings")
    await desk.use("get_fitting_slots", station="B1", date_from="2026-11-26")
    await desk.use("update_customer_profile", name="Олександр")
    desk.shop.asked.clear()
    return desk


# Cancelling


async def test_a_cancellation_is_read_out_and_agreed_to() -> None:
    desk = await desk_with_booking()
    use = await desk.use("cancel_fitting", **CANCEL)
    assert use.say.startswith("Скасовую ваш запис на 30 листопада, понеділок, о 10:00") and use.say.endswith("?")
    assert len(await desk.booked()) == 1 and Deed.CANCELLED not in use.facts.deeds
    desk.hears("Так")
    use = await desk.use("cancel_fitting", **CANCEL)
    assert use.say == "Готово! Ваш запис на 30 листопада, 10:00, скасовано. Чим ще допомогти?"
    assert await desk.booked() == () and Deed.CANCELLED in use.facts.deeds
    assert told(use)["cancelled"]["booking"] == "B1"
    (promise,) = desk.ledger.promises.values()
    assert (promise.state, promise.text) == (PromiseState.DONE, use.say)


async def test_without_a_yes_nothing_is_cancelled() -> None:
    desk = await desk_with_booking()
    await desk.use("cancel_fitting", **CANCEL)
    desk.hears("Ні")
    assert (await desk.use("cancel_fitting", **CANCEL)).say.endswith("Скасувати?")
    assert len(await desk.booked()) == 1


async def test_what_is_cancelled_is_not_cancelled_again() -> None:
    desk = await desk_with_booking()
    await desk.agreed("cancel_fitting", **CANCEL)
    use = await desk.use("cancel_fitting", **CANCEL)
    assert use.failed and "already" in use.result


@pytest.mark.parametrize(
    ("arguments", "told_so"),
    [
        ({"action": "cancel"}, "get_customer_bookings"),
        ({"booking": "B7", "action": "cancel"}, "one of: B1"),
        ({"booking": "B1"}, "cancel it, or move it"),
        ({"booking": "B1", "action": "forget"}, "cancel, reschedule"),
        ({"booking": "B1", "action": "reschedule"}, "get_fitting_slots"),
    ],
)
async def test_what_is_missing_or_wrong_is_told_to_the_model(arguments: dict[str, object], told_so: str) -> None:
    desk = await desk_with_booking()
    use = await desk.use("cancel_fitting", **arguments)
    assert use.failed and told_so in use.result


async def test_bookings_that_were_not_looked_up_are_nobodys() -> None:
    use = await Desk(caller=SOMEBODY_ELSE).use("cancel_fitting", **CANCEL)
    assert use.failed and "none was offered yet" in use.result


async def test_a_booking_that_the_shop_has_no_more_is_not_called_cancelled_by_us() -> None:
    desk = await desk_with_booking()
    desk.shop.refusing["cancel"] = NotFound("?")
    use = await desk.agreed("cancel_fitting", **CANCEL)
    assert "nothing is left" in told(use)["next"] and not use.say
    assert use.facts.findings == {Finding.CANCELLED} and use.facts.deeds == frozenset()
    assert visit_of(desk.turns).proposal is None


async def test_a_cancellation_that_the_shop_refuses_is_told_so() -> None:
    desk = await desk_with_booking()
    desk.shop.refusing["cancel"] = ShopRefused("too_late", "Too late.")
    use = await desk.agreed("cancel_fitting", **CANCEL)
    assert told(use) == {"refused": "Too late.", "next": "it is NOT cancelled: say so and offer an operator"}
    (promise,) = desk.ledger.promises.values()
    assert promise.state is PromiseState.FAILED and visit_of(desk.turns).proposal is None


async def test_a_cancellation_without_an_answer_is_not_called_done_and_may_be_asked_for_again() -> None:
    desk = await desk_with_booking()
    desk.shop.lost.add("cancel")
    use = await desk.agreed("cancel_fitting", **CANCEL)
    assert use.failed and "NOT known" in use.result
    desk.hears("Ну спробуйте ще")
    assert (await desk.use("cancel_fitting", **CANCEL)).say.startswith("Готово")
    assert await desk.booked() == ()


# Moving


async def test_the_new_time_is_booked_before_the_old_one_is_cancelled() -> None:
    desk = await desk_with_booking()
    use = await desk.use("cancel_fitting", **MOVE)
    assert use.say.startswith("Переношу ваш запис: замість 30 листопада, понеділок, о 10:00, новий час 26 листопада")
    assert desk.shop.asked == []
    desk.hears("Так")
    use = await desk.use("cancel_fitting", **MOVE)
    assert desk.shop.asked == ["book", "cancel"]
    (booking,) = await desk.booked()
    assert booking.date == TOMORROW and booking.car == "Skoda Octavia"
    assert use.say.startswith("Готово! Запис перенесено на 26 листопада, четвер, о 10:00")
    assert {Deed.RESCHEDULED, Deed.BOOKED} <= use.facts.deeds
    assert told(use)["booking"]["booking"] == "B2" and told(use)["old"] == "cancelled"
    assert visit_of(desk.turns).cancelled and visit_of(desk.turns).proposal is None
    (promise,) = desk.ledger.promises.values()
    assert (promise.deed, promise.state, promise.number) == (Deed.RESCHEDULED, PromiseState.DONE, booking.id)


async def test_a_booking_is_moved_with_all_that_belongs_to_it() -> None:
    desk = await desk_with_booking()
    (booking,) = visit_of(desk.turns).bookings
    whole = replace(booking, work=Work.BALANCING, tire_diameter=17, storage_contract="ЗБ-1042")
    desk.turns.append(ToolUse(ToolCall("0", "get_customer_bookings", {}), "{}", events=(BookingsFound((whole,)),)))
    await desk.agreed("cancel_fitting", **MOVE)
    (wish,) = desk.shop.wishes
    assert (wish.work, wish.tire_diameter, wish.storage_contract) == (Work.BALANCING, 17, "ЗБ-1042")
    assert (wish.customer_name, wish.car) == ("Олександр", "Skoda Octavia")


async def test_without_a_yes_nothing_is_moved() -> None:
    desk = await desk_with_booking()
    await desk.use("cancel_fitting", **MOVE)
    desk.hears("Ні, почекайте")
    assert (await desk.use("cancel_fitting", **MOVE)).say.endswith("Все вірно?")
    assert desk.shop.asked == []


async def test_another_new_time_is_read_out_anew() -> None:
    desk = await desk_with_booking()
    await desk.use("cancel_fitting", **MOVE)
    desk.hears("Так")
    assert "о 12:30" in (await desk.use("cancel_fitting", **{**MOVE, "new_slot": "L2"})).say
    assert desk.shop.asked == []


async def test_when_the_new_time_is_taken_the_old_one_stays() -> None:
    desk = await desk_with_booking()
    await desk.use("cancel_fitting", **MOVE)
    desk.hears("Так")
    desk.free(TOMORROW, "12:30")
    use = await desk.use("cancel_fitting", **MOVE)
    assert "NOT booked" in told(use)["refused"] and "cancel" not in desk.shop.asked
    (booking,) = await desk.booked()
    assert booking.date.day == 30


async def test_when_the_shop_does_not_answer_the_old_time_stays() -> None:
    desk = await desk_with_booking()
    desk.shop.down.add("book")
    use = await desk.agreed("cancel_fitting", **MOVE)
    assert use.failed and "NOT known" in use.result and "cancel" not in desk.shop.asked


async def test_a_lost_answer_moves_once() -> None:
    desk = await desk_with_booking()
    desk.shop.lost.add("book")
    await desk.agreed("cancel_fitting", **MOVE)
    desk.hears("Давайте ще раз")
    assert (await desk.use("cancel_fitting", **MOVE)).say.startswith("Готово")
    assert len(await desk.booked()) == 1


@pytest.mark.parametrize("trouble", ["refused", "down"])
async def test_an_old_time_that_cannot_be_cancelled_is_told_as_it_is_and_given_to_an_operator(trouble: str) -> None:
    desk = await desk_with_booking()
    if trouble == "down":
        desk.shop.down.add("cancel")
    else:
        desk.shop.refusing["cancel"] = ShopRefused("too_late", "?")
    use = await desk.agreed("cancel_fitting", **MOVE)
    assert "Ви записані на новий час: 26 листопада" in use.say
    assert "30 листопада, 10:00, система не підтвердила. Це закінчить оператор." in use.say
    assert Deed.CANCELLED not in use.facts.deeds and Deed.RESCHEDULED not in use.facts.deeds
    assert {Deed.BOOKED, Deed.CALLBACK} <= use.facts.deeds
    assert len(await desk.booked()) == 2 and visit_of(desk.turns).cancelled == frozenset()
    (request,) = desk.callbacks.callbacks.values()
    assert request.number == SOMEBODY_ELSE and "2026-11-30 10:00" in request.note


async def test_what_no_operator_could_be_told_is_offered_to_one_now() -> None:
    desk = await desk_with_booking(language="en")
    desk.shop.down.add("cancel")
    await desk.use("cancel_fitting", **MOVE)
    desk.hears("Yes")
    desk.callbacks.faults.fail()
    use = await desk.use("cancel_fitting", **MOVE)
    assert use.say.endswith("Shall I put you through to an operator for that?")
    assert "transfer_to_operator" in told(use)["next"] and Deed.CALLBACK not in use.facts.deeds


async def test_an_old_time_that_is_gone_already_is_as_good_as_cancelled() -> None:
    desk = await desk_with_booking()
    desk.shop.refusing["cancel"] = NotFound("?")
    assert (await desk.agreed("cancel_fitting", **MOVE)).say.startswith("Готово! Запис перенесено")


async def test_a_booking_is_not_moved_to_where_it_is() -> None:
    desk = await desk_with_booking()
    await desk.agreed("cancel_fitting", **MOVE)
    use = await desk.use("cancel_fitting", **{**MOVE, "booking": "B2"})
    assert use.failed and "at that time already" in use.result


async def test_the_name_is_asked_for_when_nobody_knows_it() -> None:
    desk = Desk(caller=SOMEBODY_ELSE)
    desk.free(TOMORROW, "10:00")
    await desk.use("get_customer_bookings")
    await desk.use("get_fitting_slots", station="B1", date_from="2026-11-26")
    use = await desk.use("cancel_fitting", **MOVE)
    assert use.failed and "update_customer_profile" in use.result


async def test_in_english_it_is_read_out_in_english() -> None:
    desk = await desk_with_booking(language="en")
    assert (await desk.use("cancel_fitting", **MOVE)).say.startswith("I am moving your booking: instead of 30 November")
    desk.hears("Yes")
    assert (await desk.use("cancel_fitting", **MOVE)).say.startswith("Done! Your booking is moved to 26 November")
    assert (await desk.use("cancel_fitting", booking="B2", action="cancel")).say.startswith("I am cancelling")
    desk.hears("Yes")
    use = await desk.use("cancel_fitting", booking="B2", action="cancel")
    assert use.say == "Done! Your booking for 26 November, 10:00, is cancelled. Anything else?"
