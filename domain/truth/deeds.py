"""Reading what is said to be done; what is asked, denied or only supposed is not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.facts import Deed, Finding
from domain.truth.claim import Claim, Kind
from domain.truth.reading import Reading, words
from domain.truth.supposing import is_denied, is_supposed, is_supposed_anywhere, is_to_come

TrueBy = frozenset[Deed | Finding]

_ANY: TrueBy = frozenset({Deed.ORDERED, Deed.BOOKED, Deed.RESCHEDULED, Deed.CANCELLED, Deed.CALLBACK})
_ORDER: TrueBy = frozenset({Deed.ORDERED, Finding.CONFIRMED})
_BOOKING: TrueBy = frozenset({Deed.BOOKED, Deed.RESCHEDULED, Finding.BOOKED})
_CALLBACK: TrueBy = frozenset({Deed.CALLBACK})

_ORDER_TALK = words(r"замовленн\w*|заказ(?!а[нл]|ыва)\w*|покупк\w*|order|purchase|доставк\w*")
_BOOKING_TALK = words(r"""
    запис(?:у|ом|и|і)?|бронюванн\w*|бронь|брон[іи]|бронирован\w*|візит\w*|визит\w*|шиномонтаж\w*
    booking|appointment|reservation|visit|slot|fitting
""")
_CALLBACK_TALK = words(r"""
    дзвін\w*|дзвон\w*|передзв\w*|заявк\w*|звернен\w*|запит\w*|звонок|звонк\w*|перезв\w*|обращен\w*|call\s?back|request
""")
_DATA_TALK = words(r"""
    ім'я|дан[іи]\w*|профіл\w*|адрес\w*|чернетк\w*|побажан\w*|автомобіл\w*|машин\w*|коментар\w*|спосіб|номер|телефон\w*|кошик\w*
    имя|данн\w+|профил\w*|черновик\w*|пожелан\w*|комментар\w*|способ|корзин\w*
    name|details|profile|address|draft|preferences?|note|cart
""")
_TALKS: tuple[tuple[re.Pattern[str], TrueBy], ...] = (
    (_ORDER_TALK, _ORDER),
    (_BOOKING_TALK, _BOOKING),
    (_CALLBACK_TALK, _CALLBACK),
    (_DATA_TALK, frozenset({Deed.SAVED, Deed.ORDERED, Deed.BOOKED})),
)
_OF_CALLER = re.compile(
    r"\bвас\b|\bна (?:\d|завтра|післязавтра|послезавтра|понед|вівт|серед|четвер|п'ят|субот|неділ|втор|сред|пят|суб|вос)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Doing:
    """Words for a deed, and what makes them true."""

    words: re.Pattern[str]
    true_by: TrueBy
    by_talk: bool = False
    """Whether what else is talked of narrows it: an order, a booking, a callback, the caller's data."""
    of_data: bool = False
    """Whether it may also be said of data that were written down, which claims nothing."""
    to_come: bool = False
    """Whether it is a promise, which depends on all that was said before it."""


_PASSIVE = r"(?:о|ий|а|е|і|ої|ою|ого|им|их)"
_PASSIVE_RU = r"(?:|о|а|ы|ный|ная|ное|ные)"
_THING = r"(?:замовлення|заказ|посилк[аи]|посылк[аи]|шини|шины|товар|order|parcel|tires|tyres)\b[^,;.!?]{0,40}?\b"
_WORD_OF_IT = r"(?:смс|sms|повідомленн\w*|підтвердженн\w*|подтвержден\w*|сообщени\w*|листа?\b|посиланн\w*|email)"

