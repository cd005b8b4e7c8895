"""Finding tyres: the sizes of a car, what is for sale, and whether it is there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from application.calls.tools.arguments import Arguments, choice, needed, text, whole
from application.calls.tools.specs import TEXT, WHOLE, described, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.shop import Catalog, NotFound
from domain.facts import Facts
from domain.money import Money
from domain.shop import facts as facts_of
from domain.shop.catalog import Season, Tire, TireQuery, TireSize, Vehicle
from domain.shop.choice import diverse, for_sale, in_sets
from domain.shop.events import ShopEvent, StockChecked, TiresOffered, VehicleKnown
from domain.transcript import Turn
from domain.visit.visit import Visit, by_handle, handle, step, visit_of
from domain.words import words

_MOST_FOUND = 50
_YEAR = re.compile(r"\b(19[89]\d|20\d\d)\b")
_ASK_SIZE = "Ask the caller for the tyre size, like 205/55 R16, or for the car's make, model and year."


def catalog_tools(visitor: Visitor, shop: Catalog) -> tuple[Tool, ...]:
    return VehicleSizes(visitor, shop), SearchTires(visitor, shop), CheckAvailability(shop)


@dataclass(frozen=True, slots=True)
class VehicleSizes:
    visitor: Visitor
    shop: Catalog

    spec: ClassVar[ToolSpec] = spec(
        "get_vehicle_tire_sizes",
        "Which tyre sizes fit a car.",
        {"brand": described("In Latin letters."), "model": TEXT, "year": WHOLE},
        required=("brand", "model"),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        make = needed(text(arguments, "brand"), "brand", "Ask for the car's make and model.")
        model = needed(text(arguments, "model"), "model", "Ask for the car's model.")
        year = whole(arguments, "year", least=1950, most=self.visitor.today.year + 1)
        vehicle = await known_vehicle(self.shop, make, model, year)
        season = Season.of(self.visitor.today)
        fitting = [tire for tire in for_sale(vehicle.recommended) if tire.season in (season, Season.ALL_SEASON)]
        vehicle = replace(vehicle, recommended=diverse(in_sets(fitting)))
        event = VehicleKnown(vehicle)
        return Done(
            told=told(
                vehicle=car_in_words(vehicle),
                sizes=[str(size) for size in vehicle.oem_sizes],
                acceptable=[str(size) for size in vehicle.acceptable_sizes],
                tires=tires_told(step(visit_of(turns), event), vehicle.recommended),
            ),
            facts=facts_of.of_tires(vehicle.recommended) if fitting else Facts(),
            events=(event,),
        )


@dataclass(frozen=True, slots=True)
class SearchTires:
    visitor: Visitor
    shop: Catalog

    spec: ClassVar[ToolSpec] = spec(
        "search_tires",
        "Find tyres for sale by size or car; without a season, that of the calendar. Again for other options.",
        {
            "width": WHOLE,
            "profile": WHOLE,
            "diameter": WHOLE,
            "season": one_of(Season),
            "brand": described("In Latin letters."),
            "max_price": described("UAH for one tyre.", WHOLE),
            "vehicle": described("Make, model, year."),
        },
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        query, assumed = self._query(arguments, visit)
        sizes = await self._sizes(arguments, visit, query)
        if not sizes and query.diameter is None and query.width is None and query.brand is None:
            raise ToolRefused(_ASK_SIZE)
        query, found = await self._first_found(query, sizes)
        if not found:
            return await self._nothing(query, assumed=assumed)
        fresh = [tire for tire in found if visit.query != query or tire not in visit.tires]
        offered = diverse(in_sets(fresh or found))
        event = TiresOffered(offered, query)
        return Done(
            told=told(
                tires=tires_told(step(visit, event), offered),
                found=len(found),
                season=query.season and query.season.value,
                season_assumed=assumed,
            ),
            facts=facts_of.of_tires(offered) | Facts(quantities=frozenset({len(found), len(offered)})),
            events=(event,),
        )

    def _query(self, arguments: Arguments, visit: Visit) -> tuple[TireQuery, bool]:
        """Return the wish, and whether its season is the calendar's."""
        price = whole(arguments, "max_price", least=1, most=1_000_000)
        season = choice(arguments, "season", Season) or (visit.query and visit.query.season)
        wish = TireQuery(
            width=whole(arguments, "width", least=100, most=400),
            profile=whole(arguments, "profile", least=20, most=100),
            diameter=whole(arguments, "diameter", least=10, most=30),
            season=season or Season.of(self.visitor.today),
            brand=text(arguments, "brand"),
            max_price=None if price is None else Money.hryvnias(price),
        )
        return wish, season is None

    async def _sizes(self, arguments: Arguments, visit: Visit, query: TireQuery) -> Sequence[TireSize]:
        """Return the whole sizes to look for, the best first: what is asked for now, else what was before."""
        if (query.width, query.profile, query.diameter) != (None, None, None):
            return [query.size] if query.size else []
        if named := text(arguments, "vehicle"):
            vehicle = visit.vehicle
            if vehicle is None or not _names(named, vehicle):
                vehicle = await known_vehicle(self.shop, *_read_vehicle(named))
            return [*vehicle.oem_sizes, *vehicle.acceptable_sizes]
        if visit.query and visit.query.size:
            return [visit.query.size]
        return visit.vehicle.oem_sizes if visit.vehicle else []

    async def _first_found(self, query: TireQuery, sizes: Sequence[TireSize]) -> tuple[TireQuery, Sequence[Tire]]:
        """Search the sizes, one after the other, until something is for sale; return that search and what it found."""
        searches = [
            replace(query, width=size.width, profile=size.profile, diameter=size.diameter) for size in sizes
        ] or [query]
        for search in searches:
            if found := await self._for_sale(search):
                return search, found
        return searches[0], ()

    async def _for_sale(self, query: TireQuery) -> Sequence[Tire]:
        found = for_sale(await self.shop.search_tires(query, limit=_MOST_FOUND))
        return [tire for tire in found if query.max_price is None or tire.price <= query.max_price]

    async def _nothing(self, query: TireQuery, *, assumed: bool) -> Done:
        """Say so, and what comes nearest."""
        anything = replace(query, brand=None, max_price=None)
        if anything != query and (near := await self._for_sale(anything)):
            brands = ", ".join(dict.fromkeys(tire.brand for tire in diverse(near)))
            cheapest = min(tire.price for tire in near)
            hint = f"Without the wish for brand or price there are some: {brands}, from {cheapest}."
            return self._none_found(query, hint, assumed, Facts(amounts=frozenset({cheapest}), in_stock=False))
        seasons = {tire.season.value for tire in await self._for_sale(replace(anything, season=None))}
        hint = "Nothing in this size either in other seasons, brands or prices: ask for another size."
        if seasons:
            hint = f"Other seasons of this size are in stock: {', '.join(sorted(seasons))}."
        return self._none_found(query, hint, assumed, Facts(in_stock=False))

    def _none_found(self, query: TireQuery, hint: str, assumed: bool, facts: Facts) -> Done:
        season = query.season and query.season.value
        return Done(
            told=told(tires=[], found=0, season=season, season_assumed=assumed, hint=hint),
            facts=facts,
            events=(TiresOffered((), query),),
        )


