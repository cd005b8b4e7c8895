"""What kind of answer the agent's words ask for.

Rule 1: what ends the agent's words counts: a question, or a request ("Назвіть номер замовлення.").
Rule 2: a question that begins as one of yes and no, or that has no word of
asking in it, asks for yes or no; unless it requests ("Can you tell me…?").
Rule 3: of several things asked for at once the first is expected.
"""

import re

from domain.speech import Expectation
from domain.words import words

_QUESTION = re.compile(r"[^.!?…]*\?\s*$")
_SENTENCE = re.compile(r"[^.!?…]*[.!?…]*\s*$")

_REQUESTS = re.compile(
    r"\b(назвіть|назвати|назвете|скажіть|сказати|скажете|продикту\w+|вкажіть|вказати|підкажіть|підказати|підкажете"
    r"|введіть|наберіть|повторіть|повторити|уточніть|уточнити|напишіть"
    r"|назовите|назвать|назов[её]те|скажите|сказать|скажете|подскажите|подсказать|укажите|введите|наберите|повторите"
    r"|повторить|уточните|уточнить|tell me|give me|say|have your|have the|get your|dictate|enter|spell|repeat)\b"
)
_YES_NO_OPENERS = re.compile(
    r"(чи|хіба|is|are|am|do|does|did|can|could|shall|should|would|will|have|has|may)\b"
    r"|(так|да|вірно|правильно|гаразд|згодні|підтверджуєте|right|correct|confirm|верно|подтверждаете|согласны)\b"
)
_YES_NO_TAGS = re.compile(
    r"\b(вірно|правильно|так|так чи ні|гаразд|згодні|підтверджуєте|верно|да|да или нет|хорошо|подтверждаете|согласны"
    r"|right|correct|confirm|yes or no|okay|ok)$"
)
_ALTERNATIVES = re.compile(r"(?<!^)\b(чи|або|или|or)\b")
_ASKING = re.compile(
    r"\b(що|чого|чому|чим|хто|кого|кому|який|яка|яке|які|якого|якої|якому|якій|яку|яким|яких|скільки|котр\w+|де|куди"
    r"|звідки|коли|як|чий|чия|чиє|что|чего|чем|кто|какой|какая|какое|какие|какого|какую|каком|каких"
    r"|сколько|котор\w+|где"
    r"|куда|откуда|когда|как|почему|чей|ч[ьи]я|чь[её]|what|which|who|whom|whose|where|when|why|how)\b"
)
_BARE_SUBJECTS = re.compile(
    r"(а |і |и |and )?(ваш\w*|your)? ?(місто|адреса|адрес|авто|машина|марка|модель|бренд|город|city|address|car|brand"
    r"|model)( \w+)?$"
)

