"""What the model is told to be, and what it costs to tell it."""

import json

import pytest

from application.calls.instructions.texts import instructions
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR
from domain.phrases import Language
from domain.transcript import CUT
from domain.visit.visit import Flow
from domain.words import is_farewell
from tests.application.calls.tools.talk import Talk

_BUDGET = 3_000
_CYRILLIC_CHARACTERS_A_TOKEN = 2.5
_LATIN_CHARACTERS_A_TOKEN = 3.5
"""Both on the safe side of what the providers' tokenizers make of such texts."""


def tokens(text: str) -> float:
    cyrillic = sum("Ѐ" <= character <= "ӿ" for character in text)
    return cyrillic / _CYRILLIC_CHARACTERS_A_TOKEN + (len(text) - cyrillic) / _LATIN_CHARACTERS_A_TOKEN


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_model_knows_its_shop_its_name_its_way_to_a_person_and_the_mark_of_a_cut(language: Language) -> None:
    text = instructions(language, shop="Колесо", agent="Олена")
    for known in ("Колесо", "Олена", TRANSFER_TO_OPERATOR.name, CUT):
        assert known in text
    assert "{" not in text


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_goodbye_that_the_model_is_told_to_say_is_one_that_ends_the_call(language: Language) -> None:
    assert is_farewell(instructions(language, shop="Колесо", agent="Олена"))


@pytest.mark.parametrize("flow", Flow)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_each_flow_with_all_tools_stays_within_its_budget(language: Language, flow: Flow) -> None:
    specs = [*(tool.spec for tool in Talk(language=language).assistant.tools), TRANSFER_TO_OPERATOR]
    told = [
        json.dumps({"name": spec.name, "description": spec.description, "parameters": spec.parameters})
        for spec in specs
    ]
    text = instructions(language, shop="ПроКолесо", agent="Олена", flow=flow)
    assert tokens(text) + sum(map(tokens, told)) < _BUDGET


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_common_part_comes_first_and_is_the_same_in_every_flow(language: Language) -> None:
    texts = [instructions(language, shop="Колесо", agent="Олена", flow=flow) for flow in Flow]
    assert len({text.partition("\n\n")[0] for text in texts}) == 1
    assert len({text.partition("\n\n")[2] for text in texts}) == len(Flow)
    assert all(text.partition("\n\n")[2].strip() for text in texts)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_instructions_name_no_tool_that_is_not_there(language: Language) -> None:
    known = {tool.spec.name for tool in Talk().assistant.tools} | {TRANSFER_TO_OPERATOR.name}
    text = " ".join(instructions(language, shop="Колесо", agent="Олена", flow=flow) for flow in Flow)
    named = {word.strip("().,:;") for word in text.split() if "_" in word}
    assert named and named <= known
