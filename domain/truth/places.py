"""Reading addresses, and cities where the shop is said to be; and comparing them."""

import re
from functools import lru_cache

from domain.truth.claim import Claim, Kind, Place
from domain.truth.reading import Reading

_STREET = (
    r"(?:вул\.?|вулиц\w+|просп\.?|пр-т|проспект\w*|бульв\.?|бульвар\w*|бул\.|пров\.?|провул\w+|площ\w+|пл\.|шосе"
    r"|набережн\w+"
    r"|узвіз\w*|ул\.?|улиц\w+|переул\w+|шоссе|пр\.)"
)
_STREET_BEHIND = r"(?:вулиц\w+|проспект\w*|бульвар\w*|провул\w+|шосе|узвіз\w*|набережн\w+|улиц\w+|шоссе|переул\w+)"
_NAME = r"(?:\d{1,3}-)?[А-ЯІЇЄҐA-Zа-яіїєґa-z][\w'’.-]*"
_NUMBERED = r"\d{1,4}(?![\d-]*-[^\W\d]{2})\s?(?:(?i:[а-яіїєґa-z])(?![\w'])|/\d+|-(?i:[а-яa-z])\b)?"
_HOUSE = rf"(?i:буд\.?|будин\w+|дом|д\.)?\s*{_NUMBERED}"
_ADDRESS = re.compile(
    rf"(?<![\w])(?P<kind>{_STREET})\s+(?P<name>{_NAME}(?:\s+(?!{_STREET}\s)(?:(?:де|да|фон|ван)\s+)?[А-ЯІЇЄҐA-Z][\w'’.-]*){{0,3}})"
    rf"(?:\s*,?\s*(?P<house>{_HOUSE}))?"
    rf"|(?P<behind_name>\b[А-ЯІЇЄҐ][\w'’-]+(?:\s[А-ЯІЇЄҐ][\w'’-]+)?)\s(?i:{_STREET_BEHIND})\s*,?\s*(?P<behind_house>{_HOUSE})"
    r"|\b(?P<en_house>\d{1,4}[a-z]?)?\s?(?P<en_name>(?:[A-Z][\w'’-]+\s+){1,3})(?i:street|st\.?|avenue|ave\.?"
    r"|boulevard|embankment|road|rd\.?)\b"
    rf"(?:\s*,?\s*(?P<after_house>{_HOUSE}))?"
    r"|\b(?:за адресою|адреса|адрес|по адресу|знаходи\w+|находи\w+|located at|address is"
    r"|розташован\w+)[\s:—–-]+(?:на |у |в |за адресою |по адресу )?"
    r"(?P<at_name>[А-ЯІЇЄҐA-Z][\w'’-]+(?:\s+[А-ЯІЇЄҐA-Z][\w'’-]+){0,2}),?\s+(?P<at_house>\d{1,4}\s?(?i:[а-яa-z])?)\b"
    r"|\b(?:на|по)\s+(?P<on_name>[А-ЯІЇЄҐ][\w'’-]+(?:ого|ова|ева|єва|іна|їна|ській|ському|ської|ній|ої"
    r"|их)),?\s+(?P<on_house>\d{1,3}\s?(?i:[а-я])?)\b(?![:.]\d)"
    r"|(?P<bare_name>\b(?:[А-ЯІЇЄҐ][\w'’-]+\s+)?[А-ЯІЇЄҐ][\w'’-]+(?:ого|ська|ського|ської|ський|ське|ая|ой"
    r"|ого))\s*,\s*(?P<bare_house>\d{1,4}\s?(?i:[а-яa-z])?)\b(?!\s*[\w%:.]*\w)"
    rf"|\b(?i:будин\w+|буд\.)\s*(?:№|номер)?\s*(?P<only_house>{_NUMBERED})",
)
_NO_STREETS = frozenset("на у в де і й та не для якій какой яка номер".split())

