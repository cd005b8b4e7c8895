"""Whether the caller has heard what is proposed, and said yes to it."""

import pytest

from domain.facts import Deed
from domain.phrases import PHRASES
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.visit.consent import Consent, agreed_early, consent, tried

TEXT = "Отже, 4 шини, разом 13920 грн. Оформлюємо?"
ORDER = Proposal(deed=Deed.ORDERED, content="{}", text=TEXT)
HEARD = AgentTurn(f"Хвилинку. {TEXT}")
YES = CallerTurn("Так, оформлюйте.")
EARLY = CallerTurn("так, оформлюйте", early=True)
CALL = ToolUse(ToolCall("1", "confirm_order", {}), "")


@pytest.mark.parametrize(
    ("turns", "answer"),
    [
        ([], Consent.UNHEARD),
        ([YES], Consent.UNHEARD),
        ([CALL, YES], Consent.UNHEARD),
        ([CALL, AgentTurn("Отже, 4 шини, разом—", cut=True), YES], Consent.UNHEARD),
        ([YES, CALL, HEARD], Consent.OPEN),
        ([CALL, HEARD, CallerTurn("А доставка скільки?")], Consent.OPEN),
        ([CALL, HEARD, YES], Consent.GIVEN),
        ([CALL, AgentTurn("отже 4 шини — разом 13920 грн, оформлюємо"), YES], Consent.GIVEN),
        # the reply to the yes has words before its tool
        ([CALL, HEARD, YES, AgentTurn("Секунду, оформлюю.")], Consent.GIVEN),
        ([CALL, HEARD, YES, CALL], Consent.GIVEN),
        # a yes in two breaths, and one that is taken back
        ([CALL, HEARD, CallerTurn("так"), CallerTurn("так, оформлюйте")], Consent.GIVEN),
        ([CALL, HEARD, CallerTurn("так"), CallerTurn("дякую")], Consent.GIVEN),
        ([CALL, HEARD, CallerTurn("так"), CallerTurn("тільки на іншу адресу")], Consent.OPEN),
        ([CALL, HEARD, CallerTurn("ні"), CallerTurn("так")], Consent.OPEN),
        ([CALL, HEARD, CallerTurn("скільки?"), CallerTurn("так")], Consent.OPEN),
        # a yes to another question
        ([CALL, HEARD, CallerTurn("А куди?"), AgentTurn("У Київ. Ви ще на лінії?"), YES], Consent.OPEN),
        ([CALL, HEARD, AgentTurn(PHRASES["uk"].are_you_there), YES], Consent.OPEN),
        ([CALL, HEARD, CallerTurn("хто?"), AgentTurn("Доставка два дні."), YES], Consent.OPEN),
        # the same question again
        ([CALL, HEARD, AgentTurn("Оформлюємо?"), YES], Consent.GIVEN),
        ([CALL, HEARD, AgentTurn(PHRASES["uk"].ask_again), YES], Consent.GIVEN),
        ([CALL, HEARD, CallerTurn("хто?"), AgentTurn("Олена. Оформлюємо?"), YES], Consent.OPEN),
        # a yes that began while it was being read out, and what follows it
        ([CALL, HEARD, EARLY], Consent.OPEN),
        ([CALL, HEARD, EARLY, CallerTurn("дякую")], Consent.OPEN),
        ([CALL, HEARD, EARLY, YES], Consent.GIVEN),
        ([CALL, HEARD, CallerTurn("ні", early=True), YES], Consent.OPEN),
        ([CALL, HEARD, EARLY, CALL, AgentTurn("Оформлюємо?"), YES], Consent.GIVEN),
        ([CALL, HEARD, EARLY, CALL, AgentTurn("Оформлюємо?"), CallerTurn("ні")], Consent.OPEN),
        # read out again after something else
        (
            [CALL, HEARD, CallerTurn("ні"), AgentTurn("Щось змінити?"), CallerTurn("ні"), CALL, HEARD, YES],
            Consent.GIVEN,
        ),
    ],
)
def test_a_yes_counts_for_what_was_read_out_last_and_for_nothing_else(turns: list[Turn], answer: Consent) -> None:
    assert consent(ORDER, turns) is answer


def test_a_question_that_was_changed_must_be_heard_anew() -> None:
    other = Proposal(deed=Deed.ORDERED, content="{}", text="Отже, 2 шини, разом 6960 грн. Оформлюємо?")
    assert consent(other, [CALL, HEARD, YES]) is Consent.UNHEARD


@pytest.mark.parametrize(
    ("deed", "words", "answer"),
    [
        (Deed.ORDERED, "Скасовуйте", Consent.OPEN),
        (Deed.ORDERED, "Так, скасуйте", Consent.OPEN),
        (Deed.CANCELLED, "Скасовуйте", Consent.GIVEN),
        (Deed.CANCELLED, "Так, скасуйте, будь ласка", Consent.GIVEN),
        (Deed.RESCHEDULED, "Переносьте", Consent.GIVEN),
        (Deed.RESCHEDULED, "Скасовуйте", Consent.OPEN),
    ],
)
def test_the_same_word_is_a_yes_to_one_thing_and_a_no_to_another(deed: Deed, words: str, answer: Consent) -> None:
    assert consent(Proposal(deed=deed, content="{}", text=TEXT), [HEARD, CallerTurn(words)]) is answer


def test_words_that_ask_nothing_are_a_proposal_all_the_same() -> None:
    plain = Proposal(deed=Deed.ORDERED, content="{}", text="Чотири шини.")
    assert consent(plain, [AgentTurn("Чотири шини."), YES]) is Consent.GIVEN
    assert consent(plain, [AgentTurn("Чотири шини."), AgentTurn("Дві."), YES]) is Consent.OPEN


@pytest.mark.parametrize(
    ("turns", "used"),
    [([], False), ([CALL, YES], False), ([YES, HEARD, CALL], True), ([YES, CALL, HEARD], True), ([CALL], True)],
)
def test_a_tool_was_tried_when_it_was_used_since_the_caller_spoke(turns: list[Turn], *, used: bool) -> None:
    assert tried("confirm_order", turns) is used
    assert not tried("book_fitting", turns)


@pytest.mark.parametrize(
    ("turns", "early"),
    [
        ([], False),
        ([EARLY], False),
        ([CALL, HEARD], False),
        ([CALL, HEARD, EARLY], True),
        ([CALL, HEARD, EARLY, CALL], True),
        ([CALL, HEARD, EARLY, CallerTurn("дякую")], True),
        ([CALL, HEARD, CallerTurn("так, на іншу адресу", early=True)], False),
        ([CALL, HEARD, YES], False),
        ([CALL, HEARD, CallerTurn("хто?"), AgentTurn("Олена."), EARLY], False),
    ],
)
def test_a_yes_that_only_came_too_early_is_asked_for_again(turns: list[Turn], *, early: bool) -> None:
    assert agreed_early(ORDER, turns) is early
