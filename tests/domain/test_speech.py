"""One sentence may come as several finals."""

from domain.speech import FinalsMerged


def test_several_finals_are_one_utterance() -> None:
    merged = FinalsMerged()
    assert merged.final(" мені потрібні ") == "мені потрібні"
    assert merged.interim("шини") == "мені потрібні шини"
    assert merged.interim("") == "мені потрібні"
    assert merged.final("шини на зиму") == "мені потрібні шини на зиму"


def test_an_empty_final_adds_nothing() -> None:
    merged = FinalsMerged()
    assert merged.final("  ") == ""
    assert merged.interim(" так ") == "так"
