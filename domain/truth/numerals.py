"""Number words become figures, in the three languages that the model may write.

An ordinal becomes a figure with a mark behind it (`26º`), so that "the first
offer" is not one piece of anything; one of feminine form has a mark of its
own (`10ª`), because so hours are named.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

ORDINAL, FEMININE = "º", "ª"

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)?")
_BETWEEN = frozenset({" ", "-", "  "})


class _Part(Enum):
    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    HUNDRED = "hundred"
    THOUSAND = "thousand"


_CARDINALS = {
    0: "нуль нуля ноль zero",
    1: "один одна одне одну одного однієї одній одним одно одной one",
    2: "два дві двох двом двома две двух двум двумя two",
    3: "три трьох трьом трьома трех трем тремя three",
    4: "чотири чотирьох чотирьом чотирма четыре четырех четырем four",
    5: "п'ять п'яти п'ятьох п'ятьма пять пяти пятью five",
    6: "шість шести шістьох шістьма шесть шестью six",
    7: "сім семи сімох сімома семь семью seven",
    8: "вісім восьми вісьмох вісьмома восемь восьмью eight",
    9: "дев'ять дев'яти дев'ятьох дев'ятьма девять девяти девятью nine",
    10: "десять десяти десятьох десятьма десятью ten",
    11: "одинадцять одинадцяти одинадцятьох одиннадцать одиннадцати eleven",
    12: "дванадцять дванадцяти дванадцятьох двенадцать двенадцати twelve",
    13: "тринадцять тринадцяти тринадцать тринадцати thirteen",
    14: "чотирнадцять чотирнадцяти четырнадцать четырнадцати fourteen",
    15: "п'ятнадцять п'ятнадцяти пятнадцать пятнадцати fifteen",
    16: "шістнадцять шістнадцяти шестнадцать шестнадцати sixteen",
    17: "сімнадцять сімнадцяти семнадцать семнадцати seventeen",
    18: "вісімнадцять вісімнадцяти восемнадцать восемнадцати eighteen",
    19: "дев'ятнадцять дев'ятнадцяти девятнадцать девятнадцати nineteen",
    20: "двадцять двадцяти двадцатьох двадцать двадцати twenty",
    30: "тридцять тридцяти тридцать тридцати thirty",
    40: "сорок сорока forty",
    50: "п'ятдесят п'ятдесяти пятьдесят пятидесяти fifty",
    60: "шістдесят шістдесяти шестьдесят шестидесяти sixty",
    70: "сімдесят сімдесяти семьдесят семидесяти seventy",
    80: "вісімдесят вісімдесяти восемьдесят восьмидесяти eighty",
    90: "дев'яносто дев'яноста девяносто девяноста ninety",
    100: "сто ста",
    200: "двісті двохсот двести двухсот",
    300: "триста трьохсот трехсот",
    400: "чотириста чотирьохсот четыреста четырехсот",
    500: "п'ятсот п'ятисот пятьсот пятисот",
    600: "шістсот шестисот шестьсот",
    700: "сімсот семисот семьсот",
    800: "вісімсот восьмисот восемьсот",
    900: "дев'ятсот дев'ятисот девятьсот девятисот",
}
_HALVES = "півтора півтори півторы полтора полторы полутора"
_HUNDREDS = "hundred hundreds"
_THOUSANDS = "тисяча тисячі тисячу тисяч тисячею тис тысяча тысячи тысячу тысяч тысячей тыс thousand thousands"

_ORDINAL_STEMS = {
    1: "перш перв",
    2: "друг втор",
    3: "трет",
    4: "четверт",
    5: "п'ят пят",
    6: "шост шест",
    7: "сьом седьм",
    8: "восьм",
    9: "дев'ят девят",
    10: "десят",
    11: "одинадцят одиннадцат",
    12: "дванадцят двенадцат",
    13: "тринадцят тринадцат",
    14: "чотирнадцят четырнадцат",
    15: "п'ятнадцят пятнадцат",
    16: "шістнадцят шестнадцат",
    17: "сімнадцят семнадцат",
    18: "вісімнадцят восемнадцат",
    19: "дев'ятнадцят девятнадцат",
    20: "двадцят двадцат",
    30: "тридцят тридцат",
}
_ORDINAL_ENDINGS = "ий ій ый ой а я ая ья е є ое ье ого ього ьего ої ьої ой ьей ому ьому у ю ую ью им ою".split()
_NOT_ORDINALS = frozenset({"другой", "третью"})
"""In Russian "another"."""
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def _values() -> dict[str, tuple[_Part, Decimal]]:
    values: dict[str, tuple[_Part, Decimal]] = {}
    for number, stems in _ORDINAL_STEMS.items():
        for word in (stem + ending for stem in stems.split() for ending in _ORDINAL_ENDINGS):
            values[word] = (_Part.ORDINAL, Decimal(number))
    for word in _NOT_ORDINALS:
        values.pop(word, None)
    for number, word in enumerate((*_ENGLISH_ORDINALS, *[""] * 9, "thirtieth"), start=1):
        values[word] = (_Part.ORDINAL, Decimal(number))
    values.pop("")
    for number, forms in _CARDINALS.items():
        values.update(dict.fromkeys(forms.split(), (_Part.CARDINAL, Decimal(number))))
    values.update(dict.fromkeys(_HALVES.split(), (_Part.CARDINAL, Decimal("1.5"))))
    values.update(dict.fromkeys(_HUNDREDS.split(), (_Part.HUNDRED, Decimal(100))))
    values.update(dict.fromkeys(_THOUSANDS.split(), (_Part.THOUSAND, Decimal(1000))))
    return values


_VALUES = _values()


@dataclass(slots=True)
class _Number:
    """A number that is being read, word by word."""

    start: int
    end: int
    total: Decimal = Decimal(0)
    part: Decimal = Decimal(0)
    room: Decimal = Decimal(1_000_000)
    """What comes next is smaller than this."""
    mark: str = ""
    only_figures: bool = True

    def take(self, part: _Part, value: Decimal, mark: str = "") -> bool:
        """Read one more word, unless it begins a number of its own."""
        match part:
            case _Part.THOUSAND if self.room > 1 and not self.total:
                self.total, self.part, self.room = (self.part or 1) * value, Decimal(0), value
            case _Part.HUNDRED if 0 <= self.part < 100 and self.room > 1:
                self.part, self.room = (self.part or 1) * value, value
            case _Part.CARDINAL | _Part.ORDINAL if 0 < value < self.room:
                self.part += value
                self.room = _room(value)
                self.mark = mark
            case _:
                return False
        return True

    def __str__(self) -> str:
        return f"{(self.total + self.part).normalize():f}" + self.mark


def _room(value: Decimal) -> Decimal:
    if value >= 100:
        return Decimal(100)
    return Decimal(10) if value >= 20 and value % 10 == 0 else Decimal("1.1")


def with_figures(text: str) -> str:
    """Return the text with figures in place of number words."""
    numbers: list[_Number] = []
    open_number: _Number | None = None
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word == "and" and open_number is not None:
            continue
        if word[0].isdigit():
            part, value = _Part.CARDINAL, Decimal(word.replace(",", "."))
        elif word in _VALUES:
            part, value = _VALUES[word]
        else:
            open_number = None
            continue
        figures = word[0].isdigit()
        mark = _mark(word) if part is _Part.ORDINAL else ""
        if open_number is not None and not (_follows(text, open_number, match.start()) and not figures):
            open_number = None
        if open_number is not None and not open_number.mark and open_number.take(part, value, mark):
            open_number.end, open_number.only_figures = match.end(), False
            continue
        open_number = _begin(part, value, mark, match.span(), figures=figures)
        numbers.append(open_number)
    return _replaced(text, [number for number in numbers if not number.only_figures])


def _mark(word: str) -> str:
    return FEMININE if word.endswith(("а", "я")) else ORDINAL


def _follows(text: str, number: _Number, start: int) -> bool:
    between = text[number.end : start].lower().replace(" and ", " ")
    return between in _BETWEEN


def _begin(part: _Part, value: Decimal, mark: str, span: tuple[int, int], *, figures: bool) -> _Number:
    number = _Number(*span, only_figures=figures)
    if figures or not value:
        number.part, number.room = value, Decimal("1.1") if figures else Decimal(0)
    else:
        number.take(part, value, mark)
    return number


def _replaced(text: str, numbers: list[_Number]) -> str:
    pieces: list[str] = []
    at = 0
    for number in numbers:
        pieces += [text[at : number.start], str(number)]
        at = number.end
    return "".join([*pieces, text[at:]])
