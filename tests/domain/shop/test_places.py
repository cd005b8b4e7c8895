"""Places are found as callers name them."""

import pytest

from domain.shop.places import nearest, same_place

STATIONS = {
    "Перемога": ("Шинний центр «Перемога»", "Соборний", "вул. Набережна Перемоги, 86Б (навпроти ТРЦ «Наша Правда»)"),
    "Лівобережний": ("Шинний центр «Лівобережний»", "Індустріальний", "просп. Слобожанський, 31Д (ТРЦ «Караван»)"),
    "Діївка": ("Шинний центр «Діївка»", "Шевченківський", "вул. Велика Діївська, 40 (поруч з АЗС ОККО)"),
    "Салтівка": ("Шинний центр «Салтівка»", "Салтівський", "вул. Академіка Павлова, 120"),
}


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("Дніпро", "Дніпро"),
        ("Дніпро", "в Днепре"),
        ("Дніпро", "місто Дніпро"),
        ("Дніпро", "Dnipro"),
        ("Дніпро", "Днепропетровск"),
        ("Київ", "у Києві"),
        ("Київ", "Киев"),
        ("Київ", "Kyiv"),
        ("Харків", "в Харькове"),
        ("Харків", "Kharkiv"),
        ("Запоріжжя", "Запорожье"),
        ("Запоріжжя", "Zaporizhzhia"),
        ("Черкаси", "в Черкассах"),
        ("Кривий Ріг", "Кривий Ріг"),
    ],
)
def test_a_city_has_many_spellings(city: str, said: str) -> None:
    assert same_place(city, said)


@pytest.mark.parametrize(
    ("city", "said"),
    [("Дніпро", "Львів"), ("Київ", "Харків"), ("Дніпро", ""), ("Дніпро", "місто"), ("Кривий Ріг", "Кривий")],
)
def test_other_cities_are_other_cities(city: str, said: str) -> None:
    assert not same_place(city, said)


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("Перемога", "Перемога"),
        ("на Перемозі", "Перемога"),
        ("на победе", ""),
        ("Победа", "Перемога"),
        ("Наша Правда", "Перемога"),
        ("левобережный", "Лівобережний"),
        ("біля Каравану", "Лівобережний"),
        ("Слобожанський проспект", "Лівобережний"),
        ("Слабажанский", "Лівобережний"),
        ("Шевченковский район", "Діївка"),
        ("Диевка", "Діївка"),
        ("Академика Павлова", "Салтівка"),
        ("Салтовка", "Салтівка"),
        ("Saltivka", "Салтівка"),
        ("86Б", "Перемога"),
        ("шинний центр", ""),
        ("Оболонь", ""),
        ("", ""),
        ("район", ""),
    ],
)
def test_a_station_is_found_by_its_district_street_or_landmark(wish: str, found: str) -> None:
    assert " ".join(nearest(list(STATIONS), wish, names=lambda key: STATIONS[key])) == found


def test_the_more_words_fit_the_nearer() -> None:
    assert nearest(["вул. Мала, 5", "вул. Мала, 7"], "мала 7", names=lambda street: [street]) == ("вул. Мала, 7",)


def test_equally_near_are_all_found() -> None:
    streets = ["вул. Мала, 5", "вул. Мала, 7", "вул. Велика, 1"]
    assert nearest(streets, "Мала", names=lambda street: [street]) == tuple(streets[:2])


def test_a_single_place_is_found_by_any_of_its_words() -> None:
    assert nearest(["Центр"], "в центрі", names=lambda name: [name]) == ("Центр",)


def test_of_nothing_nothing_is_found() -> None:
    nobody: list[str] = []
    assert nearest(nobody, "Центр", names=lambda name: [name]) == ()
