"""A person's name: `Олександр` from "мене звати Олександр", "на Олександра".

Rule 1: a brand is never a name: what sounds like one was misheard.
Rule 2: a word is a name if it is a known one, if the caller says that it is
("мене звати…"), or if it is written as one and nothing else is said.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from domain.phrases import Language
from domain.verbalizer.brands import BRANDS

_UKRAINIAN_MEN = """
Олександр Андрій Сергій Володимир Микола Іван Василь Петро Михайло Віктор Олексій Юрій Ігор Дмитро Роман Максим Олег
Ярослав Богдан Тарас Анатолій Вадим Віталій Євген Артем Денис Станіслав Руслан Степан Павло Григорій Валентин Валерій
Леонід Борис Костянтин Назар Ростислав Святослав В'ячеслав Едуард Антон Арсен Данило Кирило Остап Орест Любомир Мирослав
Матвій Тимофій Федір Геннадій Георгій Микита Ілля Лев Марко Захар Семен Яків Гліб Всеволод Владислав Тимур Родіон
Саша Діма Женя Вова Коля Міша Сашко Льоша Олесь Макс
"""
_MEN = f"""{_UKRAINIAN_MEN}
Александр Андрей Сергей Владимир Николай Василий Петр Михаил Виктор Алексей Юрий Игорь Дмитрий Евгений Анатолий Виталий
Павел Григорий Валерий Леонид Константин Вячеслав Эдуард Даниил Кирилл Матвей Федор Геннадий Георгий Никита Илья Марк
Яков Глеб Владислав Артем Илларион Тимофей
Alexander Andrew Andrii Oleksandr Serhii Sergey Michael John David Peter Paul Victor Dmytro Maksym Ivan Mykola Oleh
Roman
Yurii Bohdan Thomas James Robert Daniel Alex Max Nick Mark Anton Denys
"""
_UKRAINIAN_WOMEN = """
Олена Ольга Наталія Ірина Тетяна Оксана Світлана Юлія Людмила Марія Ганна Анна Катерина Вікторія Галина Надія Любов Віра
Валентина Лариса Інна Алла Яна Анастасія Софія Дарина Дарія Христина Соломія Богдана Мар'яна Леся Лідія Ніна Раїса Зоя
Тамара Аліна Діана Поліна Маргарита Вероніка Євгенія Олександра Інга Роксолана Уляна Злата Ангеліна Емілія Стефанія
Наталя Катя Таня Оля Настя Маша Юля Лена Віка
"""
_WOMEN = f"""{_UKRAINIAN_WOMEN}
Елена Наталья Ирина Татьяна Светлана Юлия Мария Екатерина Виктория Надежда Любовь Вера Инна Анастасия София Дарья
Кристина
Лидия Нина Раиса Алина Полина Вероника Евгения Александра Ульяна Ангелина
Olena Olga Natalia Iryna Irina Tetiana Oksana Svitlana Yulia Maria Mary Anna Kateryna Victoria Halyna Elena Helen Kate
Sofia Daria Sarah Emily Alina Diana
"""
_IRREGULAR = {
    "Петра": "Петро",
    "Павла": "Павло",
    "Данила": "Данило",
    "Кирила": "Кирило",
    "Михайла": "Михайло",
    "Дмитра": "Дмитро",
    "Марка": "Марко",
    "Лева": "Лев",
    "Льва": "Лев",
    "Ігоря": "Ігор",
    "Игоря": "Игорь",
    "Любов": "Любов",
    "Федора": "Федір",
    "Сашка": "Сашко",
    "Олеся": "Олесь",
    "Якова": "Яків",
    "Антона": "Антон",
}
_SAYS = re.compile(
    r"\b(?:мене (?:звати|звуть|зовуть)|звати мене|звати|звуть|меня зовут|зовут|ім['’ʼ]я|им['’ʼ]?я"
    r"|прізвище|фамилия|my name is|my name's|name is|i am|i'm|this is|call me|under)\b[\s:,—-]*(?:буде |это |це )?",
    re.IGNORECASE,
)
_ON = re.compile(
    r"^\W*(?:(?:запишіть|записывайте|запишите|оформіть|оформлюйте)\s+(?:на\s+)?|(?:на|for|for the name)\s+)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_FILLERS = frozenset(
    """
    так да ну хай нехай буде пусть будет пан пані пана господин прізвище фамилия добрий доброго день дня вечір вечора
    алло вітаю мене меня е ем а ага угу це это пишіть запишіть записуйте запишите записывайте на будь ласка пожалуйста
    please well uh um yes ні нет no добре я просто можна можно it's
    """.split()
)
_NO_NAMES = frozenset(
    """
    не що шо как як який яка скільки сколько коли коліс шин шини шину колеса зачекайте почекайте хвилинку
    хвилину секунду дякую спасибі спасибо ранок оператор оператора людина доставка
    самовивіз
    замовлення розмір номер телефон the a name wait operator hello thanks thank you order завтра сьогодні післязавтра
    нуль
    """.split()
)
_WORDS_TOO = frozenset(
    "марка марку марк макс макса лева лев віку віка віра віру надія надію надежда любов любовь роман романа".split()
)
"""Names that are ordinary words in this trade."""
_MOST_WORDS = 3


def _known() -> Mapping[str, str]:
    return {name.lower(): name for name in (_MEN + _WOMEN).split()}


def _accusatives() -> Mapping[str, str]:
    """Return the forms behind "на": "на Олександра", "на Олену"."""
    forms: dict[str, str] = {}
    for name in _MEN.split():
        if name.endswith(("й", "ь")):
            forms[f"{name[:-1]}я"] = name
        elif not name.endswith(("а", "я", "о")):
            forms[f"{name}а"] = name
    for name in (_MEN + _WOMEN).split():
        if name.endswith("а"):
            forms[f"{name[:-1]}у"] = name
        elif name.endswith("я"):
            forms[f"{name[:-1]}ю"] = name
    forms |= _IRREGULAR
    return {form.lower(): name for form, name in forms.items()}


_KNOWN = _known()
_ACCUSATIVES = _accusatives()
_BRANDS = frozenset(
    word.lower()
    for brand in (*BRANDS.keys(), *BRANDS.values())
    for word in (brand, *brand.split())
    if word.lower() not in _KNOWN and len(word) > 1
)


FIRST_NAMES: Mapping[Language, tuple[str, ...]] = {
    "uk": tuple(chain.from_iterable(zip(_MEN.split(), _WOMEN.split(), strict=False))),
    "en": tuple(name for name in (_MEN + _WOMEN).split() if name.isascii()),
}
"""The commonest first, men and women in turn."""
UKRAINIAN_NAMES = frozenset((_UKRAINIAN_MEN + _UKRAINIAN_WOMEN).split())
"""First names in their Ukrainian form."""


def first_name(word: str) -> str:
    """Return the known first name that a word is, or is a form of; "" for others, and for what is a word too."""
    small = _plain(word).lower()
    return "" if small in _WORDS_TOO else _KNOWN.get(small) or _ACCUSATIVES.get(small, "")


def said_name(text: str) -> str:
    """Return the name that a caller says is his; "" where he does not say so."""
    said = _SAYS.search(text)
    return _name(_WORD.findall(text[said.end() :]), trusted=True, accusative=False) if said else ""


def read_name(text: str) -> str:
    if said := _SAYS.search(text):
        named = _WORD.findall(text[said.end() :]) or _WORD.findall(text[: said.start()])
        return _name(named, trusted=True, accusative=False)
    return _name(_WORD.findall(_ON.sub("", text)), trusted=False, accusative=_ON.search(text) is not None)


def _name(words: Sequence[str], *, trusted: bool, accusative: bool) -> str:
    named = [word for word in map(_plain, words) if word.lower() not in _FILLERS]
    if trusted:
        named = _until_something_else(named)
    if not named or len(named) > _MOST_WORDS or any(_is_no_name(word) for word in named):
        return ""
    known = any(word.lower() in _KNOWN or (accusative and word.lower() in _ACCUSATIVES) for word in named)
    if not known and not trusted and not all(word[0].isupper() for word in named):
        return ""
    return " ".join(_as_written(word, accusative=accusative) for word in named)


def _until_something_else(words: Sequence[str]) -> list[str]:
    """Keep a name of at most two words, of which the second is a name too."""
    kept: list[str] = []
    for word in words[:_MOST_WORDS]:
        if kept and not word[0].isupper() and word.lower() not in _KNOWN:
            break
        kept.append(word)
    return kept


def _is_no_name(word: str) -> bool:
    return word.lower() in _NO_NAMES or word.lower() in _BRANDS


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("ʼ", "'")


def _as_written(word: str, *, accusative: bool) -> str:
    small = word.lower()
    if accusative and small in _ACCUSATIVES:
        return _ACCUSATIVES[small]
    return _KNOWN.get(small) or "-".join(part[:1].upper() + part[1:] for part in small.split("-"))
