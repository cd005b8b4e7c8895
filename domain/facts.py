"""What a call knows to be true: from the shop's answers, and from the caller's own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from domain.money import Money


class Deed(Enum):
    """What the agent may have done; said to be done only on the shop's answer."""

    ORDERED = "ordered"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"
    CALLBACK = "callback"
    """A callback request is noted."""
    SAVED = "saved"
    """The customer's profile is changed, a delivery is set, a draft is made."""
    HANDED_OVER = "handed_over"


class Finding(Enum):
    """What was found to be so, by nobody's doing in this call."""

    CONFIRMED = "confirmed"
    """An order that was made earlier."""
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    BOOKED = "booked"
    """A fitting that was booked earlier."""
    FREE_TIMES = "free_times"
    NO_FREE_TIMES = "no_free_times"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    amounts: frozenset[Money] = frozenset()
    """Prices, totals, costs, debts."""
    quantities: frozenset[int] = frozenset()
    """Pieces in stock or ordered, days of delivery, minutes: whatever is counted."""
    in_stock: bool | None = None
    """Whether the last goods that were looked up are there; None when none were."""
    dates: frozenset[date] = frozenset()
    times: frozenset[time] = frozenset()
    addresses: frozenset[str] = frozenset()
    """Streets and house numbers as the shop writes them."""
    numbers: frozenset[str] = frozenset()
    """Of orders, bookings, contracts, parcels, telephones: letters and digits, no spaces."""
    deeds: frozenset[Deed] = frozenset()
    findings: frozenset[Finding] = frozenset()
    said: tuple[str, ...] = ()
    """What the caller said, word for word: figures of his may be said back, not promised."""
    articles: frozenset[str] = frozenset()
    """Texts of the shop, word for word: their sentences may be said as they stand."""

    def __or__(self, later: "Facts") -> "Facts":
        return Facts(
            amounts=self.amounts | later.amounts,
            quantities=self.quantities | later.quantities,
            in_stock=self.in_stock if later.in_stock is None else later.in_stock,
            dates=self.dates | later.dates,
            times=self.times | later.times,
            addresses=self.addresses | later.addresses,
            numbers=self.numbers | later.numbers,
            deeds=self.deeds | later.deeds,
            findings=self.findings | later.findings,
            said=(*self.said, *later.said),
            articles=self.articles | later.articles,
        )

    def plainly(self) -> Mapping[str, object]:
        """Return what there is of it, as JSON knows it; without whole texts, which are kept where they came from."""
        lists: Mapping[str, Sequence[object]] = {
            "amounts": [str(money.amount) for money in sorted(self.amounts)],
            "quantities": sorted(self.quantities),
            "dates": [day.isoformat() for day in sorted(self.dates)],
            "times": [f"{at:%H:%M}" for at in sorted(self.times)],
            "addresses": sorted(self.addresses),
            "numbers": sorted(self.numbers),
            "deeds": sorted(deed.value for deed in self.deeds),
            "findings": sorted(finding.value for finding in self.findings),
        }
        known: dict[str, object] = {name: values for name, values in lists.items() if values}
        return known if self.in_stock is None else known | {"in_stock": self.in_stock}

    @classmethod
    def named_in(cls, plainly: Mapping[str, object]) -> "Facts":
        """Return the figures and places that stood there; what was there, found or done then may not be so now."""
        lists = {name: [str(value) for value in values] for name, values in plainly.items() if isinstance(values, list)}
        return cls(
            amounts=frozenset(Money.hryvnias(amount) for amount in lists.get("amounts", ())),
            dates=frozenset(date.fromisoformat(day) for day in lists.get("dates", ())),
            times=frozenset(time.fromisoformat(at) for at in lists.get("times", ())),
            addresses=frozenset(lists.get("addresses", ())),
            numbers=frozenset(lists.get("numbers", ())),
        )


NOTHING = Facts()
