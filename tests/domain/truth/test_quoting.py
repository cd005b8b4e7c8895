"""What stands in a text of the shop may be said as it stands there."""

import pytest

from domain.facts import Facts
from domain.truth.gate import judge
from domain.truth.quoting import is_quoted
from tests.domain.truth.fact_sets import TODAY

ARTICLE = (
    "Гарантія. Шини міняють у п'ять кроків, якщо замовлення оформлено у нас. "
    "Тиск перевірено до 2,5 атмосфер — це норма!"
)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Шини міняють у п'ять кроків, якщо замовлення оформлено у нас.", True),
        ("шини міняють у п’ять кроків", True),
        ("Так, шини міняють у п'ять кроків.", True),
        ("Гарантія. Шини міняють у п'ять кроків,", True),
        ("Тиск перевірено до 2,5 атмосфер.", True),
        ("Тиск перевірено до 2,6 атмосфер.", False),
        ("Тиск перевірено.", False),
        ("Якщо замовлення оформлено у нас.", False),
        ("Замовлення оформлено у нас.", False),
        ("Так, замовлення оформлено у нас.", False),
        ("Отже, ви знаєте, шини міняють у п'ять кроків.", False),
        ("кроків", False),
        ("…", False),
        ("", False),
    ],
)
def test_what_stands_from_the_beginning_of_a_sentence_is_quoted(said: str, quoted: bool) -> None:
    assert is_quoted(said, [ARTICLE]) is quoted


def test_a_quotation_passes_and_what_is_made_of_it_does_not() -> None:
    facts = Facts(articles=frozenset({"У будні вільного часу більше, перевірено."}))
    assert judge("У будні вільного часу більше.", facts, today=TODAY).passes
    assert judge("У будні вільного часу більше, перевірено.", facts, today=TODAY).passes
    assert not judge("Є вільний час.", facts, today=TODAY).passes


def test_talk_of_instructions_is_not_made_sayable_by_a_text() -> None:
    facts = Facts(articles=frozenset({"Як мовна модель, я не знаю."}))
    assert not judge("Як мовна модель, я не знаю.", facts, today=TODAY).passes
