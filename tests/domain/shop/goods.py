"""Tyres and orders for tests."""

from datetime import date

from domain.money import Money
from domain.shop.catalog import Season, Tire, TireSize
from domain.shop.orders import Order, OrderItem, OrderStatus

TODAY = date(2026, 11, 25)


def tire(number: int = 1, *, brand: str = "Nokian", model: str = "R5", price: int = 3000, stock: int = 8) -> Tire:
    return Tire(
        id=f"tire_{number}",
        brand=brand,
        model=model,
        size=TireSize(205, 55, 16),
        season=Season.WINTER,
        load_index="94",
        speed_index="T",
        price=Money.hryvnias(price),
        stock_quantity=stock,
    )


def order(status: OrderStatus = OrderStatus.DRAFT, *, number: str | None = None, made: date | None = TODAY) -> Order:
    return Order(
        id=f"order_{number or 'draft'}",
        order_number=number,
        status=status,
        status_label=status.value,
        total=Money.hryvnias(12_120),
        subtotal=Money.hryvnias(12_000),
        items=(OrderItem("tire_1", 4),),
        created_on=made,
    )
