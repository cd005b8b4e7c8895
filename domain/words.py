"""The few words that the machine itself must know, in the languages of the callers.

Everything else that is said is the language model's to understand.
"""

import re
from collections.abc import Collection

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
    так да ага угу еге аякже авжеж звісно звичайно конечно канєшно вірно верно правильно точно именно саме ладно
    підтверджую підтверджуємо подтверждаю подтверждаем згоден згодна згодні согласен согласна согласны
    погоджуюсь погоджуюся оформлюйте оформляйте оформляй оформляємо оформлюємо оформляем оформлюй оформіть оформіте
    записуйте записуй записывайте запишіть запишите записуємо записуєм записываем бронюйте бронюй бронюємо бронируйте
    замовляйте замовляю замовляємо заказывайте заказываем заказываю беру беремо берём берем
    давай давайте добре хорошо гаразд окей ок домовились домовилися договорились підходить подходит влаштовує устраивает
    можна можно
    yes yeah yep yup sure correct right confirm confirmed okay ok agreed absolutely definitely exactly fine certainly
    course good great perfect ahead please
    """.split()
)
_POLITE = frozenset(
    """
    та ну от ось вот а і й и все всё усе цілком абсолютно зовсім совсем повністю полностью це это воно
    так-так да-да мене мені меня мне нас нам я ми мы ви вы вам вас його її
    будь ласка пожалуйста прошу дякую дякуємо спасибо спасибі дуже очень велике большое
    вже уже тоді тогда же ж то хай нехай пусть буде будет є есть
    замовлення заказ запис запись чекаю жду ждём олено
    thank thanks you very much it is that is that's it's i'm i we this all go do place book the order of sounds with me
    well uh um oh and for so
    """.split()
)
"""Words that may stand beside a yes and add nothing to it."""


def agrees(text: str, also: Collection[str] = ()) -> bool:
    """Whether these words say yes to what was read out, and nothing else; `also` are words that say yes to just this.

    Any word that is not known to be harmless may be a correction ("так, на
    Шевченка"), so that it is no yes to what was read out.
    """
    spoken = words(text)
    yes = [word in _AGREEMENTS or word in also for word in spoken]
    return any(yes) and all(said or word in _POLITE for said, word in zip(yes, spoken, strict=True))


def hangs(text: str) -> bool:
    """Whether the words hang in the air, so that more must follow."""
    spoken = words(text)
    return bool(spoken) and (spoken[-1] in _HANGING or text.rstrip().endswith((",", "…", "-", ":")))


def digit_count(text: str) -> int:
    return sum(character.isdigit() for character in text)
