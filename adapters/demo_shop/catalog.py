"""What the demo shop sells: search, stock, and the sizes that fit a car."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from adapters.demo_shop.documents import (
    CURRENCY,
    AvailabilityDocument,
    LocationDocument,
    TireDocument,
    VehicleTiresDocument,
    hryvnias,
)
from adapters.demo_shop.range_of_cars import MAKE_ALIASES, Car, cars
from adapters.demo_shop.refusals import Unknown
from domain.shop.catalog import Season, TireSize

_ORDERS = {
    "price_asc": "price, id",
    "price_desc": "price DESC, id",
    "popularity": "popularity DESC, id",
}
SORTS = tuple(_ORDERS)
_RECOMMENDED = 5
_WAREHOUSES = ("Дніпро, склад на Запорізькому шосе", "Київ, склад на Здолбунівській")
_RESTOCKED_IN_DAYS = 7
_TRANSFER_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TireFilter:
    """What is looked for; None is no wish.  Prices are kopecks."""

    width: int | None = None
    profile: int | None = None
    diameter: int | None = None
    season: Season | None = None
    brand: str | None = None
    model: str | None = None
    min_price: int | None = None
    max_price: int | None = None
    in_stock: bool | None = None
    sort: str = "popularity"


@dataclass(frozen=True, slots=True)
class TirePage:
    tires: list[TireDocument]
    total: int


def search(connection: sqlite3.Connection, wanted: TireFilter, *, page: int, per_page: int) -> TirePage:
    conditions, values = _conditions(wanted)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    total = connection.execute(f"SELECT count(*) FROM tires{where}", values).fetchone()[0]
    rows = connection.execute(
        f"SELECT * FROM tires{where} ORDER BY {_ORDERS[wanted.sort]} LIMIT ? OFFSET ?",
        [*values, per_page, (page - 1) * per_page],
    ).fetchall()
    return TirePage([_tire(row) for row in rows], total)


def tire(connection: sqlite3.Connection, tire_id: str) -> TireDocument:
    row = tire_row(connection, tire_id)
    return {**_tire(row), "features": json.loads(row["features"])}


def tire_row(connection: sqlite3.Connection, tire_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM tires WHERE id = ?", (tire_id,)).fetchone()
    if row is None:
        raise Unknown("there is no such tyre")
    return row


def tire_name(row: sqlite3.Row) -> str:
    return f"{row['brand']} {row['model']} {_size(row)}"


def availability(connection: sqlite3.Connection, tire_id: str, today: date) -> AvailabilityDocument:
    """Return where a tyre lies: the greater half in the first warehouse, the rest two days away."""
    quantity: int = tire_row(connection, tire_id)["quantity"]
    near = (quantity + 1) // 2
    locations: list[LocationDocument] = []
    for warehouse, held, days in ((_WAREHOUSES[0], near, 0), (_WAREHOUSES[1], quantity - near, _TRANSFER_DAYS)):
        if held:
            available_from = (today + timedelta(days=days)).isoformat()
            locations.append({"warehouse": warehouse, "quantity": held, "available_from": available_from})
    return {
        "tire_id": tire_id,
        "total_quantity": quantity,
        "in_stock": quantity > 0,
        "locations": locations,
        "next_delivery": None if quantity else (today + timedelta(days=_RESTOCKED_IN_DAYS)).isoformat(),
    }


def brands(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT DISTINCT brand FROM tires ORDER BY brand")]


def vehicle_tires(
    connection: sqlite3.Connection, make: str, model: str, *, year: int | None, season: Season | None
) -> VehicleTiresDocument:
    """Return the sizes of a car in all its years, or in one, and the tyres that are asked for most in these sizes."""
    found = [
        car for car in cars() if _is(car, make, model) and (year is None or car.first_year <= year <= car.last_year)
    ]
    if not found:
        raise Unknown("there is no such car")
    oem = list(dict.fromkeys(size for car in found for size in car.oem_sizes))
    acceptable = [
        size for size in dict.fromkeys(size for car in found for size in car.acceptable_sizes) if size not in oem
    ]
    return {
        "vehicle": {
            "make": found[0].make,
            "model": found[0].model,
            "year": year,
            "oem_sizes": oem,
            "acceptable_sizes": acceptable,
        },
        "recommended_tires": _recommended(connection, oem, season),
    }


def _recommended(connection: sqlite3.Connection, sizes: Sequence[str], season: Season | None) -> list[TireDocument]:
    found = []
    for written in sizes:
        size = TireSize.read(written)
        assert size is not None, written
        wanted = TireFilter(
            width=size.width, profile=size.profile, diameter=size.diameter, season=season, in_stock=True
        )
        found += search(connection, wanted, page=1, per_page=_RECOMMENDED).tires
    return found[:_RECOMMENDED]


def _is(car: Car, make: str, model: str) -> bool:
    wanted = _plain(make)
    return _plain(car.make) == MAKE_ALIASES.get(wanted, wanted) and _plain(car.model) == _plain(model)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _conditions(wanted: TireFilter) -> tuple[list[str], list[Any]]:
    tests: list[tuple[str, Any]] = [
        ("width = ?", wanted.width),
        ("profile = ?", wanted.profile),
        ("diameter = ?", wanted.diameter),
        ("season = ?", wanted.season.value if wanted.season else None),
        ("brand = ? COLLATE NOCASE", wanted.brand),
        ("instr(lower(model), lower(?))", wanted.model),
        ("price >= ?", wanted.min_price),
        ("price <= ?", wanted.max_price),
        ("(quantity > 0) = ?", wanted.in_stock),
    ]
    asked = [(condition, value) for condition, value in tests if value is not None]
    return [condition for condition, _ in asked], [value for _, value in asked]


def _size(row: sqlite3.Row) -> TireSize:
    return TireSize(row["width"], row["profile"], row["diameter"])


def _tire(row: sqlite3.Row) -> TireDocument:
    return {
        "id": row["id"],
        "brand": row["brand"],
        "model": row["model"],
        "size": str(_size(row)),
        "width": row["width"],
        "profile": row["profile"],
        "diameter": row["diameter"],
        "season": row["season"],
        "load_index": row["load_index"],
        "speed_index": row["speed_index"],
        "price": hryvnias(row["price"]),
        "old_price": None if row["old_price"] is None else hryvnias(row["old_price"]),
        "currency": CURRENCY,
        "in_stock": row["quantity"] > 0,
        "stock_quantity": row["quantity"],
    }
