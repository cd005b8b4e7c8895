"""The few words that the machine itself must know, in the languages of the callers.

Everything else that is said is the language model's to understand.
"""

import re

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")

_BACKCHANNELS = frozenset(
    """
    угу ага мгм гм хм м мм еге ого так так-так ясно зрозуміло добре
    да да-да понятно хорошо
    uh-huh mhm mm hmm yeah okay ok right i see
    """.split()
)
_FAREWELLS = (
    *("до побачення", "на все добре", "бувайте", "всього найкращого", "всього доброго", "гарного дня", "прощавайте"),
    *("до свидания", "всего доброго", "всего хорошего", "пока-пока", "до встречи"),
    *("goodbye", "good bye", "bye", "bye-bye", "have a nice day"),
)
_HANGING = frozenset(
    """
    і й та а але або чи що щоб якщо бо на в у з із зі до для від по про за при під над без через як де коли ну е ем це
    мені моя мій мої який яка які скільки
    и или но что чтобы если потому с из от о об к ко мне мой моя какой какая сколько эм это
    and or but that if because on in at to for from of with about by the a an my is are i need want um uh er well so
    """.split()
)
_NUMBERS = frozenset(
    """
    нуль один одна дві два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять тринадцять чотирнадцять
    п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять двадцять тридцять сорок п'ятдесят шістдесят сімдесят
    вісімдесят дев'яносто сто двісті триста чотириста п'ятсот шістсот сімсот вісімсот дев'ятсот тисяча
    ноль один одна две четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят шестьдесят
    семьдесят восемьдесят девяносто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот тысяча
    zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    """.split()
)
_YES_NO = frozenset(
    """
    так ні ага угу звісно авжеж вірно правильно підтверджую згоден згодна добре
    да нет конечно верно подтверждаю
    yes no yeah yep nope sure correct right okay ok
    """.split()
)


def words(text: str) -> tuple[str, ...]:
    """Return the words in small letters, without punctuation, apostrophes all alike."""
    return tuple(word.replace("’", "'").replace("ʼ", "'") for word in _WORD.findall(text.lower()))


def same_words(one: str, other: str) -> bool:
    return words(one) == words(other)


def is_backchannel(text: str) -> bool:
    """Whether these words only say "I am listening"."""
    return all(word in _BACKCHANNELS for word in words(text))


def is_farewell(text: str) -> bool:
    spoken = f" {' '.join(words(text))} "
    return any(f" {farewell} " in spoken for farewell in _FAREWELLS)


def is_yes_or_no(text: str) -> bool:
    spoken = words(text)
    return bool(spoken) and len(spoken) <= 3 and any(word in _YES_NO for word in spoken)


_AGREEMENTS = frozenset(
    """
    так да ага угу звісно авжеж конечно вірно верно правильно підтверджую подтверждаю згоден згодна согласен согласна
    оформлюйте оформляйте оформляй записуйте записывайте запишіть запишите бронюйте давайте добре хорошо гаразд
    yes yeah yep sure correct right confirm okay ok please
    """.split()
)
_RESERVATIONS = frozenset(
    """
    ні нет не але но зачекайте подождите стоп краще лучше тільки только інший інша інше інші другой другая другое
    no not don't but wait stop rather instead only another
    """.split()
)


def agrees(text: str) -> bool:
    """Whether these words say yes to what was read out, without any reservation."""
    spoken = words(text)
    return any(word in _AGREEMENTS for word in spoken) and not any(word in _RESERVATIONS for word in spoken)


def hangs(text: str) -> bool:
    """Whether the words hang in the air, so that more must follow."""
    spoken = words(text)
    return bool(spoken) and (spoken[-1] in _HANGING or text.rstrip().endswith((",", "…", "-", ":")))


def ends_in_number(text: str) -> bool:
    spoken = words(text)
    return bool(spoken) and (spoken[-1][-1].isdigit() or spoken[-1] in _NUMBERS)


def digit_count(text: str) -> int:
    return sum(character.isdigit() for character in text)
