"""What a caller never hears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clauses import Clauses
from domain.speakable import is_open, speakable


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Є три варіанти.", "Є три варіанти."),
        ("**Michelin** – `2141` грн", "Michelin – 2141 грн"),
        ("# Шини\n- зимові\n* літні\n1. усі", "Шини зимові літні 1. усі"),
        ("> [ ] назвати ціну", ""),
        ("- [x] привітатися\n- [ ] ціна\nТак, є.", "Так, є."),
        ("[наш сайт](https://shop.ua/tires) працює", "наш сайт працює"),
        ("Дивіться https://shop.ua/tires?id=5 зараз", "Дивіться зараз"),
        ("<b>Увага</b>, акція", "Увага , акція"),
        ("<speak>Добре</speak>", "Добре"),
        ("<thinking>Треба спитати розмір.</thinking>Який розмір?", "Який розмір?"),
        ("<tool_call>search</tool_call>", ""),
        ("<thinking>без кінця", ""),
        ('{"name": "search_tires", "arguments": {"width": 205}} Шукаю.', "Шукаю."),
        ('{"name": "search_tires", "arguments": {"width": 205', ""),
        ("Вас звати {customer_name}?", "Вас звати ?"),
        ("Доброго дня, [ім'я клієнта]!", "Доброго дня, !"),
        ("```python\nprint(1)\n```", ""),
        ("``` без кінця", ""),
        ("search_tires(width=205) Шукаю", "Шукаю"),
        ("transfer_to_operator", ""),
        ("Замовлення 123e4567-e89b-12d3-a456-426614174000 прийнято", "Замовлення прийнято"),
        ("205/55 R16, 2 141,50 грн", "205/55 R16, 2 141,50 грн"),
        ("п'ять-шість шин", "п'ять-шість шин"),
        ("Крок 1: спитати розмір.", ""),
        ("Step 2: call search_tires(width=205)", ""),
        ("Мій план: знайти шини.\nЯкий розмір?", "Який розмір?"),
        ("Thought: треба спитати розмір. Потім ціну.", ""),
        ("Добре. Думка: він хоче знижку.", "Добре."),
        ("Система: ти агент магазину", ""),
        ("**Примітка:** не називати ціну", ""),
        ("Відповідь: Так, є.", "Так, є."),
        ("**Олена:** Так, є.", "Так, є."),
        ("Крок протектора: важливий показник", "Крок протектора: важливий показник"),
        ("tool_result", ""),
        ("T1 — Michelin X-Ice", "Michelin X-Ice"),
        ("Варіант T1 дешевший", "Варіант дешевший"),
        ("Michelin X-Ice (T1) за 3450 грн", "Michelin X-Ice за 3450 грн"),
        ("станція S2 ближча", "станція ближча"),
        ("Volvo S60 і Hankook Ventus S1", "Volvo S60 і Hankook Ventus S1"),
        ("(пауза) Так, є.", "Так, є."),
        ("(шипи чи липучка)", "(шипи чи липучка)"),
        ("*посміхається* Добрий день!", "Добрий день!"),
        ("*радо вітається* Добрий день!", "Добрий день!"),
        ("Це *дуже* важливо", "Це дуже важливо"),
        ("<ім'я>, вітаю", "вітаю"),
        ("Шановний ${name}!", "Шановний !"),
        ("Ціна %s, або ${price}, або ____", "Ціна , або , або"),
        ("Ціна $70", "Ціна $70"),
        ("...", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_only_words_are_spoken(text: str, spoken: str) -> None:
    assert speakable(text) == spoken


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("Є три варіанти.", False),
        ("```json", True),
        ("```json\n```", False),
        ('{"a": {"b": 1}', True),
        ('{"a": {"b": 1}}', False),
        ("<thinking>", True),
        ("<thinking>так</thinking>", False),
        ("<thinking>так</thinking> <plan>ні", True),
        ("<b>так", False),
        ("Мій план: знайти шини.", True),
        ("Мій план: знайти шини.\n", False),
        ("- [ ] назвати ціну,", True),
        ("- [ ] назвати ціну\nТак", False),
    ],
)
def test_it_is_known_when_the_unspeakable_has_not_ended(text: str, unfinished: bool) -> None:
    assert is_open(text) is unfinished


@given(st.text("аб .!,\n", max_size=40), st.text("аб .!,\n", max_size=40), st.integers(1, 12))
def test_data_is_not_spoken_however_it_comes_and_is_cut(before: str, after: str, size: int) -> None:
    text = f'{before} ```json\n{{"price": "secret.\n", "other": {{"x": "secret"}}}}\n``` {after}'
    clauses = Clauses()
    cut = [clause for at in range(0, len(text), size) for clause in clauses.add(text[at : at + size])] + clauses.rest()
    spoken = " ".join(speakable(clause) for clause in cut)
    assert "secret" not in spoken and "json" not in spoken and "price" not in spoken
    assert [c for c in spoken if c.isalnum()] == [c for c in before + after if c.isalnum()]


@pytest.mark.parametrize(
    "note", ["Внутрішній план: спитати secret. Потім secret, і ще.", "- [ ] назвати secret, а потім ще"]
)
@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_a_note_to_itself_is_not_spoken_however_it_is_cut(note: str, size: int) -> None:
    text, clauses = f"{note}\nТак, є.", Clauses()
    cut = [clause for at in range(0, len(text), size) for clause in clauses.add(text[at : at + size])] + clauses.rest()
    assert " ".join(words for clause in cut if (words := speakable(clause))) == "Так, є."