_DOINGS = (
    _Doing(
        words(rf"""
            оформи(?:ла|в|ли)|оформлен{_PASSIVE}|підтверди(?:ла|в|ли)|підтверджен{_PASSIVE}|прийня(?:ла|в|ли|то|тий|та|те)
            створи(?:ла|в|ли)|створен{_PASSIVE}|зроби(?:ла|в|ли)|зроблен{_PASSIVE}|зареєстру?ва(?:ла|в|ли|но)|зареєстрован{_PASSIVE}
            оформил[аи]?|оформлен{_PASSIVE_RU}|подтвердил[аи]?|подтвержден{_PASSIVE_RU}|приня(?:ла|л|ли|то|т|та|ты)
            создал[аи]?|создан{_PASSIVE_RU}|сделал[аи]?|зарегистрирова(?:ла|л|ли|н|на|но)
            confirmed|placed|finali[sz]ed|registered|created|submitted|processed|completed|w?g?one through|went through
        """),
        _ORDER | _BOOKING | _CALLBACK,
        by_talk=True,
    ),
    _Doing(
        words(r"замови(?:ла|в|ли)|замовлено|купи(?:ла|в|ли)|заказал[аи]?|заказано|ordered|purchased|bought"), _ORDER
    ),
    _Doing(
        words(rf"""
            (?:за)?бронюва(?:ла|в|ли|но)|заброньова\w+|зарезервова\w+|зарезервува(?:ла|в|ли)|закріпи(?:ла|в|ли)|закріплен{_PASSIVE}
            забронирова\w+|зарезервирова\w+|закреплен{_PASSIVE_RU}|закрепил[аи]?|(?:бронь|місце|место|час|время) за вами
            відкла(?:ла|в|ли|дено|дені)|отложил[аи]?|отложен[оы]|booked|reserved|scheduled|secured|(?:place|slot) is yours
        """),
        _BOOKING,
    ),
    _Doing(
        words(r"""
            записа(?:ла|в|ли|но|л)|записан(?:і|ий|а|ы|о)?
            [зв]найшла і записала|внес(?:ла|ли|ено) (?:вас )?(?:в|у|до) (?:графік|розклад)\w*|внес(?:ла|ли) вас в (?:график|расписание)
        """),
        _BOOKING,
        of_data=True,
    ),
    _Doing(
        words(r"""
            перенес(?:ла|ли|ено|ений|ена|ене|ені)|переніс|перезаписа(?:ла|в|ли|но|л)|пересуну(?:ла|ли|то)
            перенес|перенес(?:ен|ены)|перепис(?:ала|ав|али|ано|ал)|передвинула|rescheduled|moved|postponed|shifted
        """),
        frozenset({Deed.RESCHEDULED}),
    ),
    _Doing(
        words(rf"""
            скасува(?:ла|в|ли)|скасован{_PASSIVE}|відміни(?:ла|в|ли)|відмінен{_PASSIVE}|анульова\w+|анулюва(?:ла|в|ли)|видал(?:ила|ено)
            отменил[аи]?|отменен{_PASSIVE_RU}|аннулирова\w+|удалил[аи]?|удален[оа]?|зня(?:ла|то) бронь|снял[аи]? бронь
            cancell?ed|called off|deleted
        """),
        frozenset({Deed.CANCELLED, Deed.RESCHEDULED, Finding.CANCELLED}),
    ),
    _Doing(
        words(r"""
            передзвон(?:имо|ить|ять|ю)|зателефону(?:ємо|ють|є|ю)|набер(?:емо|уть|е) вас|зв'яж(?:емос[яь]|уться|еться|усь|уся)
            перезвон(?:им|ит|ят|ю)|набер(?:ем|ут) вас|свяж(?:емся|утся|ется|усь)|call(?:s|ing)? you back|get back to you|be in touch
            (?:will|'ll) (?:\w+ )?(?:call|phone|ring|contact) you|give you a call
        """),
        _CALLBACK,
        to_come=True,
    ),
    _Doing(
        words(r"""
            з'єдна(?:ла|в|ли|но)|переключи(?:ла|в|ли)|перев(?:ела|едено|ели) (?:вас|ваш|дзвінок|звонок)|переда(?:ла|в|ли|но|л)
            соединил[аи]?|connected you|transferred you|put you through|passed (?:your|it|this)|forwarded
        """),
        frozenset({Deed.HANDED_OVER, Deed.CALLBACK}),
    ),
    _Doing(
        words(r"""
            збере(?:гла|жено|жені|жений|жена)|занес(?:ла|ено)|внес(?:ла|ено|ли|ена)|онови(?:ла|в|ли)|оновлен[оаіий]+|додала|додано
            зміни(?:ла|в|ли)|змінено|сохранил[аи]?|сохранен[оаы]?|обновил[аи]?|обновлен[оаы]?|добавил[аи]?|добавлен[оаы]?|внесен[оаы]
            изменил[аи]?|изменен[оаы]?|saved|updated|added|changed|noted down
        """),
        _ANY | {Deed.SAVED},
    ),
    _Doing(
        words(rf"""
            (?:надісла(?:ла|но|ли)|відправи(?:ла|ли)|відправлен[оа]|отправил[аи]?|выслал[аи]?|отправлен[оа]?)(?=.{{0,30}}\b{_WORD_OF_IT})
            {_WORD_OF_IT}.{{0,25}}?(?:надіслан[оае]|відправлен[оае]|отправлен[оа]?|прийшл[оа]|пришл[оа])
            sent you|(?:text|sms|message|confirmation|email) (?:\w+ )?(?:was|has been|is|were)? ?sent
        """),
        frozenset({Deed.ORDERED, Deed.BOOKED, Deed.RESCHEDULED}),
    ),
    _Doing(
        words(r"""
            застосува(?:ла|в|ли)|застосован[оаі]|нарахува(?:ла|в|ли)|нарахован[оаі]|поверну(?:ла|ли|то)|списа(?:ла|но|ли|ны|л)
            (?:зробила|оформила|дала) (?:вам )?знижку|зроблено знижку|(?:сделала|дала) (?:вам )?скидку
            применил[аи]?|применен[оа]?|начислил[аи]?|начислен[оаы]?|вернул[аи]?(?= (?:вам|деньг|средств))|возвращен[оаы]
            оплату (?:отримано|прийнято|проведено|зараховано|получ\w+|зачисл\w+)|оплата (?:пройшла|отримана|прошла|получена)
            оплачен[оаеиы]|applied|refunded|credited|paid|payment (?:\w+ )?(?:received|went through)
        """),
        frozenset(),
    ),
    _Doing(
        words(rf"""
            {_THING}(?:відправлен[оаеі]|відправили|в дорозі|їд(?:е|уть)|прямує|у кур'єра|передан[оаеі]? (?:в|до|кур)\w*)
            {_THING}(?:отправлен[оаы]?|отправили|в пути|ед(?:ет|ут)|передан[оаы]? (?:в|курьер)\w*|у курьера)
            {_THING}(?:shipped|on (?:its|the|their) way|dispatched|out for delivery|in transit)
            (?:вже|уже|already) (?:відправ(?:или|лено)|в дорозі|отправ(?:или|лено)|в пути|їд(?:е|уть)|shipped|on (?:its|the) way)
            відвантажен[оаі]|отгружен[оаы]?|dispatched|shipped
        """),
        frozenset({Finding.SHIPPED, Finding.DELIVERED}),
    ),
    _Doing(
        words(rf"""
            {_THING}(?:доставлен[оаеіы]?|доставили|прибул[оаи]|прибыл[аи]?|чекає на вас|ждет вас|отриман[оаеі]|получен[оаы]?)
            {_THING}(?:delivered|arrived|ready for pickup|готов[еоіы] до видачі|готов[оы]? к выдаче)
        """),
        frozenset({Finding.DELIVERED}),
    ),
)
_ALL_DONE = re.compile(
    r"(?:^|[,;:.!?—–]\s*|\b(?:все|всё|усе|от і|ось і|вот и|і|it's|is|that's|all|you're|you are)\s+(?:вже |уже |успішно |all )?)"
    r"(?:готово|зроблено|сделано|виконано|выполнено|влаштовано|done|all set|all done|sorted|set)"
    r"(?=\s*(?:$|[,;:.!?—–¤]| і | и | and | for ))",
    re.I,
)
_EXPECTED = words(r"""
    чекаємо|чекатимемо|чекатиму|чекаю на вас|приїжджайте|ждем вас|будем ждать|ждем|приезжайте|see you|expect you|expecting you
""")
_NOT_OURS = re.compile(
    r"\b(?:ви|вы|you|ти)(?:\s+(?:вже|уже|раніше|раньше|нещодавно|щойно|самі|had|have|already|previously|recently|just)"
    r"|'ve|'d)*\s+$",
    re.I,
)
_PLURAL = ("ли", "ed", "bought", "paid")


