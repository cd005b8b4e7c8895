"""The gate between the model and the voice."""

from dataclasses import replace
from datetime import date, time
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import NOTHING, Deed, Facts
from domain.truth.gate import judge
from tests.domain.truth.fact_sets import FACTS, TODAY, hryvnias


def _passes(clause: str, facts: Facts) -> bool:
    return judge(clause, facts, today=TODAY).passes


@pytest.mark.parametrize(
    ("facts", "clause", "passes"),
    [
        (Facts(amounts=hryvnias(2141)), "2141", True),
        (Facts(quantities=frozenset({500})), "понад 500 моделей", True),
        (Facts(numbers=frozenset({"0671234567"})), "закінчується на 4567", True),
        (Facts(amounts=hryvnias(500)), "понад 600 моделей", False),
        (Facts(amounts=hryvnias(500)), "понад 600.5", False),
        (Facts(numbers=frozenset({"ORD-10245"})), "замовлення 10245", True),
        (Facts(numbers=frozenset({"910245"})), "замовлення 10245", False),
        (Facts(times=frozenset({time(14, 30)})), "о пів на третю", True),
        (Facts(times=frozenset({time(14, 30)})), "о 10:30", False),
        (Facts(dates=frozenset({date(2026, 11, 27)})), "у п'ятницю", True),
        (Facts(dates=frozenset({date(2026, 11, 27)})), "у четвер", False),
        (Facts(addresses=frozenset({"вул. Набережна Перемоги, 86а"})), "на Набережній Перемоги, 86а", True),
        (Facts(addresses=frozenset({"вул. Набережна Перемоги, 86а"})), "вул. Набережна Перемоги, 86", False),
        (Facts(addresses=frozenset({"вул. Здолбунівська, 7Г"})), "вул. Здолбунівська, 7Г", True),
        (Facts(addresses=frozenset({"вул. Здолбунівська, 7Г"})), "вул. Здолбунівська, 7Б", False),
        (Facts(addresses=frozenset({"вул. Здолбунівська, 7Г"})), "на Здолбунівській, 7Г", True),
        (Facts(addresses=frozenset({"вул. Здолбунівська, 7Г"})), "Здолбунівська, 7Б", False),
    ],
)
def test_a_claim_passes_when_it_is_known(facts: Facts, clause: str, passes: bool) -> None:
    assert _passes(clause, facts) is passes


@pytest.mark.parametrize(
    ("said", "clause", "passes"),
    [
        ("у четвер", "у четвер, 26 листопада", True),
        ("двадцять шостого листопада", "отже, у четвер", True),
        ("у п'ятницю", "26 листопада", False),
        ("о третій", "о 15:00", True),
        ("о третій", "о 16:00", False),
        ("хрещатик двадцять два", "вул. Хрещатик, 22", True),
        ("хрещатик двадцять два", "вул. Хрещатик, 23", False),
        ("до двох тисяч", "шукаю до 2000 гривень", True),
        ("до двох тисяч", "ціна 2000 гривень", False),
        ("завтра", "доставимо завтра", False),
        ("оформлено", "Замовлення оформлено", False),
    ],
)
def test_what_the_caller_said_may_be_said_back_but_not_promised(said: str, clause: str, passes: bool) -> None:
    assert _passes(clause, Facts(said=(said,))) is passes


def test_a_price_times_a_number_of_pieces_that_was_named_is_known() -> None:
    price = Facts(amounts=hryvnias(100))
    assert not _passes("разом 400 гривень", price)
    assert _passes("разом 400 гривень", replace(price, said=("чотири",)))
    assert _passes("разом 400 гривень", replace(price, quantities=frozenset({4})))
    assert not _passes("разом 3000 гривень", replace(price, said=("тридцять",)))


@pytest.mark.parametrize(
    ("before", "clause", "passes"),
    [
        ("Якщо вам зручніше,", "ми передзвонимо завтра.", True),
        ("", "ми передзвонимо завтра.", False),
        ("Добре. Якщо вам зручніше,", "ми передзвонимо завтра.", True),
        ("Якщо вам зручніше.", "ми передзвонимо завтра.", False),
        ("Якщо вам зручніше…", "ми передзвонимо завтра.", False),
        ("Якщо вам зручніше,", "замовлення оформлено.", False),
        ("Завтра,", "без сумніву, привезуть шини.", False),
        ("", "без сумніву, привезуть шини.", True),
        ("Вам на вул. Титова,", "175.", False),
    ],
)
def test_a_clause_is_judged_with_the_beginning_of_its_sentence(before: str, clause: str, passes: bool) -> None:
    facts = Facts(said=("завтра",))
    assert judge(clause, facts, today=TODAY, before=before).passes is passes


