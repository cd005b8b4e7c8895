"""English number words, without "and": two thousand one hundred forty-one."""

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = "_ ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LARGEST = 10**12


def cardinal(number: int) -> str:
    if number >= _LARGEST:
        return digits_one_by_one(str(number))
    words: list[str] = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            words += [*_hundreds(count), name]
    return " ".join([*words, *_hundreds(number)]) or _UNITS[0]


def ordinal(number: int) -> str:
    before, last = re.fullmatch(r"(.*?)(\w+)", cardinal(number)).groups()  # type: ignore[union-attr]
    if last in _ORDINALS:
        return before + _ORDINALS[last]
    return f"{before}{last[:-1]}ieth" if last.endswith("y") else f"{before}{last}th"


def year(number: int) -> str:
    century, rest = divmod(number, 100)
    if 2000 <= number < 2010:
        return cardinal(number)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def _hundreds(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_UNITS[hundreds], "hundred"] if hundreds else []
    if rest:
        words.append(
            _UNITS[rest] if rest < 20 else "-".join([_TENS[rest // 10], *([_UNITS[rest % 10]] if rest % 10 else [])])
        )
    return words


def digits_one_by_one(digits: str) -> str:
    return " ".join(_UNITS[int(digit)] for digit in digits)
