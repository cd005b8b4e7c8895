"""What the recognizer is told to expect, by what was asked for: brands that the shop sells, figures, days, names.

Rule 1: brands are hinted as callers say them and as they are written.
Rule 2: few words do more than many: at most a hundred, the likeliest first.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from domain.hearing.names import FIRST_NAMES
from domain.phrases import Language
from domain.speech import Expectation
from domain.verbalizer.brands import TIRE_BRANDS

MOST_HINTS = 100
LONGEST_HINT = 100

_UKRAINIAN = """
free: зимові шини|літні шини|всесезонні шини|зимова гума|літня гума|шиномонтаж|перевзувка|балансування|зберігання шин
|доставка|самовивіз|Нова Пошта|пункт видачі|накладений платіж|оплата карткою|статус замовлення|перенести запис
|скасувати запис|оператор|з'єднайте з оператором|передзвоніть мені|радіус шістнадцять|на п'ятнадцять|на шістнадцять
|на сімнадцять|двісті п'ять на п'ятдесят п'ять|сто дев'яносто п'ять на шістдесят п'ять|зимние шины|летние шины
|шиномонтаж|заказ
yes_no: так|ні|так, звісно|так, оформлюйте|так, вірно|все правильно|підтверджую|ні, дякую|ні, не треба|не треба|згоден
|згодна|давайте|добре|ага|угу|да|нет|да, оформляйте|верно|не надо|оператор
phone: нуль|нуль нуль|один|два|три|чотири|п'ять|шість|сім|вісім|дев'ять|плюс тридцять вісім|нуль тридцять дев'ять
|нуль п'ятдесят|нуль шістдесят три|нуль шістдесят шість|нуль шістдесят сім|нуль шістдесят вісім|нуль сімдесят три
|нуль дев'яносто один|нуль дев'яносто два|нуль дев'яносто три|нуль дев'яносто чотири|нуль дев'яносто п'ять
|нуль дев'яносто шість|нуль дев'яносто сім|нуль дев'яносто вісім|нуль дев'яносто дев'ять|десять|одинадцять|дванадцять
|тринадцять|чотирнадцять|п'ятнадцять|шістнадцять|сімнадцять|вісімнадцять|дев'ятнадцять|двадцять|тридцять|сорок
|п'ятдесят|шістдесят|сімдесят|вісімдесят|дев'яносто|сто|двісті|триста|чотириста|п'ятсот|шістсот|сімсот|вісімсот
|дев'ятсот|два нуля|три сімки|ноль|ноль пятьдесят|ноль шестьдесят семь
size: двісті п'ять на п'ятдесят п'ять на шістнадцять|сто дев'яносто п'ять на шістдесят п'ять на п'ятнадцять
|двісті двадцять п'ять на сорок п'ять на сімнадцять|сто п'ятдесят п'ять|сто шістдесят п'ять|сто сімдесят п'ять
|сто вісімдесят п'ять|сто дев'яносто п'ять|двісті п'ять|двісті п'ятнадцять|двісті двадцять п'ять|двісті тридцять п'ять
|двісті сорок п'ять|двісті п'ятдесят п'ять|двісті шістдесят п'ять|двісті сімдесят п'ять|двісті вісімдесят п'ять
|на тридцять п'ять|на сорок|на сорок п'ять|на п'ятдесят|на п'ятдесят п'ять|на шістдесят|на шістдесят п'ять|на сімдесят
|на сімдесят п'ять|на вісімдесят|на тринадцять|на чотирнадцять|на п'ятнадцять|на шістнадцять|на сімнадцять
|на вісімнадцять|на дев'ятнадцять|на двадцять|радіус тринадцять|радіус чотирнадцять|радіус п'ятнадцять
|радіус шістнадцять|радіус сімнадцять|радіус вісімнадцять|радіус дев'ятнадцять|радіус двадцять|ер шістнадцять|R13|R14
|R15|R16|R17|R18|R19|R20|двести пять|пятьдесят пять|шестнадцать|сто девяносто пять|не знаю розміру
quantity: чотири|чотири шини|чотири штуки|комплект|повний комплект|два комплекти|дві|дві шини|дві штуки|пару|одна|одну
|одну шину|три|п'ять|шість|вісім|четвірку|четыре|две|два колеса|чотири колеса|всі чотири
date: сьогодні|завтра|післязавтра|понеділок|у понеділок|у вівторок|у середу|у четвер|у п'ятницю|у суботу|у неділю
|наступного тижня|через тиждень|через два дні|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня
|листопада|грудня|першого|другого|третього|четвертого|п'ятого|шостого|сьомого|восьмого|дев'ятого|десятого|одинадцятого
|дванадцятого|тринадцятого|чотирнадцятого|п'ятнадцятого|шістнадцятого|сімнадцятого|вісімнадцятого|дев'ятнадцятого
|двадцятого|двадцять першого|двадцять другого|двадцять третього|двадцять четвертого|двадцять п'ятого|двадцять шостого
|двадцять сьомого|двадцять восьмого|двадцять дев'ятого|тридцятого|тридцять першого|числа|послезавтра|в пятницу
|в субботу
time: о восьмій|о дев'ятій|о десятій|об одинадцятій|о дванадцятій|о тринадцятій|о чотирнадцятій|о п'ятнадцятій
|о шістнадцятій|о сімнадцятій|о вісімнадцятій|о дев'ятнадцятій|о другій|о третій|о четвертій|о п'ятій|на дев'яту
|на десяту|на одинадцяту|на дванадцяту|на тринадцяту|на чотирнадцяту|на п'ятнадцяту|на шістнадцяту|на сімнадцяту
|на вісімнадцяту|дев'ята тридцять|десята тридцять|одинадцята тридцять|тридцять|п'ятнадцять|сорок п'ять|пів на десяту
|пів на одинадцяту|о пів на дванадцяту|ранку|дня|вечора|зранку|після обіду|в десять|в одиннадцать
order_number: номер замовлення|номер договору|нуль|один|два|три|чотири|п'ять|шість|сім|вісім|дев'ять|десять|одинадцять
|дванадцять|двадцять|тридцять|сорок|п'ятдесят|шістдесят|сімдесят|вісімдесят|дев'яносто|сто|двісті|триста|чотириста
|п'ятсот|шістсот|сімсот|вісімсот|дев'ятсот|тисяча|тисяч|не знаю номера|ноль
plate: А А|А Е|А І|А М|А Н|А Р|А Х|В В|В І|В Н|К А|К В|С А|С В|нуль|один|два|три|чотири|п'ять|шість|сім|вісім|дев'ять
|ка|ес|ер|ен|ем|ха|ве|те
name: мене звати|на ім'я
"""

_ENGLISH = """
free: winter tires|summer tires|all season tires|tire fitting|wheel balancing|delivery|pickup|order status
|opening hours|operator|speak to an operator|two oh five fifty five sixteen
yes_no: yes|no|yes please|no thank you|that is correct|sure|okay|not now|operator
phone: zero|oh|double|triple|one|two|three|four|five|six|seven|eight|nine|plus three eight zero
size: two oh five fifty five sixteen|one ninety five sixty five fifteen|two twenty five forty five seventeen
|two fifteen|two thirty five|one eighty five|fifty five|sixty five|R fifteen|R sixteen|R seventeen|R eighteen
quantity: one|two|three|four|five|six|eight|a set|a set of four|a pair
date: today|tomorrow|the day after tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|january
|february|march|april|may|june|july|august|september|october|november|december
time: nine|ten|eleven|twelve|one|two|three|four|five|six|thirty|fifteen|o'clock|half past|in the morning
|in the afternoon
order_number: order number|zero|oh|double|one|two|three|four|five|six|seven|eight|nine|hundred|thousand
plate: zero|one|two|three|four|five|six|seven|eight|nine
name: my name is
"""


def _table(text: str) -> Mapping[Expectation, tuple[str, ...]]:
    """Read a table; a line that begins with `|` continues the one before."""
    rows = (line.split(": ") for line in text.replace("\n|", "|").strip().splitlines())
    return {Expectation(slot): tuple(dict.fromkeys(words.split("|"))) for slot, words in rows}


_WORDS: Mapping[Language, Mapping[Expectation, tuple[str, ...]]] = {"uk": _table(_UKRAINIAN), "en": _table(_ENGLISH)}


def hints(expectation: Expectation, brands: Sequence[str], language: Language) -> Sequence[str]:
    """Return what is likely to be said: the same sequence each time for the same question and brands."""
    return _hints(expectation, tuple(brands), language)


@lru_cache(maxsize=64)
def _hints(expectation: Expectation, brands: tuple[str, ...], language: Language) -> tuple[str, ...]:
    known = _WORDS[language][expectation]
    if expectation is Expectation.NAME:
        known = (*known, *FIRST_NAMES[language])
    if expectation is Expectation.FREE:
        said = [TIRE_BRANDS.get(brand, "") for brand in brands] if language == "uk" else []
        known = (*known, *said, *brands)
    likely = (hint for hint in dict.fromkeys(known) if hint and len(hint) <= LONGEST_HINT)
    return tuple(islice(likely, MOST_HINTS))
