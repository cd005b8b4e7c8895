"""What usage comes to."""

from datetime import date
from decimal import Decimal

import pytest

from domain.costs import Cost, Dollars, Prices, TokenPrice
from domain.usage import EarUsage, Kind, ModelUsage, Usage, VoiceUsage

PRICES = Prices(
    as_of=date(2026, 11, 1),
    models={
        "anthropic/claude-*": TokenPrice(
            input=Decimal(3), output=Decimal(15), cached=Decimal("0.3"), written=Decimal("3.75")
        ),
        "openai/*": TokenPrice(input=Decimal("2.5"), output=Decimal(10)),
    },
    voices={"google/*-Standard-*": Decimal(4), "google/*": Decimal(30)},
    ears={"google/*": Decimal("0.016"), "offline/*": Decimal(0)},
)


def claude(*, read: int, said: int = 0, cached: int = 0, written: int = 0, model: str = "claude-x") -> ModelUsage:
    return ModelUsage(
        provider="anthropic",
        model=model,
        input_tokens=read,
        output_tokens=said,
        cached_tokens=cached,
        written_tokens=written,
    )


@pytest.mark.parametrize(
    ("usage", "dollars"),
    [
        (claude(read=1_000_000), "3"),
        (claude(read=1000, said=100), "0.0045"),
        (claude(read=1000, cached=800, written=100), "0.000915"),
        (claude(read=10, cached=800), "0.00024"),
        (claude(read=1, model="another"), None),
        (ModelUsage(provider="openai", model="g", input_tokens=2, output_tokens=1, cached_tokens=1), "0.000015"),
        (ModelUsage(provider="openai", model="g", input_tokens=2, output_tokens=0, written_tokens=2), "0.000005"),
        (VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=250), "0.001"),
        (VoiceUsage(provider="google", voice="uk-UA-Chirp3-HD-Kore", characters=1000), "0.03"),
        (VoiceUsage(provider="espeak", voice="uk", characters=1000), None),
        (EarUsage(provider="google", model="latest_long", seconds=90.5), "0.02413333"),
        (EarUsage(provider="whisper", model="whisper-1", seconds=60), None),
        (EarUsage(provider="offline", model="any", seconds=60), "0"),
    ],
)
def test_what_has_a_price_costs_it(usage: Usage, dollars: str | None) -> None:
    price = PRICES.price(usage)
    assert (None if price is None else price.quantize(Decimal("0.00000001"))) == (dollars and Decimal(dollars))


def test_a_cost_is_kept_by_kind_and_names_what_has_no_price() -> None:
    unknown = EarUsage(provider="whisper", model="w", seconds=5)
    tiny = VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=1)  # 0.000004
    cost = PRICES.cost([claude(read=1000, said=100), claude(read=1000), tiny, tiny, unknown, unknown])
    assert cost == Cost(model=Dollars(7500), voice=Dollars(8), unpriced=("ear whisper/w",))
    assert cost.total == Dollars(7508)
    assert [cost.knows(kind) for kind in Kind] == [True, True, False]
    assert [cost.of(kind) for kind in Kind] == [Dollars(7500), Dollars(8), Dollars(0)]


def test_each_kind_is_rounded_once() -> None:
    ear = EarUsage(provider="google", model="m", seconds=0.001)  # 0.000000266…
    assert PRICES.cost([ear] * 4).ear == Dollars(1)
    assert PRICES.cost([]) == Cost()


def test_costs_are_added_kind_by_kind() -> None:
    one = Cost(model=Dollars(1), voice=Dollars(2), ear=Dollars(3), unpriced=("model b", "ear a"))
    other = Cost(model=Dollars(10), unpriced=("ear a",))
    assert one + other == Cost(model=Dollars(11), voice=Dollars(2), ear=Dollars(3), unpriced=("ear a", "model b"))


def test_dollars_are_whole_millionths() -> None:
    assert Dollars.of(Decimal("0.0000005")) == Dollars(1)
    assert Dollars(1_500_000).amount == Decimal("1.5")


def test_prices_that_stand_before_others_leave_them_the_rest() -> None:
    own = Prices(
        as_of=date(2026, 12, 1),
        models={"openai/*": TokenPrice(input=Decimal(1), output=Decimal(1))},
        voices={"google/uk-UA-Standard-A": Decimal(3)},
    )
    both = own.before(PRICES)
    assert both.as_of == date(2026, 12, 1)
    assert both.price(ModelUsage(provider="openai", model="g", input_tokens=1, output_tokens=1)) == Decimal("0.000002")
    assert both.price(claude(read=1_000_000)) == Decimal(3)
    assert both.price(VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=1_000_000)) == Decimal(3)
    assert both.price(VoiceUsage(provider="google", voice="uk-UA-Standard-B", characters=1_000_000)) == Decimal(4)
