"""The few words the machine itself knows."""

import pytest

from domain import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Так, п’ять шин!", ("так", "п'ять", "шин")),
        ("Так-так…", ("так-так",)),
        ("205/55 R16", ("205", "55", "r16")),
        ("пʼять", ("п'ять",)),
        ("", ()),
        ("—?!", ()),
    ],
)
def test_words_are_small_and_bare(text: str, expected: tuple[str, ...]) -> None:
    assert words.words(text) == expected


def test_what_the_recognizer_writes_in_two_ways_is_the_same() -> None:
    assert words.same_words("Мені потрібно п’ять шин.", "мені потрібно п'ять шин")
    assert not words.same_words("п'ять шин", "шість шин")


@pytest.mark.parametrize("text", ["угу", "Так-так.", "ага, ясно", "да, хорошо", "mhm", "I see", ""])
def test_a_backchannel_only_says_that_one_listens(text: str) -> None:
    assert words.is_backchannel(text)


@pytest.mark.parametrize("text", ["ні", "так, але", "стоп", "угу, беру", "no"])
def test_anything_more_is_no_backchannel(text: str) -> None:
    assert not words.is_backchannel(text)


@pytest.mark.parametrize(
    "text", ["Дякую, до побачення!", "Бувайте.", "На все добре", "до свидания", "Bye-bye", "goodbye"]
)
def test_a_farewell_is_known_in_every_tongue_of_the_callers(text: str) -> None:
    assert words.is_farewell(text)


@pytest.mark.parametrize("text", ["", "добрий день", "дякую", "the byelaw", "побачення завтра"])
def test_half_a_farewell_is_none(text: str) -> None:
    assert not words.is_farewell(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("так", True), ("Ні, не треба", True), ("так я хочу ще", False), ("", False)]
)
def test_yes_and_no_are_short(text: str, expected: bool) -> None:
    assert words.is_yes_or_no(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("мені потрібні шини на", True),
        ("я хочу замовити,", True),
        ("номер…", True),
        ("I need the", True),
        ("мені потрібні шини", False),
        ("", False),
        (",", False),
    ],
)
def test_words_that_hang_in_the_air_are_known(text: str, expected: bool) -> None:
    assert words.hangs(text) is expected


def test_digits_are_counted_through_all_that_is_between_them() -> None:
    assert words.digit_count("067 123-45-67") == 10
    assert words.digit_count("нуль") == 0


@pytest.mark.parametrize(
    "text",
    [
        "Так",
        "так, оформлюйте",
        "Так-так, все вірно, дякую!",
        "ага",
        "та да",
        "Ну давай вже",
        "угу, оформляй",
        "Так, це мене влаштовує, дуже дякую",
        "да, всё верно",
        "Конечно, спасибо",
        "Звичайно, будь ласка",
        "Добре, я беру",
        "yes",
        "Yes, please.",
        "That's right, go ahead",
        "of course",
        "Okay, that sounds good, thank you very much",
    ],
)
def test_a_yes_with_nothing_else_agrees(text: str) -> None:
    assert words.agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ні",
        "Та ні",
        "та ну",
        "не так",
        "Так, але без доставки",
        "так, тільки дві",
        "так, чотири",
        "Так, на Шевченка",
        "так, а скільки доставка",
        "Ага, зараз",
        "дякую",
        "скасовуйте",
        "хорошо, не надо",
        "да нет",
        "Нет, спасибо",
        "no",
        "yes but two",
        "okay, wait",
        "I don't agree",
        "thank you",
    ],
)
def test_a_yes_with_anything_else_does_not_agree(text: str) -> None:
    assert not words.agrees(text)


def test_a_word_may_be_a_yes_to_one_thing_alone() -> None:
    assert words.agrees("скасовуйте", {"скасовуйте"}) and words.agrees("так, скасовуйте", {"скасовуйте"})
    assert not words.agrees("ні, скасовуйте", {"скасовуйте"})
