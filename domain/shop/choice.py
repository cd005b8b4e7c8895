"""Which of many tyres are told to a caller, who cannot remember more than three."""

from collections.abc import Sequence

from domain.shop.catalog import Tire

MOST_SPOKEN = 3
_SET = 4
"""Tyres that a car needs."""


def for_sale(tires: Sequence[Tire]) -> tuple[Tire, ...]:
    """Return those that may be offered: none without a price, none sold out."""
    return tuple(tire for tire in tires if tire.in_stock and tire.price.kopecks > 0)


def in_sets(tires: Sequence[Tire]) -> tuple[Tire, ...]:
    """Return those of which there is a set for a car; all, where there is none of that kind."""
    return tuple(tire for tire in tires if tire.stock_quantity >= _SET) or tuple(tires)


def diverse(tires: Sequence[Tire], most: int = MOST_SPOKEN) -> tuple[Tire, ...]:
    """Return tyres that differ in price and brand, the cheapest first."""
    rest = sorted(tires, key=lambda tire: tire.price)
    if len(rest) <= most:
        return tuple(rest)
    chosen: list[Tire] = []
    for place in range(most):
        wanted = rest[place * (len(rest) - 1) // max(1, most - 1)].price.kopecks
        brands = {tire.brand for tire in chosen}
        left = [tire for tire in rest if tire not in chosen]
        other = [tire for tire in left if tire.brand not in brands] or left
        chosen.append(min(other, key=lambda tire: abs(tire.price.kopecks - wanted)))
    return tuple(sorted(chosen, key=lambda tire: tire.price))
