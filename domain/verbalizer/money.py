"""Money: hryvnias and kopecks in the case that the sentence asks for; of a span both ends; a price of one piece."""

import re

from domain.verbalizer.counts import case_after, money_in_words, number_in_words, span
from domain.verbalizer.grammar import Case
from domain.verbalizer.tongue import Currency, Reading, Tongue
from domain.verbalizer.written import AMOUNT, HYPHEN, POINT, Amount, word_before

_THOUSAND, _MILLION = 1000, 10**6
_MULTIPLES = {"тис": _THOUSAND, "тыс": _THOUSAND, "k": _THOUSAND, "к": _THOUSAND, "млн": _MILLION}
_MULTIPLE = r"тис|тыс|[kк](?=\s?(?:грн|₴|uah))|млн"


def money(tongue: Tongue) -> Reading:
    signs = "|".join(sorted(map(re.escape, tongue.currencies), key=len, reverse=True))
    amount = rf"(?P<amount>{AMOUNT})(?:\s?(?P<multiple>{_MULTIPLE})(?!\w)\.?)?"
    per = r"(?:\s?/\s?(?P<per>[^\W\d]+)" + POINT + r")?"
    hundredths = rf"(?:\s(?P<hundredths>\d{{1,2}})\s?коп\w*{POINT})?"
    signed = re.compile(
        rf"(?:(?<![\d.,])(?P<least>{AMOUNT})\s?{HYPHEN}\s?)?(?<![\d.,]){amount}\s?(?P<sign>{signs})(?!\w){POINT}{per}{hundredths}",
        re.I,
    )
    leading = re.compile(rf"(?P<sign>[₴$€])\s?{amount}", re.I)

    def read(text: str) -> str:
        text = leading.sub(lambda found: _sum(found, tongue), text)
        return signed.sub(lambda found: _signed(found, tongue), text)

    return read


def _signed(found: re.Match[str], tongue: Tongue) -> str:
    before = word_before(found)
    if found["least"] and before not in tongue.prepositions:
        least = _whole(found["least"], found["multiple"])
        said = f"{tongue.of_amounts} {number_in_words(least.whole, tongue, Case.GENITIVE)} {tongue.until} "
        said += _money(found, tongue, Case.GENITIVE)
    elif found["least"]:
        case = case_after(before, tongue)
        currency = _currency(found, tongue)
        least = _whole(found["least"], found["multiple"])
        start = number_in_words(least.whole, tongue, case, currency.whole.gender)
        said = span([start, _money(found, tongue, case)])
    else:
        said = _sum(found, tongue)
    if found["per"]:
        said += f" {tongue.per} {_one(found['per'], tongue)}"
    return said


def _sum(found: re.Match[str], tongue: Tongue) -> str:
    return _money(found, tongue, case_after(word_before(found), tongue))


def _money(found: re.Match[str], tongue: Tongue, case: Case) -> str:
    amount = _whole(found["amount"], found["multiple"])
    if found.groupdict().get("hundredths"):
        amount = Amount(amount.whole, found["hundredths"].zfill(2))
    return money_in_words(amount, tongue, _currency(found, tongue), case)


def _currency(found: re.Match[str], tongue: Tongue) -> Currency:
    return tongue.currencies[found["sign"].lower()]


def _whole(written: str, multiple: str | None) -> Amount:
    amount = Amount.read(written)
    if not multiple:
        return amount
    times = _MULTIPLES[multiple.lower()]
    return Amount(amount.whole * times + int(amount.fraction.ljust(6, "0")[:6] or 0) * times // _MILLION, "")


def _one(unit: str, tongue: Tongue) -> str:
    noun = tongue.units.get(unit.lower())
    return noun.singular[Case.ACCUSATIVE] if noun else unit
