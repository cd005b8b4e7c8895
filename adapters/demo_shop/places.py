"""Where the demo shop works: cities, fitting stations, pick-up points, and what a delivery costs.

`DELIVERY` holds more cities than those with stations: a parcel goes further than a van.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.shop.fittings import Work

KYIV = ZoneInfo("Europe/Kyiv")
"""The shop's clock."""

_ALL = (Work.TIRE_CHANGE, Work.BALANCING, Work.FULL_SERVICE)
_NO_BALANCING = (Work.TIRE_CHANGE, Work.FULL_SERVICE)
_QUICK = (Work.TIRE_CHANGE, Work.BALANCING)

CITIES = ("Дніпро", "Київ", "Запоріжжя", "Харків", "Черкаси")
"""Those with fitting stations and pick-up points."""

_ALIASES = {
    "Дніпро": "днепр дніпропетровськ днепропетровск dnipro dnepr",
    "Київ": "киев kyiv kiev",
    "Запоріжжя": "запорожье zaporizhzhia zaporizhia zaporozhye",
    "Харків": "харьков kharkiv kharkov",
    "Черкаси": "черкассы cherkasy",
    "Львів": "львов lviv",
    "Одеса": "одесса odesa odessa",
    "Полтава": "poltava",
    "Вінниця": "винница vinnytsia",
    "Кривий Ріг": "кривой-рог kryvyi-rih",
    "Кременчук": "кременчуг kremenchuk",
    "Житомир": "zhytomyr",
    "Суми": "сумы sumy",
    "Рівне": "ровно rivne",
    "Тернопіль": "тернополь ternopil",
}


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "-").replace("`", "'").replace("’", "'")


_BY_NAME = {
    **{_plain(city): city for city in _ALIASES},
    **{alias: city for city, aliases in _ALIASES.items() for alias in aliases.split()},
}


