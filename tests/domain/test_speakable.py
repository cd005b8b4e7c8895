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
        ("> [ ] назвати ціну", "назвати ціну"),
        ("- [x] привітатися", "привітатися"),
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
