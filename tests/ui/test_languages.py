"""Languages: every text of every page is in every table, and figures are written as each language writes them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from ui.languages import KYIV, LANGUAGES, days_before, preferred, start_of_day, tongues

UI = Path(__file__).parents[2] / "ui"
TRANSLATED = sorted(set(LANGUAGES) - {"en"})


def texts() -> Iterator[str]:
    """Return what is marked for the tables, the singular where there are two."""
    marked: list[object] = []
    for template in sorted((UI / "templates").rglob("*.html")):
        with template.open("rb") as source:
            options = {"trim_blocks": "true", "lstrip_blocks": "true"}
            marked += [found for _, _, found, _ in babel_extract(source, ("_", "gettext", "ngettext"), [], options)]
    for words in sorted(UI.glob("*words.py")):
        with words.open("rb") as source:
            marked += [found for _, found, _, _ in extract("python", source, keywords={"_": None})]
    for found in marked:
        match found:
            case str(text) | (str(text), *_):
                yield text


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    with (UI / "locales" / f"{language}.po").open("rb") as table:
        catalog = read_po(table, locale=language)
    whole = [each for each in catalog if each.id and not each.fuzzy and all(each.string or ())]
    translated = {str(each.id) if isinstance(each.id, str) else str(each.id[0]) for each in whole}
    assert translated == set(texts())


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("de-DE,ru;q=0.5,en;q=0.3", "ru"),
        ("EN", "en"),
        ("de", "uk"),
        ("", "uk"),
    ],
)
def test_the_browsers_first_language_of_ours_is_spoken_and_else_ukrainian(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


@pytest.mark.parametrize(
    ("language", "moment", "seconds", "whole"),
    [
        ("uk", "25 лист. 2026, 14:05", "0,48", "12\xa0345"),
        ("en", "25 Nov 2026, 14:05", "0.48", "12,345"),
        ("ru", "25 нояб. 2026, 14:05", "0,48", "12\xa0345"),
    ],
)
def test_times_are_of_kyiv_and_figures_of_the_language(language: str, moment: str, seconds: str, whole: str) -> None:
    tongue = tongues()[language]
    at = datetime(2026, 11, 25, 12, 5, tzinfo=UTC)
    assert (tongue.moment(at), tongue.seconds(0.478), tongue.whole(12_345)) == (moment, seconds, whole)


def test_a_day_is_kyivs_also_when_its_clocks_have_changed() -> None:
    monday = datetime(2026, 10, 26, 22, 30, tzinfo=UTC)  # past midnight in Kyiv, the day after summer time ended
    assert start_of_day(monday) == datetime(2026, 10, 27, tzinfo=KYIV)
    assert days_before(start_of_day(monday), 3) == datetime(2026, 10, 24, tzinfo=KYIV)
    assert days_before(start_of_day(monday), -1) == datetime(2026, 10, 28, tzinfo=KYIV)
