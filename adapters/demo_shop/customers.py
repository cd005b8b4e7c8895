"""The demo shop's customers before the first call: orders, bookings and stored tyres of known numbers.

| number           | what the shop holds                                                          |
| ---------------- | ---------------------------------------------------------------------------- |
| +380671112233    | order 10240 on its way, with a tracking number; order 10231 delivered        |
| +380501234567    | order 10241 confirmed; a booking in Dnipro in five days at 10:00             |
| +380931234567    | order 10242 waiting for payment; stored tyres ЗБ-1042 without a debt         |
| +380661234567    | order 10243 cancelled; stored tyres ЗБ-1077 with a debt of 450 hryvnias      |
| +380991234567    | order 10244 shipped; two bookings: Kyiv in three days at 9:00, Kharkiv in nine at 14:00 |
| +380631234567    | stored tyres ЗБ-1103 and ЗБ-1104                                             |

Every other number is a new customer.  Days are counted from the day on which the database is made;
the next order that is confirmed gets the number 10245.
"""

from dataclasses import dataclass
from datetime import time

from domain.shop.catalog import TireSize
from domain.shop.fittings import Work
from domain.shop.orders import DeliveryType, OrderStatus, PaymentMethod

FIRST_ORDER_NUMBER = 10245
FIRST_BOOKING_NUMBER = 501


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    number: str
    phone: str
    name: str
    brand: str
    size: TireSize
    quantity: int
    status: OrderStatus
    payment: PaymentMethod
    delivery: DeliveryType
    city: str
    place: str
    """An address, or the id of a pick-up point."""
    days_ago: int
    arrives_in_days: int | None = None
    tracking_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBooking:
    phone: str
    name: str
    station_id: str
    in_days: int
    time: time
    work: Work
    car: str
    diameter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    number: str
    phone: str
    place: str
    items: str
    debt_kopecks: int = 0


ORDERS: tuple[PastOrder, ...] = (
    PastOrder(
        number="10231",
        phone="+380671112233",
        name="Ірина Коваленко",
        brand="Premiorri",
        size=TireSize(175, 70, 13),
        quantity=4,
        status=OrderStatus.DELIVERED,
        payment=PaymentMethod.COD,
        delivery=DeliveryType.DELIVERY,
        city="Дніпро",
        place="вул. Робоча, 152, кв. 8",
        days_ago=190,
        arrives_in_days=-188,
        tracking_number="20450731118834",
    ),
    PastOrder(
        number="10240",
        phone="+380671112233",
        name="Ірина Коваленко",
        brand="Nokian",
        size=TireSize(205, 55, 16),
        quantity=4,
        status=OrderStatus.DELIVERING,
        payment=PaymentMethod.CARD_ON_DELIVERY,
        delivery=DeliveryType.DELIVERY,
        city="Дніпро",
        place="вул. Робоча, 152, кв. 8",
        days_ago=2,
        arrives_in_days=1,
        tracking_number="20450765432198",
    ),
    PastOrder(
        number="10241",
        phone="+380501234567",
        name="Олександр Мельник",
        brand="Hankook",
        size=TireSize(195, 65, 15),
        quantity=4,
        status=OrderStatus.CONFIRMED,
        payment=PaymentMethod.COD,
        delivery=DeliveryType.PICKUP,
        city="Дніпро",
        place="pp_dnipro_1",
        days_ago=1,
        arrives_in_days=1,
    ),
    PastOrder(
        number="10242",
        phone="+380931234567",
        name="Наталія Бондар",
        brand="Michelin",
        size=TireSize(205, 55, 16),
        quantity=2,
        status=OrderStatus.PENDING,
        payment=PaymentMethod.ONLINE,
        delivery=DeliveryType.DELIVERY,
        city="Київ",
        place="вул. Саксаганського, 44",
        days_ago=1,
        arrives_in_days=3,
    ),
    PastOrder(
        number="10243",
        phone="+380661234567",
        name="Сергій Ткаченко",
        brand="Rosava",
        size=TireSize(185, 65, 15),
        quantity=4,
        status=OrderStatus.CANCELLED,
        payment=PaymentMethod.COD,
        delivery=DeliveryType.PICKUP,
        city="Харків",
        place="pp_kharkiv_1",
        days_ago=6,
    ),
    PastOrder(
        number="10244",
        phone="+380991234567",
        name="Марина Шевчук",
        brand="Continental",
        size=TireSize(205, 55, 16),
        quantity=4,
        status=OrderStatus.SHIPPED,
        payment=PaymentMethod.ONLINE,
        delivery=DeliveryType.DELIVERY,
        city="Запоріжжя",
        place="просп. Соборний, 12, кв. 30",
        days_ago=1,
        arrives_in_days=2,
        tracking_number="20450770011223",
    ),
)

BOOKINGS: tuple[PastBooking, ...] = (
    PastBooking(
        phone="+380501234567",
        name="Олександр Мельник",
        station_id="st_dnipro_peremoha",
        in_days=5,
        time=time(10),
        work=Work.TIRE_CHANGE,
        car="Skoda Octavia",
        diameter=15,
    ),
    PastBooking(
        phone="+380991234567",
        name="Марина Шевчук",
        station_id="st_kyiv_pozniaky",
        in_days=3,
        time=time(9),
        work=Work.FULL_SERVICE,
        car="Toyota Corolla",
        diameter=16,
    ),
    PastBooking(
        phone="+380991234567",
        name="Марина Шевчук",
        station_id="st_kharkiv_saltivka",
        in_days=9,
        time=time(14),
        work=Work.BALANCING,
        car="Toyota Corolla",
        diameter=16,
    ),
)

STORAGE: tuple[Stored, ...] = (
    Stored(
        number="ЗБ-1042",
        phone="+380931234567",
        place="Київ, склад на Здолбунівській, ряд 4, місце 17",
        items="4 шини Michelin Primacy 4+ 205/55 R16",
    ),
    Stored(
        number="ЗБ-1077",
        phone="+380661234567",
        place="Харків, склад на Салтівці, ряд 2, місце 5",
        items="4 колеса з дисками Matador MP 93 Nordicca 185/65 R15",
        debt_kopecks=450_00,
    ),
    Stored(
        number="ЗБ-1103",
        phone="+380631234567",
        place="Дніпро, склад на Набережній Перемоги, ряд 1, місце 9",
        items="4 шини Hankook Winter i*cept RS3 W462 195/65 R15",
    ),
    Stored(
        number="ЗБ-1104",
        phone="+380631234567",
        place="Дніпро, склад на Набережній Перемоги, ряд 1, місце 10",
        items="4 шини Kumho Ecsta HS52 195/65 R15",
        debt_kopecks=120_00,
    ),
)
