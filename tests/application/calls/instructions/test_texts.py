"""What the model is told to be."""

import pytest

from application.calls.instructions.texts import instructions
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR
from domain.phrases import Language
from domain.transcript import CUT
from domain.words import is_farewell


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_model_knows_its_shop_its_name_its_way_to_a_person_and_the_mark_of_a_cut(language: Language) -> None:
    text = instructions(language, shop="Колесо", agent="Олена")
    for known in ("Колесо", "Олена", TRANSFER_TO_OPERATOR.name, CUT):
        assert known in text
    assert "{" not in text


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_goodbye_that_the_model_is_told_to_say_is_one_that_ends_the_call(language: Language) -> None:
    text = instructions(language, shop="Колесо", agent="Олена")
    assert is_farewell(text)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_stable_part_stays_within_its_budget(language: Language) -> None:
    assert len(instructions(language, shop="Колесо", agent="Олена")) < 3_000 * 2  # tokens of two letters
