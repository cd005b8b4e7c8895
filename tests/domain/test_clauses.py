"""Cutting the model's words into clauses: early, whole, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clauses import Clauses
from domain.words import words


def cut(*pieces: str) -> list[str]:
    clauses = Clauses()
    return [clause for piece in pieces for clause in clauses.add(piece)] + clauses.rest()


def letter_by_letter(text: str) -> list[str]:
    return cut(*text)


TEXTS = st.lists(
    st.text("абвії'", min_size=1, max_size=9).map(lambda word: word.strip("'") or "а"), min_size=1, max_size=60
).flatmap(
    lambda said: st.lists(
        st.sampled_from([" ", " ", ", ", ". ", "! ", "? ", "… ", " – ", "\n", ": "]), min_size=len(said)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(said, gaps, strict=False)))
)


@given(TEXTS, st.integers(1, 30))
def test_no_word_is_lost_doubled_or_moved_however_the_text_comes(text: str, size: int) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert words(" ".join(cut(*pieces))) == words(text)


@given(TEXTS)
def test_clauses_are_short_enough_to_be_voiced(text: str) -> None:
    assert all(0 < len(clause) <= 240 for clause in letter_by_letter(text))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Добре. Зараз гляну. Є три варіанти.", ["Добре.", "Зараз гляну.", "Є три варіанти."]),
        ("Так, звичайно, є три варіанти шин.", ["Так, звичайно,", "є три варіанти шин."]),
        ("Добрий день, чим допомогти, кажіть.", ["Добрий день, чим допомогти,", "кажіть."]),
        ("Так. Чим можу допомогти, скажіть, будь ласка?", ["Так.", "Чим можу допомогти, скажіть, будь ласка?"]),
        ("Ціна 2.5 тисячі гривень.", ["Ціна 2.5 тисячі гривень."]),
        ("Це 500 грн. за штуку.", ["Це 500 грн. за штуку."]),
        ("Разом 2141 грн. Чи підходить?", ["Разом 2141 грн.", "Чи підходить?"]),
        ("Монтаж триває 1 год. «Титова» ближча.", ["Монтаж триває 1 год.", "«Титова» ближча."]),
        ("Вони в наявності є. Яку?", ["Вони в наявності є.", "Яку?"]),
        ("Ціна разом 2141, беремо?", ["Ціна разом 2141,", "беремо?"]),
        ("Чекайте… Знайшла!", ["Чекайте…", "Знайшла!"]),
        ("Перше\nдруге", ["Перше", "друге"]),
        ("Є варіант – зимові шини", ["Є варіант – зимові шини"]),
        ("Можу запропонувати – зимові шини", ["Можу запропонувати –", "зимові шини"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_clauses_end_where_a_speaker_would_draw_breath(text: str, clauses: list[str]) -> None:
    assert letter_by_letter(text) == clauses


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Адреса: вул. Сагайдака, 5, біля метро.", "Адреса: вул. Сагайдака, 5,"),
        ("Адреса: вул. Набережна Перемоги, 86Б, навпроти ТРЦ.", "Адреса: вул. Набережна Перемоги, 86Б,"),
        ("Ми на проспекті Соборному, будинок 175, заїжджайте.", "Ми на проспекті Соборному, будинок 175,"),
        ("Шиномонтаж: м. Київ, вул. Здолбунівська, 7Г.", "Шиномонтаж: м. Київ, вул. Здолбунівська, 7Г."),
        ("Це вул. Титова, буд. 9, поруч.", "Це вул. Титова, буд. 9,"),
        ("Є на Здолбунівській, 7Г, записати?", "Є на Здолбунівській, 7Г,"),
        ("Запорізьке шосе, 37 (поруч з «Епіцентром»), ви знаєте?", "Запорізьке шосе, 37 (поруч з «Епіцентром»),"),
        ("Записую вас на четвер, 26 листопада, о 10:00.", "Записую вас на четвер, 26 листопада,"),
        ("Коштує приблизно – 2000 – 3000 грн, беремо?", "Коштує приблизно – 2000 – 3000 грн,"),
        ("У нашому місті, на вулиці Титова, 5.", "У нашому місті,"),
    ],
)
def test_an_address_and_a_figure_are_said_in_one_breath(text: str, first: str) -> None:
    assert letter_by_letter(text)[0] == first


def test_a_quotation_keeps_its_mark() -> None:
    assert cut("Вони «Зимові!» Так?") == ["Вони «Зимові!»", "Так?"]


def test_the_first_clause_is_cut_as_soon_as_it_can_be_spoken() -> None:
    clauses = Clauses()
    assert clauses.add("Так, звичайно,") == []
    assert clauses.add(" є") == ["Так, звичайно,"]
    assert clauses.add(" три варіанти, а саме") == []


def test_a_sentence_that_certainly_ends_is_not_kept_waiting() -> None:
    clauses = Clauses()
    assert clauses.add("Звичайно.") == ["Звичайно."]
    assert clauses.add("Є 2.") == []
    assert clauses.add("5 тисячі!") == ["Є 2.5 тисячі!"]


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    clauses = cut("шини " * 100)
    assert len(clauses) == 3
    assert all(set(clause.split()) == {"шини"} for clause in clauses)


def test_a_word_without_an_end_is_cut_somewhere() -> None:
    assert "".join(cut("а" * 600)) == "а" * 600


@pytest.mark.parametrize(
    "hidden",
    [
        '```json\n{"price": 5.\n}\n```',
        '{"tool": "search. \n", "size": {"width": 205}}',
        "<thinking>Перше. Друге!\nТретє, четверте, п'яте.</thinking>",
        "```\n" + "слово, " * 60 + "```",
    ],
)
def test_what_is_never_spoken_is_never_cut_in_two(hidden: str) -> None:
    clauses = letter_by_letter(f"{hidden} Є три варіанти. Який?")
    assert clauses == [f"{hidden} Є три варіанти.", "Який?"]


def test_a_sentence_before_what_is_never_spoken_is_not_kept_waiting() -> None:
    clauses = Clauses()
    assert clauses.add('Зараз. {"tool": "x.') == ["Зараз."]
    assert clauses.add('\n"}. Гаразд') == ['{"tool": "x.\n"}.']
