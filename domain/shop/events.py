"""What a tool's answer means to the caller's visit."""

from dataclasses import dataclass

from domain.shop.catalog import Availability, Tire, TireQuery, Vehicle
from domain.shop.fittings import Booking, Slot, Station, StorageContract
from domain.shop.orders import Order, PickupPoint
from domain.shop.proposal import Proposal


@dataclass(frozen=True, slots=True)
class VehicleKnown:
    vehicle: Vehicle


@dataclass(frozen=True, slots=True)
class TiresOffered:
    """What a search found and the model was told of; none when nothing fits."""

    tires: tuple[Tire, ...]
    query: TireQuery


@dataclass(frozen=True, slots=True)
class StockChecked:
    availability: Availability


@dataclass(frozen=True, slots=True)
class DraftMade:
    order: Order


@dataclass(frozen=True, slots=True)
class PickupPointsOffered:
    points: tuple[PickupPoint, ...]


@dataclass(frozen=True, slots=True)
class DeliverySet:
    order: Order


@dataclass(frozen=True, slots=True)
class Ordered:
    order: Order


@dataclass(frozen=True, slots=True)
class OrdersFound:
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class StationsOffered:
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class SlotsOffered:
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class BookingsFound:
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    booking: Booking


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    booking_id: str


@dataclass(frozen=True, slots=True)
class StorageFound:
    contracts: tuple[StorageContract, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """It is being read out; it takes the place of an earlier one."""

    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was proposed cannot be done: the shop has refused it."""


@dataclass(frozen=True, slots=True)
class CallbackNoted:
    preferred_time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSaved:
    """What the caller said of himself; None where nothing new was said."""

    name: str | None = None
    city: str | None = None
    vehicle: str | None = None
    delivery_address: str | None = None

    def __or__(self, later: "ProfileSaved") -> "ProfileSaved":
        return ProfileSaved(
            name=later.name or self.name,
            city=later.city or self.city,
            vehicle=later.vehicle or self.vehicle,
            delivery_address=later.delivery_address or self.delivery_address,
        )


@dataclass(frozen=True, slots=True)
class Consulted:
    """Articles on a question were found, or none."""

    titles: tuple[str, ...]


ShopEvent = (
    VehicleKnown
    | TiresOffered
    | StockChecked
    | DraftMade
    | PickupPointsOffered
    | DeliverySet
    | Ordered
    | OrdersFound
    | StationsOffered
    | SlotsOffered
    | BookingsFound
    | Booked
    | BookingCancelled
    | StorageFound
    | Proposed
    | Withdrawn
    | CallbackNoted
    | ProfileSaved
    | Consulted
)
