"""The program's own price list."""

import pytest

from domain.price_list import PRICES
from domain.usage import EarUsage, ModelUsage, Usage, VoiceUsage


@pytest.mark.parametrize(
    ("name", "dollars"),
    [
        ("anthropic/claude-sonnet-4-5-20250929", 18),
        ("anthropic/claude-sonnet-5-5", 12),
        ("anthropic/claude-sonnet-5", 12),
        ("anthropic/claude-haiku-4-5-20251001", 6),
        ("openai/gpt-4o", 12.5),
        ("openai/gpt-4o-mini-2024-07-18", 0.75),
        ("openai/gpt-5-mini", 2.25),
        ("openai/gpt-5", 11.25),
        ("gemini/gemini-2.0-flash", 0.5),
        ("offline/rules", 0),
        ("openai/gpt-9", None),
        ("anthropic/claude-opus-4-1", None),
    ],
)
def test_a_model_has_its_own_price_and_not_that_of_its_family(name: str, dollars: float | None) -> None:
    provider, _, model = name.partition("/")
    million = ModelUsage(provider=provider, model=model, input_tokens=1_000_000, output_tokens=1_000_000)
    price = PRICES.price(million)
    assert (None if price is None else float(price)) == dollars


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=1_000_000), 4),
        (VoiceUsage(provider="google", voice="uk-UA-Chirp3-HD-Kore", characters=1_000_000), 30),
        (EarUsage(provider="google", model="latest_long", seconds=60), 0.016),
        (EarUsage(provider="whisper", model="whisper-1", seconds=60), None),
        (EarUsage(provider="offline", model="pocketsphinx", seconds=60), 0),
    ],
)
def test_voices_and_recognizers_have_prices_where_a_list_says_one(usage: Usage, dollars: float | None) -> None:
    price = PRICES.price(usage)
    assert (None if price is None else float(price)) == dollars
