"""The words for what the agent may say is done, and what makes them true.

Rule: what is not in the table is not harmless: a first person's past, and
what "has been" done, is a deed unless it is known to be none.
"""

import re
from dataclasses import dataclass

from domain.facts import Deed, Finding
from domain.truth.reading import choices, words

TrueBy = frozenset[Deed | Finding]

ANY: TrueBy = frozenset({Deed.ORDERED, Deed.BOOKED, Deed.RESCHEDULED, Deed.CANCELLED, Deed.CALLBACK})
ORDER: TrueBy = frozenset({Deed.ORDERED, Finding.CONFIRMED})
BOOKING: TrueBy = frozenset({Deed.BOOKED, Deed.RESCHEDULED, Finding.BOOKED})
CALLBACK: TrueBy = frozenset({Deed.CALLBACK})


@dataclass(frozen=True, slots=True)
class Doing:
    """Words for a deed, and what makes them true."""

    words: re.Pattern[str]
    true_by: TrueBy
    by_talk: bool = False
    """Whether what else is talked of narrows it: an order, a booking, a callback, the caller's data."""
    of_data: bool = False
    """Whether it may also be said of data that were written down, which claims nothing."""
    to_come: bool = False
    """Whether it is a promise, which depends on all that was said before it."""


def _none_of(lines: str) -> str:
    """Let what follows begin with none of these."""
    return f"(?!{choices(lines)})"


_WHATEVER: TrueBy = ANY | {Deed.SAVED, Deed.HANDED_OVER, *Finding}
_NO_DEED = _none_of(r"""
    зрозумі|поня|почу|розчу|недочу|расслыш|услыш|слыш|знай|наш[ле]|перевір|провер|подив|посмотр|глян|погля|бач|виде
    сказа|каза|говор|спит|спрос|назва|уточн|дізна|узна|шука|пошук|иска|підібра|подобра|порівн|сравн|хоті|хоте|мог|змо[гж]
    ма(?:ла|ли|в)\b|бу(?:ла|ли|в|де)|был|забу|помил|ошиб|име[ел]|дума|обіця|пообіця|обеща|запропон|пропон|предл|звер
    поясн|розпов|расск|нагад|напомн|чита|прочит|повтор|порад|посовет|реком|запит|відпов|ответ|поміт|замет|згад|вспомн
    перечит|напис|спроб|попроб|намаг|пыт|зна(?:ла|л)|працюв|работ|підрах|порах|посчит|звір|коли|куди|записа|стара|люби
    бажа|желал|замовл[яю]|заказыва|купува|покупал|дзвон|телефонув|звон|користув|відчу|чека|жда|оформл(?:я|юв)|скла\b|нікол|никогда
""")
_IMPERSONAL = _none_of(r"""
    написан|вказан|указан|зазначен|знайден|бажан|рано|зран|поган|передбачен|заплан|признач|дозвол|заборон|розрахов|обмеж
    включен|назван|сказан|зачинен|відчинен|закрит|відкрит|зайнят|свят|рекоменд|зношен|пошкодж|позначен|шален|зелен|видан
    вироблен|зроблен|показан|описан|надруков|вибит|нанесен|врахован\w* [ву] цін
""")
_NO_ENGLISH_DEED = _none_of(r"""
    check|look|found|search|notic|underst|heard|noted|ask|said|want|need|mention|tri|us|lik|explain|list|offer|suggest
    recommend|misunder|forgot|miss|confus|assum|compar|receiv|read|pleas|delight|reach|repeat|hop|appreciat|apolog|speed
    indeed|design|produc|tak
""")
_JUST = r"(?:(?:just|already|now|also|successfully|gone ahead and|went ahead and)\s+)*"
_BY_NOW = (
    r"(?:(?:вже|уже|щойно|только что|вас|вам|все|усе|це|это|для вас|ваш\w*|теж|тоже|також|успішно|успешно|одразу|сразу"
    r"|й|і|и|тут|зараз)\s+)*"
)
_PASSIVE = r"(?:о|ий|а|е|і|ої|ою|ого|им|их)"
_PASSIVE_RU = r"(?:|о|а|ы|ный|ная|ное|ные)"
_THING = r"(?:замовлення|заказ|посилк[аи]|посылк[аи]|шини|шины|товар|order|parcel|tires|tyres)\b[^,;.!?]{0,40}?\b"
_WORD_OF_IT = r"(?:смс|sms|повідомленн\w*|підтвердженн\w*|подтвержден\w*|сообщени\w*|листа?\b|посиланн\w*|email)"