@dataclass(frozen=True, slots=True)
class CheckAvailability:
    shop: Catalog

    spec: ClassVar[ToolSpec] = spec(
        "check_availability",
        "How many there are of a tyre, and where.",
        {"product": described("T1, or brand and model.")},
        required=("product",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        named = needed(text(arguments, "product"), "product", "Ask which tyre is meant.")
        events: list[ShopEvent] = []
        tire = tire_named(visit, named)
        if tire is None:
            tire = await self._searched(named, visit)
            events.append(TiresOffered((tire,), _query_of(tire)))
        try:
            availability = await self.shop.availability(tire.id)
        except NotFound:
            raise ToolRefused("The shop does not sell this tyre any more: offer another one.") from None
        events.append(StockChecked(availability))
        for event in events:
            visit = step(visit, event)
        where = [{"warehouse": place.warehouse, "quantity": place.quantity} for place in availability.locations]
        delivery = availability.next_delivery
        return Done(
            told=told(
                tire=handle("T", visit.tires, tire),
                name=tire.name,
                price=str(tire.price),
                stock=availability.total_quantity,
                where=where,
                next_delivery=delivery and delivery.isoformat(),
            ),
            facts=Facts(amounts=frozenset({tire.price})) | facts_of.of_availability(availability),
            events=tuple(events),
        )

    async def _searched(self, named: str, visit: Visit) -> Tire:
        """Look for brand and model words among all that the shop has, in the size that is talked about."""
        said = words(named)
        brand = next((brand for brand in await self.shop.brands() if set(words(brand)) <= set(said)), None)
        if brand is None:
            raise ToolRefused("product must be a tyre offered in this call (T1), or a brand and a model that exist.")
        size = TireSize.read(named) or (visit.query and visit.query.size)
        query = TireQuery(brand=brand, in_stock=None)
        if size:
            query = replace(query, width=size.width, profile=size.profile, diameter=size.diameter)
        found = await self.shop.search_tires(query, limit=_MOST_FOUND)
        priced = [tire for tire in found if tire.price.kopecks > 0]
        best = max(priced, key=lambda tire: len(set(words(tire.name)) & set(said)), default=None)
        if best is None:
            raise ToolRefused(f"The shop has no tyres of {brand} in this size: say so and offer a search.")
        return best


async def known_vehicle(shop: Catalog, make: str, model: str, year: int | None) -> Vehicle:
    try:
        return await shop.vehicle(make, model, year)
    except NotFound:
        raise ToolRefused(f"The shop does not know this car. {_ASK_SIZE}") from None


def car_in_words(vehicle: Vehicle) -> str:
    return " ".join(str(part) for part in (vehicle.make, vehicle.model, vehicle.year) if part)


def tires_told(visit: Visit, tires: Sequence[Tire]) -> list[dict[str, object]]:
    """Return what the model is told of tyres of this visit."""
    return [
        {
            "tire": handle("T", visit.tires, tire),
            "name": tire.name,
            "size": str(tire.size),
            "index": f"{tire.load_index}{tire.speed_index}",
            "season": tire.season.value,
            "price": str(tire.price),
            "stock": tire.stock_quantity,
        }
        for tire in tires
    ]


def tire_named(visit: Visit, named: str) -> Tire | None:
    """Return the tyre of this visit that a handle, or words of its name, stand for; the latest offered first."""
    if tire := by_handle("T", visit.tires, named):
        return tire
    said = set(words(named))
    return next((tire for tire in reversed(visit.tires) if said and said <= _own_words(tire)), None)


def _own_words(tire: Tire) -> set[str]:
    return {*words(tire.name), *words(str(tire.size))}


def _query_of(tire: Tire) -> TireQuery:
    size = tire.size
    return TireQuery(
        width=size.width, profile=size.profile, diameter=size.diameter, season=tire.season, brand=tire.brand
    )


def _read_vehicle(named: str) -> tuple[str, str, int | None]:
    """Read `Toyota Corolla 2018`."""
    year = _YEAR.search(named)
    make, _, model = " ".join(_YEAR.sub(" ", named).split()).partition(" ")
    if not model:
        raise ToolRefused("vehicle must have a make and a model: ask for the model.")
    return make, model, int(year.group()) if year else None


def _names(named: str, vehicle: Vehicle) -> bool:
    return {*words(vehicle.make), *words(vehicle.model)} <= set(words(named))
