"""Reading what is said to be in stock, and which times are said to be free."""

import re

from domain.facts import Deed, Finding
from domain.truth.claim import Claim, Kind
from domain.truth.reading import Reading, words
from domain.truth.supposing import is_supposed, segment_around

_IN_STOCK = words(r"""
    в наявності|в наличии|на складі|на складе|на складах|in stock|на залишку
    (?:доступн[іаиый]\w*|available)(?= (?:для замовлення|к заказу|для заказа|to order|for order))
    (?:шини|гума|модель|tires?|tyres?|шины|резина)\b(?: \w+){0,3}? (?:є|доступн\w+|available|имеется|имеются
    |есть)(?=\s*[,.!]|$)
    (?:розмір|размер|size|такі|такие|ця модель|эта модель)\b(?: у нас)?(?: \w+)? (?:є|есть)(?=\s*[,.!]|$)
    (?:таких|цих|шин|їх|их|этих|tires|tyres|those|got)\b[^.!?]{0,20}? (?:повно|полно|вдосталь|предостаточно|plenty)
    (?:we've got|we do have|we have) (?:them|those|these|it|this|that)|we've got (?:some|plenty)
    (?<!.)(?:так, є|да, есть|yes, we (?:have|do))
""")
_ABSENT = words(r"""
    немає|нема|не має|не маємо|відсутн\w+|нет|отсутств\w+|не залишилос\w*|не осталос\w*|not|don't have|no longer
    out of|без
    isn't|aren't|no
""")
_SOLD_OUT = words(r"""
    закінчи(?:лися|лись|лася|вся|лось|лося)|розпродан\w+|розібрали|відсутн\w+
    закончил(?:ись|ась|ся|ось)|распродан\w*|разобрали|отсутств\w+
    (?:don't|do not) have any|no more left|none left|not left|sold out|out of stock|unavailable|ran out|run out
    (?:немає|нема|не маємо|нет)\b(?: \w+){0,3}? (?:шин\w*|гуми|резины|розмір\w*|размер\w*|модел\w*|товар\w*)
    (?:шин\w*|гуми|резины|розмір\w*|размер\w*|модел\w*)\b[^.!?]{0,25}? (?:немає|нема|нет)
    (?:don't have|do not have|have no|there are no)\b(?: \w+){0,3}? (?:tires?|tyres?|size|model)
""")
_LOOKING = words(r"""
    перевір\w+|дивл[юя]\w*|дивим\w*|подивл\w+|погляну|гляну|шука\w+|пошука\w+|уточн\w+|дізна\w+|цікав\w*|підбер\w*
    провер\w+|смотр\w+|посмотр\w+|ищ[уе]\w*|поищ\w+|узна\w+|интерес\w*|подбер\w*
    check\w*|look\w*|see|find|search\w*
    зберіг\w+|зберіган\w*|хран\w+|storage|stored|ваші шини|ваши шины|your tires|your tyres
""")
"""What is only being looked for; and the caller's own tyres, which lie in stock too."""
_LOOKED = words(r"перевірила|подивилас[ья]|подивилася|уточнила|дізналас[ья]|проверила|посмотрела|узнала|checked|looked")

_TIMES = (
    r"(?:місц\w+|час\w*|слот\w*|вікн\w+|віконц\w+|окн\w+|окошк\w+|мест\w+|врем\w+|запис\w*|slots?|times?"
    r"|appointments?|spots?)"
)
_FREE = words(rf"""
    (?:вільн\w+|свободн\w+|free|available|open)\s+(?:[^\W\d]+\s+){{0,2}}?{_TIMES}
    {_TIMES}\s+(?:(?:є|есть|are|is|на|на ¤|ще|still)\s+)*(?:вільн\w+|свободн\w+|available|free|open|є|есть)
    (?:є|есть|have|got|there's|there is)\s+(?:an?\s+)?(?:місц[ея]|вікн[оа]|віконце|слот\w*|окн[оа]|окошко|мест[оа]
    |slots?|openings?|spots?)
    (?:вільн\w+|свободн\w+)(?= (?:на|о|об|в|у|з|завтра)\b)
    (?:завтра|час|день|годин\w*|\d\d)\s+(?:\w+\s+){{0,2}}?(?:вільн\w+|свободн\w+|вільно|свободно)
    (?<!booking )(?<!fitting )(?<!delivery )(?<!ancelling )(?<!oving )is (?:free|available|open)(?! of charge)
""")
_FULL = words(r"""
    все зайнято|усе зайнято|запис\w* немає|місць немає|немає місць|немає запису|повністю зайнят\w*|немає вільн\w+
    вільн\w+ \w+ немає
    все занято|записи нет|мест нет|нет мест|полностью занят\w*|нет свободн\w+
    fully booked|no free \w+|no available \w+|no \w+ available
""")


def read_stock(reading: Reading) -> None:
    for match in _SOLD_OUT.finditer(reading.sentence):
        if _is_said(reading, match):
            reading.claims.append(Claim(kind=Kind.STOCK, text=match.group(), value=False))
    for match in _IN_STOCK.finditer(reading.sentence):
        if _is_said(reading, match):
            absent = _ABSENT.search(segment_around(reading.sentence, *match.span())) is not None
            reading.claims.append(Claim(kind=Kind.STOCK, text=match.group(), value=not absent))


def read_free_times(reading: Reading) -> None:
    if (full := _FULL.search(reading.sentence)) is not None and _is_said(reading, full):
        looked_up = frozenset[Deed | Finding]({Finding.FREE_TIMES, Finding.NO_FREE_TIMES})
        reading.claims.append(Claim(kind=Kind.FREE_TIMES, text=full.group(), value=looked_up))
        return
    for match in _FREE.finditer(reading.sentence):
        if _is_said(reading, match):
            found = frozenset[Deed | Finding]({Finding.FREE_TIMES})
            reading.claims.append(Claim(kind=Kind.FREE_TIMES, text=match.group(), value=found))


def _is_said(reading: Reading, match: re.Match[str]) -> bool:
    looking = _LOOKING.search(reading.sentence, 0, match.start()) is not None
    looked = _LOOKED.search(reading.sentence, 0, match.start()) is not None
    return (looked or not looking) and not is_supposed(reading, *match.span())