DOINGS = (
    Doing(
        words(rf"""
            оформи(?:ла|в|ли)|оформлен{_PASSIVE}|підтверди(?:ла|в|ли)|підтверджен{_PASSIVE}
            прийня(?:ла|в|ли|то|тий|та|те)
            створи(?:ла|в|ли)|створен{_PASSIVE}|зроби(?:ла|в|ли)|зроблен{_PASSIVE}(?! [ву] )
            зареєстру?ва(?:ла|в|ли|но)|зареєстрован{_PASSIVE}
            оформил[аи]?|оформлен{_PASSIVE_RU}|подтвердил[аи]?|подтвержден{_PASSIVE_RU}|приня(?:ла|л|ли|то|т|та|ты)
            создал[аи]?|создан{_PASSIVE_RU}|сделал[аи]?|зарегистрирова(?:ла|л|ли|н|на|но)
            confirmed|placed|finali[sz]ed|registered|created|submitted|processed|completed|w?g?one through|went through
        """),
        ORDER | BOOKING | CALLBACK,
        by_talk=True,
    ),
    Doing(words(r"замови(?:ла|в|ли)|замовлено|купи(?:ла|в|ли)|заказал[аи]?|заказано|ordered|purchased|bought"), ORDER),
    Doing(
        words(rf"""
            (?:за)?бронюва(?:ла|в|ли|но)|заброньова\w+|зарезервова\w+|зарезервува(?:ла|в|ли)|закріпи(?:ла|в|ли)
            закріплен{_PASSIVE}
            забронирова\w+|зарезервирова\w+|закреплен{_PASSIVE_RU}|закрепил[аи]?|(?:бронь|місце|место|час|время) за вами
            (?:бронь|бронювання|бронирование|запис|запись|booking) (?:вже |уже )?(?:є|есть|готов\w*|діє|действует
            |is (?:made|ready|in))
            відкла(?:ла|в|ли|дено|дені)|отложил[аи]?|отложен[оы]|booked|reserved|scheduled|secured
            (?:place|slot) is yours
        """),
        BOOKING,
    ),
    Doing(
        words(r"""
            записа(?:ла|в|ли|но|л)|записан(?:і|ий|а|ы|о)?
            [зв]найшла і записала|внес(?:ла|ли|ено) (?:вас )?(?:в|у|до) (?:графік|розклад)\w*
            внес(?:ла|ли) вас в (?:график|расписание)
        """),
        BOOKING,
        of_data=True,
    ),
    Doing(
        words(r"""
            перенес(?:ла|ли|ено|ений|ена|ене|ені)|переніс|перезаписа(?:ла|в|ли|но|л)|пересуну(?:ла|ли|то)
            перенес|перенес(?:ен|ены)|перепис(?:ала|ав|али|ано|ал)|передвинула|rescheduled|moved|postponed|shifted
        """),
        frozenset({Deed.RESCHEDULED}),
    ),
    Doing(
        words(rf"""
            скасува(?:ла|в|ли)|скасован{_PASSIVE}|відміни(?:ла|в|ли)|відмінен{_PASSIVE}|анульова\w+|анулюва(?:ла|в|ли)
            видал(?:ила|ено)
            отменил[аи]?|отменен{_PASSIVE_RU}|аннулирова\w+|удалил[аи]?|удален[оа]?|зня(?:ла|то) бронь|снял[аи]? бронь
            cancell?ed|called off|deleted
        """),
        frozenset({Deed.CANCELLED, Deed.RESCHEDULED, Finding.CANCELLED}),
    ),
    Doing(
        words(r"""
            передзвон(?:имо|ить|ять|ю)|зателефону(?:ємо|ють|є|ю)|набер(?:емо|уть|е) вас
            зв'яж(?:емос[яь]|уться|еться|усь|уся)
            перезвон(?:им|ит|ят|ю)|набер(?:ем|ут) вас|свяж(?:емся|утся|ется|усь)|call(?:s|ing)? you back
            get back to you|be in touch
            (?:вас|вам) набер(?:уть|емо|ут|ем)
            (?:очікуйте|чекайте|ждите|ожидайте|чекати\w*) (?:на )?(?:дзвін\w*|звон\w*)|expect a call
            (?:will|'ll) (?:\w+ )?(?:call|phone|ring|contact) you|give you a call
        """),
        CALLBACK,
        to_come=True,
    ),
    Doing(
        words(r"""
            з'єдна(?:ла|в|ли|но)|переключи(?:ла|в|ли)|перев(?:ела|едено|ели) (?:вас|ваш|дзвінок|звонок)
            переда(?:ла|в|ли|но|л)
            соединил[аи]?|connected you|transferred you|put you through|passed (?:your|it|this)|forwarded
        """),
        frozenset({Deed.HANDED_OVER, Deed.CALLBACK}),
    ),
    Doing(
        words(r"""
            збере(?:гла|жено|жені|жений|жена)|занес(?:ла|ено)|внес(?:ла|ено|ли|ена)|онови(?:ла|в|ли)|оновлен[оаіий]+
            додала|додано
            зміни(?:ла|в|ли)|змінено|сохранил[аи]?|сохранен[оаы]?|обновил[аи]?|обновлен[оаы]?|добавил[аи]?
            добавлен[оаы]?|внесен[оаы]
            изменил[аи]?|изменен[оаы]?|saved|updated|added|noted down
            (?<!tires )(?<!tyres )(?<!tires are )(?<!tyres are )(?<!tires get )(?<!tyres get )changed
        """),
        ANY | {Deed.SAVED},
    ),
    Doing(
        words(rf"""
            (?:надісла(?:ла|но|ли)|відправи(?:ла|ли)|відправлен[оа]|отправил[аи]?|выслал[аи]?
            |отправлен[оа]?)(?=.{{0,30}}\b{_WORD_OF_IT})
            {_WORD_OF_IT}.{{0,25}}?(?:надіслан[оае]|відправлен[оае]|отправлен[оа]?|прийшл[оа]|пришл[оа])
            sent you|(?:text|sms|message|confirmation|email) (?:\w+ )?(?:was|has been|is|were)? ?sent
        """),
        frozenset({Deed.ORDERED, Deed.BOOKED, Deed.RESCHEDULED}),
    ),
    Doing(
        words(r"""
            застосува(?:ла|в|ли)|застосован[оаі]|нарахува(?:ла|в|ли)|нарахован[оаі]|поверну(?:ла|ли|то)
            списа(?:ла|но|ли|ны|л)
            (?:зробила|оформила|дала) (?:вам )?знижку|зроблено знижку|(?:сделала|дала) (?:вам )?скидку
            применил[аи]?|применен[оа]?|начислил[аи]?|начислен[оаы]?|вернул[аи]?(?= (?:вам|деньг|средств))
            возвращен[оаы]
            оплату (?:отримано|прийнято|проведено|зараховано|получ\w+|зачисл\w+)
            оплата (?:пройшла|отримана|прошла|получена)
            оплачен[оаеиы]|applied|refunded|credited|paid|payment (?:\w+ )?(?:received|went through)
        """),
        frozenset(),
    ),
    Doing(
        words(rf"""
            {_THING}(?:відправлен[оаеі]|відправили|в дорозі|їд(?:е|уть)|прямує|у кур'єра|передан[оаеі]? (?:в|до|кур)\w*)
            {_THING}(?:отправлен[оаы]?|отправили|в пути|ед(?:ет|ут)|передан[оаы]? (?:в|курьер)\w*|у курьера)
            {_THING}(?:shipped|on (?:its|the|their) way|dispatched|out for delivery|in transit)
            (?:вже|уже|already) (?:відправ(?:или|лено)|в дорозі|отправ(?:или|лено)|в пути|їд(?:е|уть)|shipped
            |on (?:its|the) way)
            кур'єр\w* (?:вже |уже )?(?:виїхав|їде)|курьер (?:уже )?(?:выехал|едет)
            відвантажен[оаі]|отгружен[оаы]?|dispatched|shipped
        """),
        frozenset({Finding.SHIPPED, Finding.DELIVERED}),
    ),
    Doing(
        words(rf"""
            {_THING}(?:[ву] відділенні|(?:можна|можете) забирати|в отделении|можно забирать)
            {_THING}(?:доставлен[оаеіы]?|доставили|прибул[оаи]|прибыл[аи]?|чекає на вас|ждет вас|отриман[оаеі]
            |получен[оаы]?)
            (?:комплект|замовлення|заказ|шини|шины)\b (?:вже|уже) (?:чека\w+|жд[уе]т|готов\w*)
            {_THING}(?:delivered|arrived|ready for pickup|готов[еоіы] до видачі|готов[оы]? к выдаче)
        """),
        frozenset({Finding.DELIVERED}),
    ),
)
WHATEVER = Doing(
    words(rf"""
            (?:я|ми|мы)\s+{_BY_NOW}{_NO_DEED}[^\W\d]+(?:ла|ли|лась|лася|лися|ив|ав|ил|ал|ял)
            (?:вже|уже|щойно|только что)\s+{_BY_NOW}{_NO_DEED}[^\W\d]{{2,}}(?:ла|лась|лася)
            {_NO_DEED}[^\W\d]{{2,}}ла\s+(?:вас|вам|для вас|ваш\w*)
            consider it done
            {_IMPERSONAL}[^\W\d]{{2,}}(?:ено|ано|ято|уто)
            (?:i|we)(?:'ve| have)?\s+{_JUST}{_NO_ENGLISH_DEED}(?:\w+ed|made|put|set|sent|took|left)
            успішно|успешно|successfully
            (?:has|have|'s|'ve)\s+{_JUST}been\s+{_JUST}{_NO_ENGLISH_DEED}(?:\w+ed|made|set|put|taken|sent)
        """),
    _WHATEVER,
)
"""What is not in the table."""