def read_deeds(reading: Reading) -> None:
    claims = [*_deeds(reading)] or [*_all_done(reading)]
    reading.claims += [*claims, *_expected(reading)]


def _deeds(reading: Reading) -> Iterable[Claim]:
    for doing in _DOINGS:
        for match in doing.words.finditer(reading.sentence):
            if not _is_claimed(reading, match, doing) or (doing.of_data and _is_of_data(reading.sentence)):
                continue
            yield Claim(kind=Kind.DONE, text=match.group(), value=_true_by(doing, reading.sentence))


def _is_claimed(reading: Reading, match: re.Match[str], doing: _Doing) -> bool:
    start, end = match.span()
    if is_denied(reading.sentence, start) or is_to_come(reading.sentence, start):
        return False
    if match.group().lower().endswith(_PLURAL) and _NOT_OURS.search(reading.sentence[:start]):
        return False
    supposed = is_supposed_anywhere if doing.to_come else is_supposed
    return not supposed(reading, start, end)


def _is_of_data(sentence: str) -> bool:
    return _DATA_TALK.search(sentence) is not None and _OF_CALLER.search(sentence) is None


def _true_by(doing: _Doing, sentence: str) -> TrueBy:
    if not doing.by_talk:
        return doing.true_by
    return next((true_by for talk, true_by in _TALKS if talk.search(sentence)), doing.true_by)


def _all_done(reading: Reading) -> Iterable[Claim]:
    """Read "all done", where nothing else says what."""
    for match in _ALL_DONE.finditer(reading.sentence):
        start, end = match.span()
        if not is_supposed(reading, end, end) and not is_denied(reading.sentence, start):
            yield Claim(kind=Kind.DONE, text=match.group().strip(" ,;:.!?—–"), value=_ANY)


def _expected(reading: Reading) -> Iterable[Claim]:
    """Read that the caller is expected at some time, which says that he is booked."""
    match = _EXPECTED.search(reading.sentence)
    dated = any(claim.kind in {Kind.DATE, Kind.TIME} for claim in reading.claims)
    if match is not None and dated and not is_supposed_anywhere(reading, *match.span()):
        yield Claim(kind=Kind.DONE, text=match.group(), value=_BOOKING | _ORDER)
