"""Money of this country: whole kopecks, so that sums are exact."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_KOPECKS = 100


@dataclass(frozen=True, slots=True, order=True)
class Money:
    kopecks: int

    @classmethod
    def hryvnias(cls, amount: int | str | Decimal) -> "Money":
        """Read an amount in hryvnias, as the shop writes it: `2141`, `"2141.50"`."""
        kopecks = (Decimal(amount) * _KOPECKS).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return cls(int(kopecks))

    @property
    def amount(self) -> Decimal:
        """Hryvnias, with kopecks behind the point only where there are any."""
        whole, kopecks = divmod(self.kopecks, _KOPECKS)
        return Decimal(self.kopecks) / _KOPECKS if kopecks else Decimal(whole)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.kopecks + other.kopecks)

    def __mul__(self, times: int) -> "Money":
        return Money(self.kopecks * times)

    def __str__(self) -> str:
        return f"{self.amount} грн"