_CITIES = {
    "kyiv": r"києв\w*|київ\w*|киев\w*|kyiv|kiev",
    "kharkiv": r"харк[оі]в\w*|харьков\w*|kharkiv|kharkov",
    "odesa": r"одес\w+|odess?a",
    "dnipro": r"дніпр(?:о|і|а|у|ом)|днепр(?:е|а|у|ом|о)?|dnipro|dnepr",
    "lviv": r"льв(?:ів|ов)\w*|lviv",
    "zaporizhzhia": r"запоріж\w+|запорож\w+|zaporizh\w+",
    "kryvyirih": r"крив\w+ р[оі][гз]\w*|kryvyi rih",
    "mykolaiv": r"микола[єї]в\w*|николаев\w*|mykolaiv",
    "vinnytsia": r"вінниц\w+|винниц\w+|vinnyts\w+",
    "cherkasy": r"черкас\w+|cherkas\w+",
    "poltava": r"полтав(?:а|і|у|и|е|ы)|poltava",
    "chernihiv": r"черн[иі]г[оі]в(?:а|і|у|ом|е)?|chernihiv",
    "sumy": r"сум(?:и|ах|ы)|sumy",
    "zhytomyr": r"житомир(?:а|і|у|е)?|zhytomyr",
    "khmelnytskyi": r"хмельниць?к\w+|khmelnytskyi",
    "chernivtsi": r"чернівц\w+|черновц\w+|chernivtsi",
    "rivne": r"рівн(?:е|ому|ого)|rivne",
    "ivanofrankivsk": r"івано-франківськ\w*|ивано-франковск\w*|ivano-frankivsk",
    "ternopil": r"терноп[оі]л\w+|ternopil",
    "lutsk": r"луць?к(?:а|у|ом|е)?|lutsk",
    "uzhhorod": r"ужгород\w*|uzhhorod",
    "kherson": r"херсон(?:а|і|у|е)?|kherson",
    "kropyvnytskyi": r"кропивниць?к\w+|kropyvnytskyi",
    "brovary": r"бровар(?:и|ах|ів|ы)",
    "boryspil": r"борисп[оі]л\w+",
    "bilatserkva": r"біл\w+ церкв\w+|бел\w+ церк\w+",
    "kremenchuk": r"кременчу[кцг]\w*",
    "pavlohrad": r"павлоград\w*",
    "kamianske": r"кам'янськ(?:е|ому|ого)",
}
_CITY = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{forms})" for name, forms in _CITIES.items()) + r")\b", re.I)
_PRESENCE = re.compile(
    r"\b(?:станці\w*|шиномонтаж\w*|магазин\w*|філі\w*|відділенн?\w*|пункт\w*|склад\w*|сервіс\w*|представництв\w*"
    r"|станци\w*|филиал\w*"
    r"|отделени\w*|сервис\w*|stations?|shops?|stores?|branch\w*|pickup point\w*|we have|у нас|працюємо|работаем"
    r"|адрес\w*)\b",
    re.I,
)
_ABSENCE = re.compile(r"\b(?:немає|нема|не працю\w*|нет|no|not|don't|doesn't|поки що)\b", re.I)

_LATIN = str.maketrans(
    dict(
        zip(
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъ",
            "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia y e _".split(),
            strict=True,
        )
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_HOUSE_NUMBER = re.compile(r"\d+(?:\s?[а-яіїєґa-z](?![\w'])|/\d+)?", re.I)
_KINDS = frozenset(
    """
    вул вулиця вулиці вулицю вулицею просп проспект проспекті проспекту бульвар бульварі бул площа пл пров провулок шосе
    шоссе ул улица улице улицу проспекте street st avenue ave буд будинок будинку дом дома доме м місто місті город
    """.split()
)
_LIKE = 4
"""So many letters at the beginning make two forms of a name alike."""


def read_places(reading: Reading) -> None:
    def address(match: re.Match[str]) -> list[Claim] | None:
        said = {group: words for group, words in match.groupdict().items() if words}
        name = next((words for group, words in said.items() if group.endswith("name")), "")
        house = next((words for group, words in said.items() if group.endswith("house")), "")
        if name.lower() in _NO_STREETS:
            return None
        return [Claim(kind=Kind.ADDRESS, text=match.group().strip(" ,"), value=place(f"{name} {house}"))]

    reading.take(_ADDRESS, address)
    if not reading.says(_PRESENCE) or _ABSENCE.search(reading.sentence):
        return

    def city(match: re.Match[str]) -> list[Claim]:
        return [Claim(kind=Kind.ADDRESS, text=match.group(), value=place(match.group()), is_promise=True)]

    reading.take(_CITY, city)


@lru_cache(maxsize=512)
def place(text: str) -> Place:
    """Read the words and house numbers of an address."""
    lower = _CITY.sub(lambda city: str(city.lastgroup), text).lower()
    words = (word for word in _WORD.findall(lower) if len(word) > 1 and word not in _KINDS)
    houses = (house.replace(" ", "") for house in _HOUSE_NUMBER.findall(lower))
    return Place(frozenset(map(_latin, words)), frozenset(map(_latin, houses)))


def is_at(claimed: Place, known: Place) -> bool:
    """Whether what was said is this place, or a part of what is known of it."""
    words = all(any(_alike(word, other) for other in known.words) for word in claimed.words)
    return words and claimed.houses <= known.houses


def _latin(word: str) -> str:
    """Return a word as it is compared: in Latin letters, however it was put into them."""
    return word.translate(_LATIN).replace("_", "").replace("y", "i").replace("g", "h").replace("ii", "i")


def _alike(one: str, other: str) -> bool:
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= min(_LIKE, len(one), len(other)) and shared >= min(len(one), len(other)) - 4