def city_named(name: str) -> str | None:
    """Return the shop's own name of a city, told in Ukrainian, Russian or Latin letters."""
    return _BY_NAME.get(_plain(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class StationPlace:
    id: str
    name: str
    city: str
    district: str
    address: str
    phone: str
    working_hours: str = "щодня 9:00–18:00"
    services: tuple[Work, ...] = _ALL
    step_minutes: int = 30
    """From the start of one slot to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupPlace:
    id: str
    name: str
    city: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class DeliveryTerms:
    kopecks: int
    days: int


DELIVERY: dict[str, DeliveryTerms] = {
    "Дніпро": DeliveryTerms(150_00, 1),
    "Київ": DeliveryTerms(240_00, 2),
    "Запоріжжя": DeliveryTerms(180_00, 1),
    "Харків": DeliveryTerms(220_00, 2),
    "Черкаси": DeliveryTerms(200_00, 2),
    "Львів": DeliveryTerms(320_00, 3),
    "Одеса": DeliveryTerms(280_00, 2),
    "Полтава": DeliveryTerms(190_00, 2),
    "Вінниця": DeliveryTerms(260_00, 2),
    "Кривий Ріг": DeliveryTerms(170_00, 1),
    "Кременчук": DeliveryTerms(175_50, 2),
    "Житомир": DeliveryTerms(270_00, 3),
    "Суми": DeliveryTerms(250_00, 3),
    "Рівне": DeliveryTerms(300_00, 3),
    "Тернопіль": DeliveryTerms(310_00, 3),
}
PICKUP = DeliveryTerms(0, 1)

STATIONS: tuple[StationPlace, ...] = (
    StationPlace(
        id="st_dnipro_peremoha",
        name="Шинний центр «Перемога»",
        city="Дніпро",
        district="Соборний",
        address="вул. Набережна Перемоги, 86Б (навпроти ТРЦ «Наша Правда»)",
        phone="+380562001101",
    ),
    StationPlace(
        id="st_dnipro_slobozhanskyi",
        name="Шинний центр «Лівобережний»",
        city="Дніпро",
        district="Індустріальний",
        address="просп. Слобожанський, 31Д (біля ТРЦ «Караван»)",
        phone="+380562001102",
        step_minutes=60,
    ),
    StationPlace(
        id="st_dnipro_diivka",
        name="Шинний центр «Діївка»",
        city="Дніпро",
        district="Шевченківський",
        address="вул. Велика Діївська, 40 (поруч з АЗС ОККО)",
        phone="+380562001103",
    ),
    StationPlace(
        id="st_dnipro_zaporizke",
        name="Шинний центр «Південний»",
        city="Дніпро",
        district="Чечелівський",
        address="Запорізьке шосе, 37 (поруч з «Епіцентром»)",
        phone="+380562001104",
        services=_QUICK,
    ),
    StationPlace(
        id="st_kyiv_troieshchyna",
        name="Шинний центр «Троєщина»",
        city="Київ",
        district="Деснянський",
        address="вул. Оноре де Бальзака, 65/1 (біля ринку «Троєщина»)",
        phone="+380442001105",
    ),
    StationPlace(
        id="st_kyiv_pozniaky",
        name="Шинний центр «Позняки»",
        city="Київ",
        district="Дарницький",
        address="вул. Здолбунівська, 7Г (біля метро «Позняки»)",
        phone="+380442001106",
        step_minutes=60,
    ),
    StationPlace(
        id="st_kyiv_vidradnyi",
        name="Шинний центр «Відрадний»",
        city="Київ",
        district="Солом'янський",
        address="просп. Відрадний, 95 (поруч з аеропортом «Київ»)",
        phone="+380442001107",
    ),
    StationPlace(
        id="st_kyiv_petrivka",
        name="Шинний центр «Петрівка»",
        city="Київ",
        district="Оболонський",
        address="просп. Степана Бандери, 21 (біля метро «Почайна»)",
        phone="+380442001108",
        services=_QUICK,
    ),
    StationPlace(
        id="st_zaporizhzhia_sobornyi",
        name="Шинний центр «Соборний»",
        city="Запоріжжя",
        district="Вознесенівський",
        address="просп. Соборний, 175 (біля площі Фестивальної)",
        phone="+380612001109",
    ),
    StationPlace(
        id="st_zaporizhzhia_khortytsia",
        name="Шинний центр «Хортицький»",
        city="Запоріжжя",
        district="Хортицький",
        address="вул. Новгородська, 7 (біля ринку «Хортицький»)",
        phone="+380612001110",
        step_minutes=60,
    ),
    StationPlace(
        id="st_zaporizhzhia_shevchenko",
        name="Шинний центр «Шевченківський»",
        city="Запоріжжя",
        district="Шевченківський",
        address="вул. Чарівна, 74 (поруч з автовокзалом)",
        phone="+380612001111",
        services=_NO_BALANCING,
    ),
    StationPlace(
        id="st_kharkiv_saltivka",
        name="Шинний центр «Салтівка»",
        city="Харків",
        district="Салтівський",
        address="вул. Академіка Павлова, 120 (біля ТРЦ «Україна»)",
        phone="+380572001112",
    ),
    StationPlace(
        id="st_kharkiv_airport",
        name="Шинний центр «Аеропорт»",
        city="Харків",
        district="Слобідський",
        address="просп. Аерокосмічний, 181 (по дорозі до аеропорту)",
        phone="+380572001113",
        step_minutes=60,
    ),
    StationPlace(
        id="st_cherkasy_center",
        name="Шинний центр «Смілянський»",
        city="Черкаси",
        district="Центр",
        address="вул. Смілянська, 120 (біля ТРЦ «Любава»)",
        phone="+380472001114",
    ),
    StationPlace(
        id="st_cherkasy_pivdennyi",
        name="Шинний центр «Південний Захід»",
        city="Черкаси",
        district="Південно-Західний",
        address="вул. 30-річчя Перемоги, 38 (поруч з міським автодромом)",
        phone="+380472001115",
        services=_QUICK,
    ),
)

_SHOP_HOURS = "Пн–Сб 9:00–19:00, Нд 10:00–17:00"

PICKUP_POINTS: tuple[PickupPlace, ...] = (
    PickupPlace(
        id="pp_dnipro_1",
        name="Магазин на Набережній",
        city="Дніпро",
        address="вул. Набережна Перемоги, 86Б",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_dnipro_2",
        name="Магазин на Слобожанському",
        city="Дніпро",
        address="просп. Слобожанський, 31Д",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_dnipro_3",
        name="Склад «Південний»",
        city="Дніпро",
        address="Запорізьке шосе, 37",
        hours="Пн–Пт 9:00–18:00",
    ),
    PickupPlace(
        id="pp_kyiv_1",
        name="Магазин на Троєщині",
        city="Київ",
        address="вул. Оноре де Бальзака, 65/1",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_kyiv_2", name="Магазин на Позняках", city="Київ", address="вул. Здолбунівська, 7Г", hours=_SHOP_HOURS
    ),
    PickupPlace(
        id="pp_kyiv_3", name="Магазин на Відрадному", city="Київ", address="просп. Відрадний, 95", hours=_SHOP_HOURS
    ),
    PickupPlace(
        id="pp_zaporizhzhia_1",
        name="Магазин на Соборному",
        city="Запоріжжя",
        address="просп. Соборний, 175",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_zaporizhzhia_2",
        name="Магазин «Хортицький»",
        city="Запоріжжя",
        address="вул. Новгородська, 7",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_kharkiv_1",
        name="Магазин на Салтівці",
        city="Харків",
        address="вул. Академіка Павлова, 120",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_kharkiv_2",
        name="Магазин «Аеропорт»",
        city="Харків",
        address="просп. Аерокосмічний, 181",
        hours=_SHOP_HOURS,
    ),
    PickupPlace(
        id="pp_cherkasy_1",
        name="Магазин на Смілянській",
        city="Черкаси",
        address="вул. Смілянська, 120",
        hours=_SHOP_HOURS,
    ),
)

FITTING_LABELS = {
    Work.TIRE_CHANGE: "Шиномонтаж, чотири колеса",
    Work.BALANCING: "Балансування, чотири колеса",
    Work.FULL_SERVICE: "Комплекс: зняття, монтаж, балансування, чотири колеса",
}
FITTING_MINUTES = {Work.TIRE_CHANGE: 30, Work.BALANCING: 30, Work.FULL_SERVICE: 60}
DIAMETERS = range(13, 23)
_HRYVNIAS_FOR_13 = {Work.TIRE_CHANGE: 560, Work.BALANCING: 320, Work.FULL_SERVICE: 840}
_HRYVNIAS_AN_INCH = {Work.TIRE_CHANGE: 80, Work.BALANCING: 40, Work.FULL_SERVICE: 120}
_DEARER_IN_KYIV_PERCENT = 15


def fitting_kopecks(work: Work, diameter: int, city: str | None) -> int:
    """Return what fitting four wheels costs; prices without a city are those outside the capital."""
    hryvnias = _HRYVNIAS_FOR_13[work] + _HRYVNIAS_AN_INCH[work] * (diameter - DIAMETERS.start)
    if city == "Київ":
        hryvnias += hryvnias * _DEARER_IN_KYIV_PERCENT // 100
    return hryvnias * 100