_SLOTS = tuple(
    (slot, re.compile(pattern))
    for slot, pattern in (
        (
            Expectation.PLATE,
            r"держ\w*номер\w*|держзнак\w*|гос\w*номер\w*|номер\w*( державн\w+)? знак\w*|держ\w+ номер\w*"
            r"|номер\w* (\w+ )?(авто|автомоб\w+|машин\w*)\b|plate|registration",
        ),
        (
            Expectation.PHONE,
            r"(\bномер\w* (\w+ ){0,2})?(телефон\w*|мобільн\w*|мобильн\w*)|контактн\w+ номер\w*|phone|mobile"
            r"|номер\w* .*(набра|дзвон|звон)|(набра|дзвон|звон)\w* .*номер\w*|number .*\bcall\b|\bcall\b .*number",
        ),
        (
            Expectation.ORDER_NUMBER,
            r"номер\w* (\w+ )?(замовлен\w*|заказ\w*|договор\w*|бронюван\w*|бронирован\w*|брон[іьи]|контракт\w*"
            r"|запис\w*)"
            r"|(order|booking|contract|reservation|reference) (number|code)"
            r"|number of (the|your) (order|booking|contract)",
        ),
        (
            Expectation.SIZE,
            r"\b(типо)?розмір\w*|\b(типо)?размер\w*|радіус\w*|радиус\w*|діаметр\w*|диаметр\w*|ширин\w*|профіл\w*"
            r"|профил\w*"
            r"|\bsizes?\b|diameter|radius|\brim\b",
        ),
        (
            Expectation.TIME,
            r"\b(об?|на|до|з|після|у|в|від) (котр\w+|якій годин\w+|яку годину)|котра( година)?\b"
            r"|\b(який|якого|якому) час\w*"
            r"|\b(годину|година) (вам|вас|зручн|запис)|\b(зручний|бажаний) час"
            r"|\b(во|на) сколько\b(?! (шин|штук|кол))|как\w+ (час|врем)\w*|котором часу|удобное время"
            r"|(what|which) time|time (suits|works|would|is convenient|do you)",
        ),
        (
            Expectation.DATE,
            r"\b(який|якого|якому|яку|яка|яке|якій|котр\w+) (день|дня|дату|дата|дати|числ\w+)|\bколи\b"
            r"|\b(зручний|бажаний) день"
            r"|\bдень (вам|вас|зручн)|как\w+ (день|дня|дату|дата|числ\w+)|\bкогда\b|удобный день"
            r"|(what|which) (day|date)|\bwhen\b",
        ),
        (
            Expectation.QUANTITY,
            r"\b(скільки|сколько)\b(?! \w*(кошт|стоит|готов|витра|потрат|часу|времени|років|лет|гривень|гривен"
            r"|грош|денег)"
            r"| (ви|вы) (готов|план\w+ витра|хоч\w+ витра))|кількіст\w+|количеств\w+|how many|quantity",
        ),
        (
            Expectation.NAME,
            r"\b(ваше|чиє|чиїм|яке|якому|яким) ім'я\w*|\bім'я\b|імен\w+ (запис|оформ)|прізвищ\w+|\bзвати\b|звертати\w*"
            r"|на кого (запис|оформ)\w*|\bимя\b|\bзовут\b|обращаться|фамили\w+|на кого (запис|оформ)\w*"
            r"|\bname\b(?! of (the|your) (shop|store|brand|car|model|city|street))|call you\b",
        ),
        (Expectation.ORDER_NUMBER, r"\bномер\w*\b|\bкод\b|\bnumber\b|\bcode\b|\bdigits\b|\bцифр\w*"),
    )
)
_BARE_WORDS = 4
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\b(об?|на) \w+(ій|ту|тій|ту годину)\b|\bo'clock\b|\b[ap]m\b")


def pending_question(text: str) -> str | None:
    """Return the question with which these words end, if they do."""
    match = _QUESTION.search(text)
    return match.group().strip() if match else None


def expected(text: str) -> Expectation:
    """Return what the agent's words ask the caller for."""
    question = pending_question(text)
    asked = " ".join(words(question or ""))
    if not asked:
        return _requested(text)
    if _REQUESTS.search(asked):
        return _slot(asked) or Expectation.FREE
    alternatives = _ALTERNATIVES.search(asked)
    if _YES_NO_TAGS.search(asked) or (_YES_NO_OPENERS.match(asked) and not alternatives):
        return Expectation.YES_NO
    if alternatives and not _ASKING.search(asked):
        return Expectation.TIME if _CLOCK.search(question or "") else Expectation.FREE
    if _ASKING.search(asked):
        return _slot(asked) or Expectation.FREE
    return _of_statement(asked)


def _requested(text: str) -> Expectation:
    sentence = _SENTENCE.search(text.strip())
    asked = " ".join(words(sentence.group())) if sentence else ""
    return (_slot(asked) if _REQUESTS.search(asked) else None) or Expectation.FREE


def _of_statement(asked: str) -> Expectation:
    """A question without a word of asking: a bare "Номер телефону?", or a statement to be confirmed."""
    if _BARE_SUBJECTS.match(asked):
        return Expectation.FREE
    slot = _slot(asked)
    bare = len(asked.split()) <= _BARE_WORDS and not any(character.isdigit() for character in asked)
    return slot if slot is not None and bare else Expectation.YES_NO


def _slot(asked: str) -> Expectation | None:
    found = [(match.start(), at, slot) for at, (slot, pattern) in enumerate(_SLOTS) if (match := pattern.search(asked))]
    if len(found) > 1 and found[-1][1] == len(_SLOTS) - 1:
        found.pop()  # "номер" says nothing beside what it is the number of
    return min(found)[2] if found else None
