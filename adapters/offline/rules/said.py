"""What one utterance of the caller says, as far as words go."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.offline.rules import vocabulary
from adapters.offline.rules.figures import figures
from adapters.offline.rules.intents import Intent, intents_in
from adapters.offline.rules.vocabulary import named, sounds
from domain.shop.catalog import TireSize
from domain.words import words

_CORRECTED = re.compile(r"(?<!\S)(?:не|not) (?:(?!не )\S+ ){1,4}?(?:а|але|но|but) (?=\S)")
"""The part of `не чотири, а дві` that is not meant."""
_SIZE = re.compile(
    r"(?<!\S)([1-3]\d\d)(?: (?:на|х|x|by|over|slash|дріб|дробь|слеш))? ([2-9]\d)"
    r"(?: (?:на|r|р|ер|эр|ар|by|and|радіус|радиус|inches))* (1[2-9]|2[0-4])(?!\S)"
)
_SECTION = re.compile(
    r"(?<!\S)(1[2-9]5|2\d5|3[0-4]5)(?: (?:на|х|x|by|over|slash|дріб|дробь|слеш))? ([2-9]\d)(?!\S)(?! (?:грн|гривень))"
)
_DIAMETER = re.compile(
    r"(?<!\S)(?:(?:r|р|ер|эр|радіус\w*|радиус\w*|діаметр\w*|диаметр\w*|rim|radius) (1[2-9]|2[0-4])"
    r"|(1[2-9]|2[0-4]) (?:радіус\w*|радиус\w*|діаметр\w*|диаметр\w*|дюйм\w*|inch\w*))(?!\S)"
)
_PIECES = re.compile(
    r"(?<!\S)(\d+) (?:\w+ )?(?:шин\w*|штук\w*|шт|кол[іеёо]с\w*|покриш\w*|покрыш\w*|резин\w*|скат\w*|tires?|tyres?|"
    r"wheels?|pieces?|of (?:them|those|these))(?!\S)"
)
_PIECES_BEFORE = re.compile(r"(?<!\S)(?:штук[аи]?|шт|шин|коліс|колёс) (\d+)(?!\S)")
_PRICE_LIMIT = re.compile(
    r"(?<!\S)(?:до|не дорожче|не дороже|максимум|в межах|дешевше|дешевле|"
    r"under|up to|below|at most|cheaper)(?: ніж| за| чем| от| від| than)? (\d{3,5})(?!\S)"
)
_NUMBER = re.compile(r"(?<!\S)\d+(?!\S)")
_SET, _PAIR = r"комплект\w*|четвірк\w+|четверк\w+|(a )?(full )?set", r"пар[ауы]|двійк\w+|(a )?pair|couple"
_PLACES = (
    r"перш(і|а|у|ий|ої|е|их|им)|перв(ые|ая|ую|ый|ое|ых)|(номер|варіант|вариант|number|option) 1|first( one| ones)?",
    r"друг(і|а|у|ий|ої|е)|втор(ые|ая|ую|ой|ое|ых)|(номер|варіант|вариант|number|option) 2|second( one| ones)?",
    r"трет(і|я|ю|ій|є|ьи|ья|ью|ий|ье)|(номер|варіант|вариант|number|option) 3|third( one| ones)?",
)
_NUMBERED = re.compile(r"(?<!\S)(?:номер|варіант|вариант|number|option) \d(?!\S)")
_ONES = re.compile(
    r"(?<!\S)(first|second|third|last|cheap\w*|expensive|other|another|this|that|these|those) ones?(?!\S)"
)
_LAST = r"останн\w+|последн\w+|last( one| ones)?"
_CHEAPEST = r"(най|по)?дешев\w+|cheap\w*"
_DEAREST = r"(най)?дорожч\w*|(самые )?дорог(ие|ую|ая)|дороже|expensive|dearest"
_YEAR = re.compile(r"(?<!\S)(19[89]\d|20[0-3]\d)(?!\S)")
_STREET = re.compile(
    r"(?:вул(?:иц[яіюєу]\w*|\.)?|просп(?:ект\w*|\.)?|пр-т|бульвар\w*|бул\.?|пров(?:улок\w*|\.)?|площ[аіу]\w*|набережн\w+|"
    r"шосе|ул(?:иц[аеуы]\w*|\.)?|узвіз|відділення|отделение)\s+"
    r"[^,.!?]*?,?\s*\d+\S*(?:[, ]+(?:кв\S*|квартира|під'їзд|корпус)\s*\d+)?"
    r"|(?:відділення|отделение|поштомат)\s*(?:номер\s*)?\d+",
    re.IGNORECASE,
)
_ENGLISH_STREET = re.compile(
    r"(?<!\S)\d+[a-z]? (?:\w+ ){1,2}?(?:street|avenue|road|square)(?!\S)|(?<!\S)\w+ (?:street|avenue) \d+"
)
_NAMED = re.compile(
    r"(?:мене звати|мене звуть|меня зовут|звати|зовут|на ім'?я|на имя|ім'?я|имя|my name is|name is|the name|under)\s+"
    r"([^\W\d_][\w'’ʼ-]+(?:\s+[А-ЯІЇЄҐA-Z][\w'’ʼ-]+)?)",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    """
    я на це то мене меня звати зовут моє мое ім'я имя будь ласка пожалуйста запишіть запишите можна пишіть пиши так да
    ну добре на для тільки нехай хай буде the is my name it please for on under yes ні it's i'm i am a просто а не і
    """.split()
)
_STREETS = (
    ("(?i)вулиц[юі]", "вулиця"),
    ("(?i)проспект[іу]", "проспект"),
    ("(?i)бульвар[іу]", "бульвар"),
    ("(?i)улиц[уеы]", "вулиця"),
)
_WORD = re.compile(r"[^\W\d_][\w'’ʼ-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    text: str = ""
    """As it was said, all of it."""
    figures: str = ""
    """In small letters, numbers as figures, without what was taken back."""
    intents: Mapping[Intent, int] = field(default_factory=dict)
    understood: str = ""
    size: TireSize | None = None
    section: tuple[int, int] | None = None
    """Width and profile, without a diameter."""
    diameter: int | None = None
    season: str | None = None
    brand: str | None = None
    make: str | None = None
    model: str | None = None
    year: int | None = None
    pieces: int | None = None
    """How many tyres, said so."""
    numbers: tuple[int, ...] = ()
    """Those that are no size, year or price."""
    most_price: int | None = None
    place: int | None = None
    """Which of those offered: 0 is the first, -1 the last."""
    cheapest: bool = False
    dearest: bool = False
    delivery: str | None = None
    city: str | None = None
    address: str | None = None
    payment: str | None = None
    work: str | None = None
    name: str | None = None
    """Said to be one."""

    def wants(self, *intents: Intent) -> bool:
        return any(intent in self.intents for intent in intents)

    @property
    def agrees(self) -> bool:
        return self.wants(Intent.YES) and not self.wants(Intent.NO)

    @property
    def is_place(self) -> bool:
        """Whether this may name a place in a city: it is no city, car, brand, day or season."""
        known = (self.city, self.make, self.model, self.brand, self.season, self.payment, self.place)
        others = any(sounds(sound, self.figures) for sound in (*vocabulary.WEEKDAYS, *vocabulary.MONTHS))
        return not any(known) and not others and not self.intents

    @property
    def refuses(self) -> bool:
        return self.wants(Intent.NO)


def read(text: str, understood: str = "") -> Said:
    meant = _ONES.sub(r"\1", _CORRECTED.sub("", f"{' '.join(words(text))} ").strip())
    spoken = figures(meant)
    size = TireSize.read(understood) if re.fullmatch(r"\d{3}/\d{2} R\d{2}", understood) else _size(spoken)
    year, limit = _YEAR.search(spoken), _PRICE_LIMIT.search(spoken)
    pieces = _pieces(spoken)
    make = named(vocabulary.CARS, spoken)
    return Said(
        text=text.strip(),
        figures=spoken,
        intents=intents_in(text),
        understood=understood,
        size=size,
        section=None if size else _section(spoken),
        diameter=size.diameter if size else _diameter(figures(meant, ordinals=True)),
        season=named(vocabulary.SEASONS, spoken),
        brand=named(vocabulary.BRANDS, spoken),
        make=make,
        model=named(vocabulary.MODELS, spoken),
        year=int(year.group()) if year and not size else None,
        pieces=pieces,
        numbers=_numbers(spoken),
        most_price=int(limit.group(1)) if limit else None,
        place=_place(spoken),
        cheapest=sounds(_CHEAPEST, spoken),
        dearest=sounds(_DEAREST, spoken),
        delivery=named(vocabulary.DELIVERIES, spoken),
        city=next((city for city, (_, sound) in vocabulary.CITIES.items() if sounds(sound, spoken)), None),
        address=_address(text, spoken),
        payment=named(vocabulary.PAYMENTS, spoken),
        work=named(vocabulary.WORKS, spoken),
        name=name_in(text) if _NAMED.search(text) else None,
    )


def name_in(text: str) -> str | None:
    """Return the caller's name in an answer that should be one; a brand or a car is none."""
    told = _NAMED.search(text)
    said = [word for word in _WORD.findall(told.group(1) if told else text) if word.lower() not in _NOT_NAMES]
    said = [word for word in said if not _is_product(word)]
    return " ".join(word[0].upper() + word[1:] for word in said[:3]) or None


