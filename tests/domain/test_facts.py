"""What a call knows to be true."""

import json
from dataclasses import replace
from datetime import date, time

from domain.facts import NOTHING, Deed, Facts, Finding
from domain.money import Money


def test_facts_are_told_plainly_and_in_order() -> None:
    facts = Facts(
        amounts=frozenset({Money(214150), Money(189900)}),
        quantities=frozenset({12, 4}),
        in_stock=False,
        dates=frozenset({date(2026, 11, 26)}),
        times=frozenset({time(9, 30)}),
        addresses=frozenset({"вул. Хрещатик, 1"}),
        numbers=frozenset({"10245"}),
        deeds=frozenset({Deed.SAVED, Deed.BOOKED}),
        findings=frozenset({Finding.FREE_TIMES}),
        said=("чотири",),
        articles=frozenset({"Повернення – 14 днів."}),
    )
    told = facts.plainly()
    assert told == {
        "amounts": ["1899", "2141.5"],
        "quantities": [4, 12],
        "in_stock": False,
        "dates": ["2026-11-26"],
        "times": ["09:30"],
        "addresses": ["вул. Хрещатик, 1"],
        "numbers": ["10245"],
        "deeds": ["booked", "saved"],
        "findings": ["free_times"],
    }
    assert json.loads(json.dumps(told)) == told


def test_nothing_is_told_of_what_nothing_is_known_of() -> None:
    assert NOTHING.plainly() == {}


def test_what_was_named_is_read_again_and_what_was_so_then_is_not() -> None:
    facts = Facts(
        amounts=frozenset({Money.hryvnias("2141.50")}),
        quantities=frozenset({4}),
        in_stock=True,
        dates=frozenset({date(2026, 11, 26)}),
        times=frozenset({time(9, 30)}),
        addresses=frozenset({"вул. Хрещатик, 1"}),
        numbers=frozenset({"10245"}),
        deeds=frozenset({Deed.BOOKED}),
        findings=frozenset({Finding.FREE_TIMES}),
    )
    named = replace(facts, quantities=frozenset(), in_stock=None, deeds=frozenset(), findings=frozenset())
    assert Facts.named_in(facts.plainly()) == named
    assert Facts.named_in({}) == NOTHING
