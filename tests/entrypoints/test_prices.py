"""A file of one's own prices, and what is said of one that is wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.errors import Misconfigured
from domain.price_list import PRICES
from domain.usage import EarUsage, ModelUsage, Usage, VoiceUsage
from entrypoints.container import Container
from entrypoints.prices import prices_of
from entrypoints.settings import Settings

OWN = """
as_of = 2026-12-01
[models."openai/gpt-9*"]
input = 1
output = 2.5
[models."anthropic/claude-sonnet-4-5*"]
input = 2.7
output = 13.5
cached = 0.27
written = 3.375
[voices]
"google/*-Standard-*" = 3.2
[ears]
"whisper/*" = 0.002
"""
MILLION = 1_000_000


def written(folder: Path, text: str) -> str:
    file = folder / "prices.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_no_file_is_the_programs_own_list() -> None:
    assert prices_of("") == PRICES


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (ModelUsage(provider="openai", model="gpt-9-x", input_tokens=MILLION, output_tokens=MILLION), "3.5"),
        (
            ModelUsage(
                provider="anthropic",
                model="claude-sonnet-4-5-20250929",
                input_tokens=3 * MILLION,
                output_tokens=0,
                cached_tokens=MILLION,
                written_tokens=MILLION,
            ),
            "6.345",
        ),
        (ModelUsage(provider="openai", model="gpt-4o", input_tokens=MILLION, output_tokens=0), "2.5"),
        (VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=MILLION), "3.2"),
        (VoiceUsage(provider="google", voice="uk-UA-Chirp3-HD-Kore", characters=MILLION), "30"),
        (EarUsage(provider="whisper", model="whisper-1", seconds=60.0), "0.002"),
        (EarUsage(provider="google", model="latest_long", seconds=60.0), "0.016"),
    ],
)
def test_a_file_stands_over_the_list_to_the_last_millionth(tmp_path: Path, usage: Usage, dollars: str) -> None:
    prices = prices_of(written(tmp_path, OWN))
    assert prices.as_of == date(2026, 12, 1)
    assert prices.price(usage) == Decimal(dollars)


def test_the_engine_counts_with_the_file(tmp_path: Path) -> None:
    settings = Settings.from_env({"PRICES": written(tmp_path, OWN)})
    usage = EarUsage(provider="whisper", model="whisper-1", seconds=60.0)
    assert Container(settings=settings).prices().price(usage) == Decimal("0.002")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("as_of = ", "Invalid value"),
        ("modles = 1", "it has modles"),
        ('as_of = "yesterday"', "as_of must be a day"),
        ("models = 1", "models must be a table"),
        ('[models]\n"openai/*" = 3', "openai/\\* must have input and output"),
        ('[models."openai/*"]\ninput = 3', "openai/\\* must have input and output"),
        ('[models."openai/*"]\ninput = 3\noutput = 4\ncahced = 1', "may have cached and written"),
        ('[models."openai/*"]\ninput = 3\noutput = -4', "output of openai/\\* must be an amount"),
        ('[voices]\n"google/*" = "4"', "google/\\* must be an amount"),
        ('[ears]\n"google/*" = true', "google/\\* must be an amount"),
        ('[ears]\n"google/*" = nan', "google/\\* must be an amount"),
    ],
)
def test_a_file_that_is_wrong_stops_the_start(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(Misconfigured, match=f"PRICES is .*{why}.*; correct the file"):
        Settings.from_env({"PRICES": written(tmp_path, text)})


def test_a_file_that_is_not_there_stops_the_start() -> None:
    with pytest.raises(Misconfigured, match=r"PRICES is '/nowhere\.toml': it cannot be read"):
        Settings.from_env({"PRICES": "/nowhere.toml"})