def address_in(text: str, city: str | None) -> str | None:
    """Return an answer that should be an address, without the city and the words around it."""
    spoken = _WITH_WORDS_AROUND.sub("", text.strip()).strip(" .,!?-")
    for name, (latin, sound) in vocabulary.CITIES.items():
        if name == city or sounds(sound, " ".join(words(spoken))):
            spoken = re.sub(rf"(?i)^\s*(?:(?:в|у|місто|город|м\.|to|in)\s+)*(?:{sound}|{latin})[\s,.]*", "", spoken)
    return re.sub(r"(?i)^\s*(?:на|за)\s+", "", spoken).strip(" .,!?-") or None


_WITH_WORDS_AROUND = re.compile(
    r"(?i)(?<!\w)(?:так|ні|нє|ну|добре|давайте|доставте|доставка|везіть|привезіть|моя адреса|мій адрес|"
    r"адреса|адрес|на адресу|будь ласка|пожалуйста|yes|to|my address is|the address is|address|please|it is|"
    r"it's)(?!\w)[\s,:-]*"
)


def _is_product(word: str) -> bool:
    lower = " ".join(words(word))
    return any(named(table, lower) for table in (vocabulary.BRANDS, vocabulary.CARS, vocabulary.MODELS))


def _size(spoken: str) -> TireSize | None:
    match = _SIZE.search(spoken)
    return TireSize(*(int(part) for part in match.groups())) if match else None


