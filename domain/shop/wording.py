"""How the agent's own sentences name what the shop sells, costs and does: figures as figures, in the caller's language.

What is rendered here is read out word for word, so that no model can misread
an amount, a date or an address.
"""

from datetime import date

from domain.money import Money
from domain.phrases import Language
from domain.shop.catalog import Tire
from domain.shop.orders import DeliveryType, Order, OrderItem, PaymentMethod, PickupPoint

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "uk": ("понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "uk": tuple("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня".split()),
    "en": tuple("January February March April May June July August September October November December".split()),
}
_PAYMENTS: dict[Language, dict[PaymentMethod, str]] = {
    "uk": {
        PaymentMethod.COD: "оплата готівкою при отриманні",
        PaymentMethod.ONLINE: "оплата онлайн",
        PaymentMethod.CARD_ON_DELIVERY: "оплата карткою при отриманні",
    },
    "en": {
        PaymentMethod.COD: "cash on delivery",
        PaymentMethod.ONLINE: "payment online",
        PaymentMethod.CARD_ON_DELIVERY: "payment by card on delivery",
    },
}
_TIRES = ("шина", "шини", "шин")


def weekday(day: date, language: Language) -> str:
    return _WEEKDAYS[language][day.weekday()]


def day_and_month(day: date, language: Language) -> str:
    """Return `26 листопада`."""
    return f"{day.day} {_MONTHS[language][day.month - 1]}"


def day_in_words(day: date, language: Language) -> str:
    """Return `26 листопада, четвер`."""
    return f"{day_and_month(day, language)}, {weekday(day, language)}"


def amount(money: Money, language: Language) -> str:
    return str(money) if language == "uk" else f"{money.amount} hryvnias"


def counted(count: int, forms: tuple[str, str, str]) -> str:
    """Return a count with the form of the noun that Ukrainian asks for: one, few, many."""
    ones, tens = count % 10, count % 100
    if ones == 1 and tens != 11:
        form = forms[0]
    elif ones in (2, 3, 4) and tens not in (12, 13, 14):
        form = forms[1]
    else:
        form = forms[2]
    return f"{count} {form}"


def tires_counted(count: int, language: Language) -> str:
    if language == "uk":
        return counted(count, _TIRES)
    return f"{count} tyre" if count == 1 else f"{count} tyres"


def item_in_words(item: OrderItem, tire: Tire, language: Language) -> str:
    """Return `4 шини Michelin X-Ice Snow 205/55 R16`."""
    return f"{tires_counted(item.quantity, language)} {tire.name} {tire.size}"


def where_to(order: Order, point: PickupPoint | None, language: Language) -> str:
    """Return how an order reaches the customer, and where."""
    delivery = order.delivery
    if delivery is None:
        return ""
    if delivery.type is DeliveryType.PICKUP:
        place = f"{point.city}, {point.name}, {point.address}" if point else delivery.city or ""
        return f"самовивіз: {place}" if language == "uk" else f"pick-up at {place}"
    place = ", ".join(part for part in (delivery.city, delivery.address) if part)
    return f"доставка: {place}" if language == "uk" else f"delivery to {place}"


def order_read_back(
    order: Order,
    items: str,
    where: str,
    *,
    payment: PaymentMethod,
    customer_name: str,
    language: Language,
) -> str:
    """Return what the caller is asked to agree to before an order is placed."""
    paid, total = _PAYMENTS[language][payment], amount(order.total, language)
    if language == "uk":
        return f"Отже, {items}, {where}, разом {total}, {paid}, на ім'я {customer_name}. Оформлюємо?"
    return f"So, {items}, {where}, {total} in total, {paid}, for {customer_name}. Shall I place the order?"


def order_placed(order: Order, language: Language) -> str:
    """Return what is said when the shop has taken an order; its number comes early, so that it is heard."""
    arrives = order.estimated_delivery
    if language == "uk":
        when = f", орієнтовно {day_and_month(arrives, language)}" if arrives else ""
        return f"Готово! Замовлення номер {order.order_number} оформлено{when}. Чим ще допомогти?"
    when = f", expected on {day_and_month(arrives, language)}" if arrives else ""
    return f"Done! Your order number {order.order_number} is placed{when}. Anything else?"
