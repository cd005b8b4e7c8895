"""The tyres that the demo shop deals in: brands, their models, sizes, and what they cost about.

The catalogue is made by a seeded choice, so that it is the same on every machine.
Three things are always so: the sizes in `POPULAR` are in stock in every season, the winter
tyres in `SOLD_OUT_IN_WINTER` are all sold out, and no tyre costs less than 1,200
hryvnias or more than 12,000.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

from domain.shop.catalog import Season, TireSize

LEAST_KOPECKS, MOST_KOPECKS = 1_200_00, 12_000_00
_SEED = 20261125
_SIZES_OF_A_MODEL = 9

POPULAR = (TireSize(175, 70, 13), TireSize(185, 65, 15), TireSize(195, 65, 15), TireSize(205, 55, 16))
SOLD_OUT_IN_WINTER = TireSize(155, 70, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockedTire:
    id: str
    brand: str
    model: str
    size: TireSize
    season: Season
    load_index: str
    speed_index: str
    kopecks: int
    old_kopecks: int | None
    quantity: int
    popularity: int
    features: tuple[str, ...]


# size: price in hryvnias of a middling brand, load index, speed index
_SIZES: dict[str, tuple[int, str, str]] = {
    "155/70 R13": (1380, "75", "T"),
    "165/70 R13": (1490, "79", "T"),
    "175/70 R13": (1560, "82", "T"),
    "165/70 R14": (1790, "81", "T"),
    "175/65 R14": (1850, "82", "T"),
    "175/70 R14": (1930, "84", "T"),
    "185/60 R14": (1990, "82", "H"),
    "185/65 R14": (2020, "86", "H"),
    "185/70 R14": (2090, "88", "T"),
    "175/65 R15": (2290, "84", "T"),
    "185/55 R15": (2380, "82", "H"),
    "185/60 R15": (2340, "88", "H"),
    "185/65 R15": (2310, "88", "H"),
    "195/50 R15": (2490, "82", "V"),
    "195/55 R15": (2520, "85", "H"),
    "195/60 R15": (2480, "88", "H"),
    "195/65 R15": (2450, "91", "H"),
    "205/65 R15": (2790, "94", "H"),
    "205/70 R15": (3050, "96", "H"),
    "195/55 R16": (3090, "87", "H"),
    "205/55 R16": (2950, "91", "V"),
    "205/60 R16": (3180, "92", "H"),
    "205/65 R16": (3290, "95", "H"),
    "215/55 R16": (3390, "97", "V"),
    "215/60 R16": (3420, "99", "H"),
    "215/65 R16": (3350, "98", "H"),
    "215/70 R16": (3690, "100", "H"),
    "225/60 R16": (3590, "98", "H"),
    "225/70 R16": (3890, "103", "H"),
    "235/70 R16": (3990, "106", "H"),
    "205/50 R17": (3890, "93", "V"),
    "215/50 R17": (3990, "95", "V"),
    "215/60 R17": (4120, "96", "H"),
    "215/55 R17": (4050, "98", "V"),
    "225/45 R17": (3790, "94", "W"),
    "225/50 R17": (4190, "98", "V"),
    "225/55 R17": (4290, "101", "V"),
    "225/60 R17": (4350, "99", "H"),
    "225/65 R17": (4390, "102", "H"),
    "235/65 R17": (4690, "108", "V"),
    "235/55 R17": (4450, "103", "V"),
    "265/65 R17": (5290, "112", "H"),
}

# brand: what it costs beside a middling one, then summer, winter and all-season models
_BRANDS: dict[str, tuple[float, str, str, str]] = {
    "Michelin": (1.75, "Primacy 4+|Energy Saver+|Pilot Sport 5", "Alpin 6|X-Ice Snow", "CrossClimate 2"),
    "Continental": (1.65, "PremiumContact 7|EcoContact 6", "WinterContact TS 870|IceContact 3", "AllSeasonContact 2"),
    "Nokian": (1.55, "Hakka Green 3|Wetproof 1", "Hakkapeliitta R5|Hakkapeliitta 10|WR Snowproof", "Seasonproof 1"),
    "Goodyear": (
        1.5,
        "EfficientGrip Performance 2",
        "UltraGrip Performance 3|UltraGrip Arctic 2",
        "Vector 4Seasons Gen-3",
    ),
    "Bridgestone": (1.5, "Turanza 6|Ecopia EP150", "Blizzak LM005|Blizzak Ice", "Turanza All Season 6"),
    "Pirelli": (1.6, "Cinturato P7|Powergy", "Cinturato Winter 2|Ice Zero FR", "Cinturato All Season SF3"),
    "Yokohama": (1.35, "BluEarth-GT AE51|Geolandar SUV G055", "iceGUARD IG60|BluEarth Winter V906", "BluEarth-4S AW21"),
    "Hankook": (
        1.25,
        "Ventus Prime 4 K135|Kinergy Eco 2 K435",
        "Winter i*cept RS3 W462|Winter i*Pike RS2 W429",
        "Kinergy 4S 2 H750",
    ),
    "Dunlop": (1.4, "Sport BluResponse|Sport Maxx RT 2", "Winter Sport 5|Winter Response 2", "Sport All Season"),
    "Toyo": (1.25, "Proxes Comfort|NanoEnergy 3", "Observe S944|Observe GSi-6", "Celsius AS2"),
    "Kumho": (1.15, "Ecsta HS52|Ecowing ES31", "WinterCraft WP52|WinterCraft Ice Wi31", "Solus 4S HA32"),
    "Nexen": (1.1, "N'blue HD Plus|N'Fera Primus", "Winguard Sport 2|Winguard Ice Plus WH43", "N'blue 4 Season 2"),
    "Falken": (1.2, "Ziex ZE310 Ecorun|Sincera SN110", "Eurowinter HS02", "EuroAll Season AS210"),
    "Firestone": (1.1, "Roadhawk 2", "Winterhawk 4", "Multiseason Gen 02"),
    "Uniroyal": (1.1, "RainExpert 5|RainSport 5", "WinterExpert", "AllSeasonExpert 2"),
    "Kleber": (1.1, "Dynaxer HP5", "Krisalp HP3", "Quadraxer 3"),
    "Laufenn": (0.95, "G Fit EQ+ LK41", "I Fit+ LW31|I Fit Ice LW71", "G Fit 4S LH71"),
    "Matador": (0.95, "MP 47 Hectorra 3", "MP 93 Nordicca|MP 30 Sibir Ice 2", "MP 62 All Weather Evo"),
    "Barum": (0.95, "Bravuris 5HM", "Polaris 5", "Quartaris 5"),
    "Debica": (0.9, "Presto HP 2|Passio 2", "Frigo 2|Frigo HP 2", "Navigator 3"),
    "Sava": (0.9, "Intensa HP 2", "Eskimo HP 2|Eskimo ICE", "All Weather"),
    "Kormoran": (0.85, "Road Performance", "Snow", "All Season"),
    "Tigar": (0.85, "High Performance", "Winter", "All Season"),
    "Premiorri": (0.85, "Solazo|Solazo S Plus", "ViaMaggiore|ViaMaggiore Z Plus", "Vimero"),
    "Rosava": (0.82, "Itegro|SQ-201", "Snowgard|WQ-102", "BC-11"),
    "Triangle": (0.85, "ReliaX TE307|Sportex TSH11", "WinterX TW401|PL02", "SeasonX TA01"),
}

_STUDDED = "шипована"
_STUDDED_MODELS = {
    "IceContact 3",
    "Hakkapeliitta 10",
    "UltraGrip Arctic 2",
    "Ice Zero FR",
    "Winter i*Pike RS2 W429",
    "WinterCraft Ice Wi31",
    "Winguard Ice Plus WH43",
    "I Fit Ice LW71",
    "MP 30 Sibir Ice 2",
    "Eskimo ICE",
    "ViaMaggiore Z Plus",
}
_FEATURES = ("низький рівень шуму", "економія пального", "захист обода", "посилена (XL)", "для мокрої дороги")


def tires() -> Iterator[StockedTire]:
    """Return the whole catalogue, the same every time."""
    chance = random.Random(_SEED)
    for brand, (dearness, *models_by_season) in _BRANDS.items():
        for season, models in zip(Season, models_by_season, strict=True):
            for model in models.split("|"):
                for size in _sizes_of(chance):
                    yield _tire(chance, brand, model, size, season, dearness)


def _sizes_of(chance: random.Random) -> list[str]:
    popular = [str(size) for size in POPULAR]
    others = [size for size in _SIZES if size not in popular]
    chosen = {*chance.sample(popular, 3), *chance.sample(others, _SIZES_OF_A_MODEL - 3)}
    return [size for size in _SIZES if size in chosen]


def _tire(chance: random.Random, brand: str, model: str, written: str, season: Season, dearness: float) -> StockedTire:
    size = TireSize.read(written)
    assert size is not None, written
    base, load_index, speed_index = _SIZES[written]
    seasonal = {Season.SUMMER: 1.0, Season.WINTER: 1.04, Season.ALL_SEASON: 1.07}[season]
    hryvnias = round(base * dearness * seasonal * chance.uniform(0.94, 1.06))
    kopecks = min(max(hryvnias * 100 + (50 if chance.random() < 0.03 else 0), LEAST_KOPECKS), MOST_KOPECKS)
    discounted = chance.random() < 0.15
    features = {_STUDDED} if model in _STUDDED_MODELS else set()
    features |= set(chance.sample(_FEATURES, chance.randint(0, 2)))
    sold_out = chance.random() < 0.12 or (size == SOLD_OUT_IN_WINTER and season is Season.WINTER)
    quantity = chance.choice((2, 4, 4, 6, 8, 8, 12, 16, 20, 24, 40, 60))
    return StockedTire(
        id="tire_" + hashlib.sha256(f"{brand}|{model}|{written}".encode()).hexdigest()[:10],
        brand=brand,
        model=model,
        size=size,
        season=season,
        load_index=load_index,
        speed_index=speed_index,
        kopecks=kopecks,
        old_kopecks=kopecks + chance.randint(5, 20) * kopecks // 10000 * 100 if discounted else None,
        quantity=0 if sold_out else quantity,
        popularity=chance.randint(1, 1000),
        features=tuple(sorted(features)),
    )
