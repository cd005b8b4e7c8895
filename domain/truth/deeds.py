"""Reading what is said to be done; what is asked, denied or only supposed is not."""

import re
from collections.abc import Iterable

from domain.facts import Deed
from domain.truth.claim import Claim, Kind
from domain.truth.doings import ANY, BOOKING, CALLBACK, DOINGS, ORDER, WHATEVER, Doing, TrueBy
from domain.truth.reading import Reading, words
from domain.truth.supposing import is_denied, is_supposed, is_supposed_anywhere, is_to_come

_ORDER_TALK = words(r"замовленн\w*|заказ(?!а[нл]|ыва)\w*|покупк\w*|order|purchase|доставк\w*")
_BOOKING_TALK = words(r"""
    запис(?:у|ом|и|і)?|бронюванн\w*|бронь|брон[іи]|бронирован\w*|візит\w*|визит\w*|шиномонтаж\w*
    booking|appointment|reservation|visit|slot|fitting
""")
_CALLBACK_TALK = words(r"""
    дзвін\w*|дзвон\w*|передзв\w*|заявк\w*|звернен\w*|запит\w*|звонок|звонк\w*|перезв\w*|обращен\w*|call\s?back|request
""")
_DATA_TALK = words(r"""
    ім'я|дан[іи]\w*|профіл\w*|адрес\w*|чернетк\w*|побажан\w*|автомобіл\w*|машин\w*|коментар\w*|спосіб|номер|телефон\w*
    кошик\w*
    имя|данн\w+|профил\w*|черновик\w*|пожелан\w*|комментар\w*|способ|корзин\w*
    name|details|profile|address|draft|preferences?|note|cart
""")
_TALKS: tuple[tuple[re.Pattern[str], TrueBy], ...] = (
    (_ORDER_TALK, ORDER),
    (_BOOKING_TALK, BOOKING),
    (_CALLBACK_TALK, CALLBACK),
    (_DATA_TALK, frozenset({Deed.SAVED, Deed.ORDERED, Deed.BOOKED})),
)
_OF_CALLER = re.compile(
    r"\bвас\b|\b(?:ви|вы) (?:\w+ )?записан|\bна (?:\d|завтра|післязавтра|послезавтра|понед|вівт|серед|четвер|п'ят"
    r"|субот|неділ|втор|сред|пят|суб|вос)",
    re.I,
)


_ALL_DONE = re.compile(
    r"(?:^|[,;:.!?—–]\s*|\b(?:все|всё|усе|от і|ось і|вот и|і|it's|is|that's|all|you're|you are)\s+(?:вже |уже "
    r"|успішно |all )?)"
    r"(?:готово|зроблено|сделано|виконано|выполнено|влаштовано|done|all set|all done|sorted|set)"
    r"(?=\s*(?:$|[,;:.!?—–¤]| і | и | and | for ))",
    re.I,
)
_EXPECTED = words(r"""
    чекаємо|чекатимемо|чекатиму|чекаю на вас|приїжджайте|ждем вас|будем ждать|ждем|приезжайте|see you|expect you
    expecting you
""")
_NOT_OURS = re.compile(
    r"\b(?:ви|вы|you|ти)(?:\s+(?:вже|уже|раніше|раньше|нещодавно|щойно|самі|had|have|already|previously|recently|just)"
    r"|'ve|'d)*\s+$",
    re.I,
)
_PLURAL = ("ли", "ed", "bought", "paid")


def read_deeds(reading: Reading) -> None:
    claims = [claim for doing in DOINGS for claim in _deeds(reading, doing)]
    if not claims:
        claims = [*_deeds(reading, WHATEVER)] or [*_all_done(reading)]
    reading.claims += [*claims, *_expected(reading)]


def _deeds(reading: Reading, doing: Doing) -> Iterable[Claim]:
    for match in doing.words.finditer(reading.sentence):
        if _is_claimed(reading, match, doing) and not (doing.of_data and _is_of_data(reading.sentence)):
            yield Claim(kind=Kind.DONE, text=match.group(), value=_true_by(doing, reading.sentence))


def _is_claimed(reading: Reading, match: re.Match[str], doing: Doing) -> bool:
    start, end = match.span()
    if is_denied(reading.sentence, start) or is_to_come(reading.sentence, start):
        return False
    if match.group().lower().endswith(_PLURAL) and _NOT_OURS.search(reading.sentence[:start]):
        return False
    supposed = is_supposed_anywhere if doing.to_come else is_supposed
    return not supposed(reading, start, end)


def _is_of_data(sentence: str) -> bool:
    return _DATA_TALK.search(sentence) is not None and _OF_CALLER.search(sentence) is None


def _true_by(doing: Doing, sentence: str) -> TrueBy:
    if doing.of_data and _OF_CALLER.search(sentence) is None:
        return ANY | {Deed.SAVED}
    if not doing.by_talk:
        return doing.true_by
    return next((true_by for talk, true_by in _TALKS if talk.search(sentence)), doing.true_by)


def _all_done(reading: Reading) -> Iterable[Claim]:
    """Read "all done", where nothing else says what."""
    for match in _ALL_DONE.finditer(reading.sentence):
        start, end = match.span()
        if not is_supposed(reading, end, end) and not is_denied(reading.sentence, start):
            yield Claim(kind=Kind.DONE, text=match.group().strip(" ,;:.!?—–"), value=ANY)


def _expected(reading: Reading) -> Iterable[Claim]:
    """Read that the caller is expected at some time, which says that he is booked."""
    match = _EXPECTED.search(reading.sentence)
    dated = any(claim.kind in {Kind.DATE, Kind.TIME} for claim in reading.claims)
    if match is not None and dated and not is_supposed_anywhere(reading, *match.span()):
        yield Claim(kind=Kind.DONE, text=match.group(), value=BOOKING | ORDER)
