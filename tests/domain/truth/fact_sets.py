"""What is known at some points of some calls."""

from datetime import date, time

from domain.facts import NOTHING, Deed, Facts, Finding
from domain.money import Money

TODAY = date(2026, 11, 25)
"""A Wednesday."""
_TOMORROW, _FRIDAY, _SATURDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 28)


def hryvnias(*amounts: int) -> frozenset[Money]:
    return frozenset(Money.hryvnias(amount) for amount in amounts)


_DRAFT = Facts(
    amounts=hryvnias(2141, 8564, 120, 8684),
    quantities=frozenset({4, 2}),
    addresses=frozenset({"вул. Хрещатик, 22"}),
    deeds=frozenset({Deed.SAVED}),
    said=("чотири штуки", "доставка в Київ на Хрещатик двадцять два"),
)
_NUMBERED = Facts(numbers=frozenset({"10245"}), dates=frozenset({_SATURDAY}))
_SLOTS = Facts(
    dates=frozenset({_TOMORROW, _FRIDAY}),
    times=frozenset({time(10), time(10, 30), time(14, 30)}),
    addresses=frozenset(
        {"Дніпро, Центр, просп. Дмитра Яворницького, 50", "Дніпро, Перемога, вул. Набережна Перемоги, 86а"}
    ),
    numbers=frozenset({"0567901234"}),
    findings=frozenset({Finding.FREE_TIMES}),
    said=("запишіть мене в Дніпрі на завтра на ранок",),
)

FACTS = {
    "none": NOTHING,
    "search": Facts(
        amounts=hryvnias(2141, 2890, 3450),
        quantities=frozenset({8, 12, 17}),
        in_stock=True,
        said=("шукаю зимові шини двісті п'ять п'ятдесят п'ять шістнадцять до трьох тисяч", "чотири штуки"),
    ),
    "soldout": Facts(quantities=frozenset({0}), in_stock=False, dates=frozenset({date(2026, 12, 1)})),
    "draft": _DRAFT,
    "ordered": _DRAFT | _NUMBERED | Facts(deeds=frozenset({Deed.ORDERED})),
    "status": _NUMBERED
    | Facts(
        amounts=hryvnias(8684),
        numbers=frozenset({"20450012345678"}),
        findings=frozenset({Finding.CONFIRMED, Finding.SHIPPED}),
    ),
    "slots": _SLOTS,
    "booked": _SLOTS | Facts(amounts=hryvnias(600), quantities=frozenset({40}), deeds=frozenset({Deed.BOOKED})),
    "bookings": Facts(
        dates=frozenset({_FRIDAY}), times=frozenset({time(14, 30)}), findings=frozenset({Finding.BOOKED})
    ),
    "cancelled": Facts(dates=frozenset({_FRIDAY}), deeds=frozenset({Deed.CANCELLED})),
    "moved": Facts(
        dates=frozenset({_FRIDAY}), times=frozenset({time(10)}), deeds=frozenset({Deed.RESCHEDULED, Deed.CANCELLED})
    ),
    "callback": Facts(
        deeds=frozenset({Deed.CALLBACK}),
        numbers=frozenset({"380671234567", "0671234567"}),
        dates=frozenset({_TOMORROW}),
        times=frozenset({time(10)}),
    ),
    "storage": Facts(amounts=hryvnias(350), numbers=frozenset({"7712"}), quantities=frozenset({4})),
    "wish": Facts(
        said=(
            "можна завтра о десятій",
            "мій номер нуль шістдесят сім сто двадцять три сорок п'ять шістдесят сім",
            "0671234567",
            "за дві тисячі віддасте вісім штук і доставите завтра",
            "хрещатик двадцять два квартира п'ять",
        )
    ),
}