def _section(spoken: str) -> tuple[int, int] | None:
    match = _SECTION.search(spoken)
    return (int(match.group(1)), int(match.group(2))) if match else None


def _diameter(spoken: str) -> int | None:
    match = _DIAMETER.search(spoken)
    return int(match.group(1) or match.group(2)) if match else None


def _pieces(spoken: str) -> int | None:
    if match := _PIECES.search(_SIZE.sub(" ", spoken)):
        return int(match.group(1))
    if match := _PIECES_BEFORE.search(_SIZE.sub(" ", spoken)):
        return int(match.group(1))
    if sounds(_SET, spoken):
        return 4
    return 2 if sounds(_PAIR, spoken) else None


def _numbers(spoken: str) -> tuple[int, ...]:
    rest = spoken
    for other in (_SIZE, _PRICE_LIMIT, _DIAMETER, _SECTION, _NUMBERED):
        rest = other.sub(" ", rest)
    return tuple(int(number) for number in _NUMBER.findall(rest))


def _place(spoken: str) -> int | None:
    place = next((number for number, sound in enumerate(_PLACES) if sounds(sound, spoken)), None)
    return -1 if place is None and sounds(_LAST, spoken) else place


def _address(text: str, spoken: str) -> str | None:
    if match := _STREET.search(text):
        address = match.group().strip(" ,.")
        return next(
            (re.sub(found, nominative, address) for found, nominative in _STREETS if re.match(found, address)), address
        )
    match = _ENGLISH_STREET.search(spoken)
    return match.group().title() if match else None
