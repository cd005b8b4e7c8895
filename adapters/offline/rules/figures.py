"""Number words as figures: `двісті п'ять на п'ятдесят п'ять` is `205 на 55`, in the languages of the callers."""

import re
from collections.abc import Iterator
from itertools import chain

from domain.words import words

_CARDINALS = """
нуль 0 ноль 0 zero 0 один 1 одна 1 одну 1 одне 1 одного 1 one 1 два 2 дві 2 две 2 двох 2 two 2 три 3 трьох 3 three 3
чотири 4 чотирьох 4 четыре 4 четирі 4 four 4 п'ять 5 пять 5 п'яти 5 five 5 шість 6 шесть 6 шести 6 six 6
сім 7 семь 7 seven 7 вісім 8 восемь 8 eight 8 дев'ять 9 девять 9 дев'яти 9 nine 9 десять 10 десяти 10 ten 10
одинадцять 11 одиннадцать 11 eleven 11 дванадцять 12 двенадцать 12 twelve 12 тринадцять 13 тринадцать 13 thirteen 13
чотирнадцять 14 четырнадцать 14 fourteen 14 п'ятнадцять 15 пятнадцать 15 fifteen 15
шістнадцять 16 шестнадцать 16 sixteen 16 сімнадцять 17 семнадцать 17 seventeen 17
вісімнадцять 18 восемнадцать 18 eighteen 18 дев'ятнадцять 19 девятнадцать 19 nineteen 19
двадцять 20 двадцать 20 twenty 20 тридцять 30 тридцать 30 thirty 30 сорок 40 forty 40
п'ятдесят 50 пятьдесят 50 fifty 50 шістдесят 60 шестьдесят 60 sixty 60 сімдесят 70 семьдесят 70 seventy 70
вісімдесят 80 восемьдесят 80 eighty 80 дев'яносто 90 девяносто 90 ninety 90
сто 100 двісті 200 двести 200 триста 300 чотириста 400 четыреста 400 п'ятсот 500 пятьсот 500 шістсот 600 шестьсот 600
сімсот 700 семьсот 700 вісімсот 800 восемьсот 800 дев'ятсот 900 девятьсот 900
"""
_ORDINAL_STEMS = """
перш 1 перв 1 друг 2 втор 2 трет 3 четверт 4 п'ят 5 пят 5 шост 6 шест 6 сьом 7 седьм 7 восьм 8 дев'ят 9 девят 9 десят 10
одинадцят 11 одиннадцат 11 дванадцят 12 двенадцат 12 тринадцят 13 тринадцат 13 чотирнадцят 14 четырнадцат 14
п'ятнадцят 15 пятнадцат 15 шістнадцят 16 шестнадцат 16 сімнадцят 17 семнадцат 17 вісімнадцят 18 восемнадцат 18
дев'ятнадцят 19 девятнадцат 19 двадцят 20 двадцат 20 тридцят 30 тридцат 30
"""
_ORDINAL_ENDINGS = "ого ому ої ій ий ый ой ая а я у ую ю е є ье ым им их х ьої ій ьої ьому ьего ья ьє ью ьи".split()
_ENGLISH_ORDINALS = """
first 1 second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 eleventh 11 twelfth 12
thirteenth 13 fourteenth 14 fifteenth 15 sixteenth 16 seventeenth 17 eighteenth 18 nineteenth 19 twentieth 20
thirtieth 30
"""
_SCALES = {
    "тисяча": 1000,
    "тисячу": 1000,
    "тысячу": 1000,
    "тисячі": 1000,
    "тисяч": 1000,
    "тысяча": 1000,
    "тысячи": 1000,
    "тысяч": 1000,
}
_SCALES |= {"thousand": 1000, "hundred": 100}
_ENGLISH = re.compile("[a-z]")


def _pairs(table: str) -> dict[str, int]:
    entries = table.split()
    return {word: int(number) for word, number in zip(entries[::2], entries[1::2], strict=True)}


_CARDINAL = _pairs(_CARDINALS)
_ORDINAL = {
    stem + ending: number for stem, number in _pairs(_ORDINAL_STEMS).items() for ending in _ORDINAL_ENDINGS
} | _pairs(_ENGLISH_ORDINALS)


def figures(text: str, *, ordinals: bool = False) -> str:
    """Return the words in small letters, numbers as figures; those of order (`десята`, `tenth`) only when asked for."""
    known = _CARDINAL | _ORDINAL if ordinals else _CARDINAL
    return " ".join(_joined(list(chain.from_iterable(map(_parts, words(text)))), known))


def _parts(word: str) -> list[str]:
    """Take `r16`, `205x55` and `10-та` to pieces; leave `12-а` and ISO dates whole."""
    return (
        re.findall(r"\d+|[a-zа-яіїєґ]+", word)
        if re.fullmatch(r"[rр]\d+|\d+[rрxх]\d+|\d+(?:th|nd|rd)", word)
        else [word]
    )


def _joined(spoken: list[str], known: dict[str, int]) -> Iterator[str]:
    number: int | None = None
    for place, word in enumerate(spoken):
        value = known.get(word)
        if word in _SCALES:
            number = (number or 1) * _SCALES[word]
        elif value is not None and number is not None and (more := _more(number, value, word)) is not None:
            number = more
        elif word == "oh" and number is not None and number < 10:
            number *= 100  # "two oh five"
        elif word == "and" and number is not None and number % 100 == 0 and place + 1 < len(spoken):
            continue
        else:
            if number is not None:
                yield str(number)
            number = value
            if value is None:
                yield word
    if number is not None:
        yield str(number)


def _more(number: int, value: int, word: str) -> int | None:
    """Return what a number becomes with one more word, None where another number begins."""
    last = 10 if value < 10 else 100 if value < 100 else 1000
    if number >= last and number % last == 0 and value and not (value < 10 and number % 100 == 10):
        return number + value
    spoken_short = 0 < number < 10 and _ENGLISH.match(word)
    if spoken_short and value == 0:
        return number * 100  # "two zero five"
    return number * 100 + value if spoken_short and 10 <= value < 100 else None
