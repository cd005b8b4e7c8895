"""Things that are counted: the number agrees with its thing and with the word before it.

A noun that is written out has its form already ("до 3 днів", "з 4 шинами"), and the number takes the case of that form;
an abbreviation has none, and takes the case that the preposition asks for.
"""

import re

from domain.verbalizer.grammar import FEMININE, MASCULINE, NEUTER, Case, Gender, Noun
from domain.verbalizer.numbers import LARGEST
from domain.verbalizer.tongue import Currency, Reading, Tongue
from domain.verbalizer.written import AMOUNT, HYPHEN, POINT, Amount, dictated, word_before

_N, _G = Case.NOMINATIVE, Case.GENITIVE
_SHORTEST_NOUN = 3
_AHEAD = re.compile(r"\s+([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_WORDS_AHEAD = 4
_CHARACTERS_AHEAD = 60
_ADJECTIVE = re.compile(
    r"(?:[иіїе]й|[иії]х|[иії]ми?|[ії]|о[їюміго]+|ому|[аяуюеє]|ы[йехмия]+|ие|ие|ая|ую|ое|ей|ого|его)$"
)


def amount_in_words(amount: Amount, tongue: Tongue, noun: Noun | None = None, case: Case = _N) -> str:
    """Say an amount, and the thing that it counts in the form that it asks for."""
    gender = noun.gender if noun else MASCULINE
    one_thing = noun.singular[_G] if noun else ""
    if amount.fraction == "5":
        if amount.whole == 0 and noun:
            return tongue.half + one_thing
        if amount.whole == 1 and noun:
            return f"{tongue.one_and_a_half[gender]} {one_thing}"
        half_more = f"{tongue.numerals.cardinal(amount.whole, case, gender)} {tongue.and_a_half}"
        return f"{half_more} {noun.counted(amount.whole, case)}" if noun else half_more
    if amount.fraction:
        return f"{_decimal(amount, tongue)} {one_thing}".rstrip()
    words = number_in_words(amount.whole, tongue, case, gender)
    return f"{words} {noun.counted(amount.whole, case)}" if noun else words


def number_in_words(number: int, tongue: Tongue, case: Case = _N, gender: Gender = MASCULINE) -> str:
    if number > LARGEST:
        return ", ".join(tongue.group(group) for group in dictated(str(number)))
    return tongue.numerals.cardinal(number, case, gender)


def money_in_words(amount: Amount, tongue: Tongue, currency: Currency, case: Case = _N) -> str:
    words = amount_in_words(Amount(amount.whole, ""), tongue, currency.whole, case)
    hundredths = int(amount.fraction[:2].ljust(2, "0"))
    if not hundredths:
        return words
    return f"{words} {amount_in_words(Amount(hundredths, ''), tongue, currency.hundredth, case)}"


def _decimal(amount: Amount, tongue: Tongue) -> str:
    cardinal = tongue.numerals.cardinal
    whole = f"{cardinal(amount.whole, _N, FEMININE)} {_singly(amount.whole, tongue.whole)}"
    if len(amount.fraction) > len(tongue.fractions):
        return f"{whole} {tongue.group(amount.fraction[:3])} {tongue.group(amount.fraction[3:])}"
    part = int(amount.fraction)
    return f"{whole} {cardinal(part, _N, FEMININE)} {_singly(part, tongue.fractions[len(amount.fraction) - 1])}"


def _singly(number: int, forms: tuple[str, str]) -> str:
    return forms[0] if number % 10 == 1 and number % 100 != 11 else forms[1]


def case_after(before: str, tongue: Tongue, *, alone: bool = False) -> Case:
    """Return the case that a preposition asks for; a number with nothing behind it heeds the firm ones only."""
    if alone and before not in tongue.firm:
        return _N
    return tongue.prepositions.get(before, (_N,))[0]


def _agreement(number: int, rest: str, before: str, tongue: Tongue) -> tuple[Case, Gender, bool]:
    """Find out what the number must look like from the words that follow it, and whether their noun is known."""
    ahead: list[str] = []
    position = 0
    while len(ahead) < _WORDS_AHEAD and (word := _AHEAD.match(rest, position)):
        ahead.append(word[1].lower())
        position = word.end()
        if forms := tongue.forms.get(ahead[-1]):
            return *_known(number, ahead[-1], forms, before, tongue), True
        if not _ADJECTIVE.search(ahead[-1]):
            break
    if ahead[:1] == [tongue.until] and _G in tongue.prepositions.get(before, ()):
        return _G, MASCULINE, False
    if not ahead or len(ahead[0]) < _SHORTEST_NOUN or ahead[0] in tongue.uncounted:
        return case_after(before, tongue, alone=True), MASCULINE, False
    return *_guess(number, ahead[0], before, tongue), False


def _known(number: int, written: str, nouns: tuple[Noun, ...], before: str, tongue: Tongue) -> tuple[Case, Gender]:
    asked = tongue.prepositions.get(before, ())
    for case in (*asked, *Case):
        for noun in nouns:
            if noun.counted(number, case) == written:
                return case, noun.gender
    return (asked or (_N,))[0], nouns[0].gender


def _guess(number: int, word: str, before: str, tongue: Tongue) -> tuple[Case, Gender]:
    """Guess from the ending of a word that is not in the tables."""
    if word.endswith(("ами", "ями")):
        return Case.INSTRUMENTAL, MASCULINE
    if word.endswith(("ах", "ях")):
        return Case.LOCATIVE, MASCULINE
    case = case_after(before, tongue, alone=True)
    if word.endswith(("ння", "ття", "ние", "ния", "ий", "ой", "ый")):
        return case, MASCULINE if word.endswith(("ий", "ой", "ый")) else NEUTER
    if number % 10 == 1:
        if word.endswith(("у", "ю")):
            return Case.ACCUSATIVE, FEMININE
        if word.endswith(("о", "е")):
            return case, NEUTER
        return case, FEMININE if word.endswith(("а", "я")) else MASCULINE
    return case, FEMININE if word.endswith(
        ("жки", "чки", "шки", "пки", "вки", "бки", "дки", "ини", "ії")
    ) else MASCULINE


def counts(tongue: Tongue) -> Reading:
    """Read numbers, with the units and things behind them; whatever digits are left become words here."""
    unit = "|".join(sorted(map(re.escape, tongue.units), key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<minus>(?<![\w.,]){HYPHEN}(?=\d))?"
        rf"(?P<first>{AMOUNT})(?:\s?{HYPHEN}\s?(?P<second>{AMOUNT}))?"
        rf"(?:\s?(?P<unit>{unit})(?![\w']){POINT})?",
        re.I,
    )
    return lambda text: pattern.sub(lambda found: _counted(found, tongue), text)


def _counted(found: re.Match[str], tongue: Tongue) -> str:
    before = word_before(found)
    amounts = [Amount.read(written) for written in (found["first"], found["second"]) if written]
    last = amounts[-1]
    noun: Noun | None = None
    if found["unit"]:
        noun = tongue.units[found["unit"].lower()]
        case, gender = case_after(before, tongue), noun.gender
    else:
        rest = found.string[found.end() : found.end() + _CHARACTERS_AHEAD]
        case, gender, known = _agreement(last.whole, rest, before, tongue)
        if known and last.fraction == "5" and last.whole <= 1 and not found["second"]:
            part = tongue.one_and_a_half[gender] if last.whole else tongue.half.strip()
            return part
    words = [_written_with(found, amount, tongue, case, gender) for amount in amounts[:-1]]
    words.append(
        amount_in_words(last, tongue, noun, case) if noun else _written_with(found, last, tongue, case, gender)
    )
    minus = f"{tongue.minus} " if found["minus"] else ""
    return minus + span(words)


def span(ends: list[str]) -> str:
    """Join the ends of a span: two short numbers are said in one breath."""
    return (" – " if any(" " in end for end in ends[:-1]) else "-").join(ends)


def _written_with(found: re.Match[str], amount: Amount, tongue: Tongue, case: Case, gender: Gender) -> str:
    if amount.fraction:
        return amount_in_words(amount, tongue)
    first = found["first"]
    if amount.whole and first.startswith("0") and not found["second"] and first.isdecimal():
        return tongue.group(first) if len(first) <= 3 else ", ".join(map(tongue.group, dictated(first)))
    return number_in_words(amount.whole, tongue, case, gender)
