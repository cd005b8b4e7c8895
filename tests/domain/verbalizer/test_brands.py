"""Names in Latin letters and what callers say for them."""

import re

from adapters.demo_shop.range_of_tires import tires
from domain.verbalizer.brands import BRANDS, CAR_MAKES, CAR_MODELS, TIRE_BRANDS, TIRE_MODELS
from domain.verbalizer.spoken import verbalize

CYRILLIC = re.compile(r"[А-ЯҐЄІЇа-яґєії' -]+")


def test_every_name_is_told_in_ukrainian_letters_and_read_so_in_any_writing() -> None:
    assert [name for name, said in BRANDS.items() if not CYRILLIC.fullmatch(said)] == []
    for name, said in BRANDS.items():
        expected = verbalize(said, "uk")
        assert verbalize(name, "uk") == verbalize(name.upper(), "uk") == verbalize(name.lower(), "uk") == expected


def test_the_tables_make_one() -> None:
    assert set(BRANDS) == {*TIRE_BRANDS, *TIRE_MODELS, *CAR_MAKES, *CAR_MODELS}
    assert BRANDS["Michelin"] == "Мішлен" and BRANDS["Nokian"] == "Нокіан" and BRANDS["Skoda"] == "Шкода"


def test_other_latin_words_stay_and_english_keeps_all() -> None:
    assert verbalize("Це слово hello", "uk") == "Це слово hello"
    assert verbalize("Michelin and Nokian", "en") == "Michelin and Nokian"


def test_nothing_that_the_demo_shop_sells_keeps_a_latin_letter_or_a_figure() -> None:
    for tire in tires():
        said = verbalize(f"{tire.brand} {tire.model} {tire.size} {tire.load_index}{tire.speed_index}", "uk")
        assert not re.search(r"[A-Za-z\d/]", said), said
