"""A clause as the readers of claims take it: one spelling of everything, figures for numbers, no tyre sizes."""

import re
import unicodedata

from domain.truth.numerals import with_figures

TAKEN = "¤"
"""Stands where something has been read."""

_OWN_MARKS = str.maketrans(dict.fromkeys("¤‹›ºª", " "))
"""What readers write themselves."""
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´‘", "'"))
_UNSEEN = re.compile("[\u0300\u0301\u00ad\u200b-\u200f\u2060\ufeff*_]")
_MIXED = re.compile(r"[a-z]+(?=[а-яіїєґ])|(?<=[а-яіїєґ])[a-z]+", re.I)
_CYRILLIC_TWINS = str.maketrans("aceiopxyABCEHIKMOPTXy", "асеіорхуАВСЕНІКМОРТХу")
_NUMBER_SIGN = re.compile(r"№|#(?=\s*\d)")
_YO = str.maketrans("ёЁ", "еЕ")

_INCHES = r"(?:1[0-9]|2[0-4])(?:[.,]5)?"
_INDEX = r"(?:\s*,?\s*\d{2,3}(?:/\d{2,3})?\s?[A-ZНТКМРС]\b)"
_SIZE = re.compile(
    rf"\b[1-3]\d5\s*(?:[/\\xх×]|на)\s*\d{{2}}(?:[.,]\d)?"
    rf"(?:(?:[\s/,\\-]|на)*(?:zr|z?r|р|ер|ар|радіус\w*|радиус\w*)?[\s-]*{_INCHES}(?:\s?[cс])?\b)?{_INDEX}?"
    rf"|\b[1-3]\d5,\s+\d{{2}},\s+{_INCHES}\b(?!\s*[\w%])"
    rf"|\b[1-3]\d5\s+\d{{2}}\s+(?:r|р|ер)?\s*{_INCHES}\b{_INDEX}?"
    rf"|\b(?:zr|r|р|ер|ар|радіус\w*|радиус\w*|діаметр\w*|диаметр\w*|diameter|radius"
    rf"|rim)\s?-?(?:на\s)?{_INCHES}(?:\s?[cс])?\b"
    rf"|\b{_INCHES}(?:-?(?:ти|й|го|х|ма|º|ª))?[\s-]*(?:дюйм\w*|inch(?:es)?\b|[\"″])"
    r"|\b(?:ширин\w*|профіл\w*|висот\w*|профил\w*|высот\w*|width|profile|індекс\w*|индекс\w*"
    r"|index)\s*[:—–-]?\s*\d{2,3}\b",
    re.I,
)
_LOAD_AND_SPEED = re.compile(r"\b\d{2,3}(?:/\d{2,3})?(?:[HJKLMNPQRSTUVWYZ]|[НТКМР])\b(?:\s*XL\b)?")
_ALWAYS = re.compile(
    r"\b24/7\b|\b7 (?:днів на тиждень|дней в неделю|days a week)|\b24 (?:години на добу|часа в сутки|hours a day)", re.I
)
_GROUPED = re.compile(
    r"(?<![\d.,])(\d{1,3})((?:[ ]\d{3})+)(?![\d]|[ ]?[/-]\d|[ ]\d)|(?<![\d.,])(\d{1,3})((?:,\d{3})+)(?!\d)"
)
_THOUSANDS = re.compile(r"\b(\d+)\s?[kк]\b(?!\w)", re.I)
_OCLOCK = re.compile(r"(?<=[ºª\d] )0 0\b")
_SPACES = re.compile(r"\s+")


def plain(clause: str) -> str:
    text = _NUMBER_SIGN.sub(" номер ", clause.translate(_OWN_MARKS))
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_YO)
    text = _MIXED.sub(lambda latin: latin.group().translate(_CYRILLIC_TWINS), text)
    text = with_figures(_SPACES.sub(" ", text))
    if not any(character.isdigit() for character in text):
        return text.strip()
    text = _ALWAYS.sub(TAKEN, _LOAD_AND_SPEED.sub(TAKEN, _SIZE.sub(TAKEN, text)))
    text = _OCLOCK.sub("00", text)
    text = _GROUPED.sub(lambda number: re.sub(r"[ ,]", "", number.group()), text)
    return _THOUSANDS.sub(r"\g<1>000", text).strip()
