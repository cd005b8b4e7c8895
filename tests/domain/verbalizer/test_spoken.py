"""What is written, and what is said for it: the table is in `cases.tsv` (language, written, said)."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Money
from domain.shop.catalog import TireSize
from domain.verbalizer.spoken import SpokenLanguage, verbalize

TODAY = date(2026, 11, 25)
LANGUAGES: tuple[SpokenLanguage, ...] = ("uk", "ru", "en")
CASES: list[tuple[SpokenLanguage, str, str]] = [
    (language, written, said)
    for line in Path(__file__).with_name("cases.tsv").read_text(encoding="utf-8").splitlines()
    for code, written, said in (line.split("\t"),)
    for language in LANGUAGES
    if language == code
]
UNREAD = re.compile(r"\d|[№₴$€%/°″]|\bгрн|\bR\d", re.I)

languages = st.sampled_from(LANGUAGES)
days = st.dates(date(1990, 1, 1), date(2039, 12, 31))


@pytest.mark.parametrize(("language", "written", "said"), CASES)
def test_it_is_said_as_people_say_it(language: SpokenLanguage, written: str, said: str) -> None:
    assert verbalize(written, language, today=TODAY) == said


@pytest.mark.parametrize(("language", "written", "said"), CASES)
def test_what_is_said_already_stays_as_it_is(language: SpokenLanguage, written: str, said: str) -> None:
    assert verbalize(said, language, today=TODAY) == said
    assert not UNREAD.search(said)


def test_the_table_is_large_enough() -> None:
    count = {language: sum(case[0] == language for case in CASES) for language in LANGUAGES}
    assert count["uk"] >= 200 and count["ru"] >= 50 and count["en"] >= 50


@pytest.mark.parametrize("text", ["Добрий день! Чим допомогти?", "Так... Ні; можливо: «добре» – ні?", "Так,  гаразд"])
def test_words_and_their_punctuation_are_left_alone(text: str) -> None:
    assert verbalize(text, "uk") == text
    assert verbalize(text, "ru") == text


@pytest.mark.parametrize("mark", [".", "!", "?", "…", ", так?"])
def test_the_mark_at_the_end_is_kept(mark: str) -> None:
    assert verbalize(f"Разом 2141 грн{mark}", "uk").endswith(f"гривня{mark}")


@pytest.mark.parametrize(
    ("written", "today", "said"),
    [
        ("26.11.2026", date(2026, 1, 1), "двадцять шостого листопада"),
        ("02.01.2027", date(2026, 12, 2), "другого січня"),
        ("02.01.2027", date(2026, 12, 1), "другого січня дві тисячі двадцять сьомого року"),
        ("02.01.2027", date(2026, 6, 1), "другого січня дві тисячі двадцять сьомого року"),
        ("26.11.2026", None, "двадцять шостого листопада дві тисячі двадцять шостого року"),
        ("30.02.2027", date(2026, 6, 1), "тридцятого лютого дві тисячі двадцять сьомого року"),
        ("30.02.2026", date(2026, 6, 1), "тридцятого лютого"),
    ],
)
def test_a_year_is_said_unless_it_is_obvious(written: str, today: date | None, said: str) -> None:
    assert verbalize(written, "uk", today=today) == said


@given(language=languages, kopecks=st.integers(0, 10**9), before=st.sampled_from(["", "за ", "від ", "from "]))
def test_no_digit_survives_in_a_price(language: SpokenLanguage, kopecks: int, before: str) -> None:
    said = verbalize(f"{before}{Money(kopecks)}, {before}{kopecks // 100:,} грн".replace(",", " ", 1), language)
    assert not UNREAD.search(said)


@given(language=languages, number=st.integers(0, 10**15), things=st.sampled_from(["", " шини", "%", " шт.", " tyres"]))
def test_no_digit_survives_in_a_count(language: SpokenLanguage, number: int, things: str) -> None:
    assert not UNREAD.search(verbalize(f"до {number}{things}", language))


@given(
    language=languages,
    width=st.integers(100, 999),
    profile=st.integers(10, 99),
    diameter=st.integers(10, 26),
    indices=st.sampled_from(["", " 94V", " 104/102R", " 91H XL", "C"]),
)
def test_no_digit_survives_in_a_size(
    language: SpokenLanguage, width: int, profile: int, diameter: int, indices: str
) -> None:
    assert not UNREAD.search(verbalize(f"{TireSize(width, profile, diameter)}{indices}", language))


@given(language=languages, day=days, at=st.times(), form=st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d.%m", "%d.%m.%y"]))
def test_no_digit_survives_in_a_date_and_its_time(language: SpokenLanguage, day: date, at: time, form: str) -> None:
    said = verbalize(f"на {day.strftime(form)} о {at:%H:%M}", language, today=TODAY)
    assert not UNREAD.search(said) and ":" not in said


@given(
    language=languages,
    digits=st.text("0123456789", min_size=9, max_size=9),
    form=st.sampled_from("0{} +380{} 380{}".split()),
)
def test_no_digit_of_a_phone_is_lost(language: SpokenLanguage, digits: str, form: str) -> None:
    said = verbalize(form.format(digits), language)
    assert not UNREAD.search(said)
    if language == "en":
        assert len(re.findall(r"\w+", said)) == len(form.format(digits).strip("+")) + (form[0] == "+") + (
            form[0] == "3"
        )


@given(
    language=languages,
    text=st.text("0123456789 .,:;/-–№%()\"'+рRXАaгрншт°″²½₴$€", max_size=40),
)
def test_no_digit_survives_anywhere_and_twice_is_once(language: SpokenLanguage, text: str) -> None:
    said = verbalize(text, language, today=TODAY)
    assert not any(character.isdigit() for character in said)
    assert verbalize(said, language, today=TODAY) == said


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("uk", "Позиція б.", "Позиція б."),
        ("uk", "Позиція б. Наступна.", "Позиція б. Наступна."),
        ("uk", "Позиція м. Беремо?", "Позиція м. Беремо?"),
        ("uk", "Обирайте позицію с. Яка вам ближча?", "Обирайте позицію с. Яка вам ближча?"),
        ("uk", "Варіант Б. Ціна нижча.", "Варіант Б. Ціна нижча."),
        ("uk", "Вам М. Ваш?", "Вам М. Ваш?"),
        ("uk", "Біля м. «Почайна».", "Біля м. «Почайна»."),
        ("ru", "Позиция д. Дальше.", "Позиция д. Дальше."),
        ("uk", "Ціна за м. без знижки", "Ціна за м. без знижки"),
        ("uk", "вул. Титова, б. 5", "вулиця Титова, будинок п'ять"),
        ("uk", "Наша адреса м. Київ", "Наша адреса місто Київ"),
        ("uk", "М. Київ", "Місто Київ"),
        ("uk", "Так. М. Київ", "Так. Місто Київ"),
        ("ru", "ул. Титова, д. 5", "улица Титова, дом пять"),
        ("ru", "г. Киев", "город Киев"),
    ],
)
def test_a_letter_is_short_for_a_place_only_before_its_name_or_number(
    language: SpokenLanguage, written: str, said: str
) -> None:
    assert verbalize(written, language, today=TODAY) == said