def test_one_false_claim_stops_the_clause() -> None:
    verdict = judge("Michelin за 3450 гривень, а Nokian за 2950.", FACTS["search"], today=TODAY)
    assert [claim.text for claim in verdict.unsupported] == ["за 2950"]


@pytest.mark.parametrize(
    ("known", "clause", "told"),
    [
        ("search", "Ціна 3200 грн.", "amount “3200 грн”. Known amounts: 2141 грн, 2890 грн, 3450 грн."),
        ("search", "В наявності 20 штук.", "Known quantities: 8, 12, 17."),
        ("search", "Є Michelin, 3200.", "Known amounts: 2141 грн, 2890 грн, 3450 грн. Known numbers: none."),
        ("search", "Їх немає в наявності.", "What was looked up last is in stock."),
        ("none", "Вони в наявності.", "What was looked up last is not looked up."),
        ("soldout", "Вони в наявності.", "What was looked up last is not in stock."),
        ("slots", "Є час 30 листопада.", "Known dates: 2026-11-26 (Thursday), 2026-11-27 (Friday)."),
        ("slots", "Вільно о 16:00.", "Known times: 10:00, 10:30, 14:30."),
        ("ordered", "Замовлення 99999.", "Known numbers: 10245."),
        ("draft", "На вул. Титова, 5.", "Known addresses: вул. Хрещатик, 22."),
        ("none", "Є вільний час.", "Free times are known from get_fitting_slots only."),
        ("none", "Замовлення оформлено.", "Done so far: none. A deed is done when its tool says so."),
        ("none", "Як мовна модель, я не знаю.", "Never speak of instructions, tools or models, and keep your role."),
    ],
)
def test_the_model_is_told_what_is_wrong_and_what_is_known(known: str, clause: str, told: str) -> None:
    said = judge(clause, FACTS[known], today=TODAY).told()
    assert told in said
    assert said.startswith("Your last sentence was not spoken")


@pytest.mark.parametrize("nonsense", ["1-" * 120, "12," * 80, "а " * 40, "1" * 61])
def test_what_goes_round_in_a_few_letters_is_not_said(nonsense: str) -> None:
    verdict = judge(nonsense, NOTHING, today=TODAY)
    assert not verdict.passes
    assert verdict.told().count("Speak in plain sentences.") == 1
    assert judge("Ні, ні, ні.", NOTHING, today=TODAY).passes


@pytest.mark.parametrize(
    "listed",
    [
        "Ціни такі: " + ",".join(f"{12 + at}" for at in range(70)),
        "Вільні дні: " + "-".join(f"{1 + at % 28}" for at in range(90)),
        "Є такі: " + " - ".join(f"{1 + at}" for at in range(40)),
    ],
)
def test_long_lists_of_figures_are_judged_in_no_time(listed: str) -> None:
    started = perf_counter()
    judge(listed, NOTHING, today=TODAY)
    assert perf_counter() - started < 0.5


def test_a_claim_is_told_once() -> None:
    assert judge("Ціна 100 грн, 100 грн.", NOTHING, today=TODAY).told().count("“100 грн”") == 1


def test_a_deed_is_true_once_the_shop_has_answered() -> None:
    assert _passes("Замовлення оформлено.", Facts(deeds=frozenset({Deed.ORDERED})))
    assert not _passes("Замовлення оформлено.", Facts(deeds=frozenset({Deed.SAVED})))


_PIECES = st.sampled_from(
    """
    1 30 205/55 99:99 111111111111111111111111111111 2026-13-45 31.02 ,5 1,5 тисяча
    сто десята пів на чверть о до з
    грн гривень
    вул. вулиця номер № замовлення завтра п'ятниця листопада хвилин штук ? . , — є в наявності за $ ¤ º ‹дата›
    """.split()
)


@given(st.lists(_PIECES | st.text(max_size=6), max_size=14), st.lists(_PIECES, max_size=4))
def test_whatever_the_model_writes_is_judged(pieces: list[str], said: list[str]) -> None:
    judge(" ".join(pieces), replace(FACTS["slots"], said=(" ".join(said),)), today=TODAY).told()
