"""What the agent says of itself."""

from dataclasses import asdict, fields

import pytest

from domain.phrases import PHRASES, Announcement, Kind, Language, Phrases, Work


@pytest.mark.parametrize(
    ("hour", "hello"),
    [
        (0, "night"),
        (4, "night"),
        (5, "morning"),
        (10, "morning"),
        (11, "day"),
        (17, "day"),
        (18, "evening"),
        (23, "night"),
    ],
)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_greeting_fits_the_hour_and_names_shop_agent_and_machine(language: Language, hour: int, hello: str) -> None:
    phrases = PHRASES[language]
    greeting = phrases.greeting(hour, shop="Колесо", agent="Олена")
    assert greeting.startswith(getattr(phrases, hello))
    assert "Колесо" in greeting and "Олена" in greeting
    assert "автоматична система" in greeting or "automatic system" in greeting


@pytest.mark.parametrize("phrases", PHRASES.values(), ids=PHRASES)
def test_every_phrase_that_does_not_change_is_voiced_beforehand(phrases: Phrases) -> None:
    assert set(phrases.fixed()) == set(asdict(phrases).values()) - {
        phrases.shop,
        phrases.agent,
        phrases.night,
        phrases.morning,
        phrases.day,
        phrases.evening,
        phrases.introduction,
    }
    assert all(getattr(phrases, each.name).strip() for each in fields(phrases))


@pytest.mark.parametrize("phrases", PHRASES.values(), ids=PHRASES)
def test_no_phrase_that_is_said_as_it_stands_holds_a_placeholder(phrases: Phrases) -> None:
    assert not any("{" in phrase for phrase in phrases.fixed())


def test_the_duty_the_farewell_and_the_hand_over_are_protected() -> None:
    protected = {kind for kind in Kind if Announcement(kind, "").protected}
    assert protected == {Kind.GREETING, Kind.SILENCE_FAREWELL, Kind.FAREWELL, Kind.HAND_OVER}


def test_all_but_fillers_are_remembered() -> None:
    assert {kind for kind in Kind if not Announcement(kind, "").remembered} == {Kind.FILLER}


def test_asking_again_leaves_the_question_as_it_was() -> None:
    assert {kind for kind in Kind if Announcement(kind, "").leaves_question} == {Kind.ASK_AGAIN, Kind.ARE_YOU_THERE}


@pytest.mark.parametrize("phrases", PHRASES.values(), ids=PHRASES)
def test_every_work_has_a_phrase_of_its_own_that_is_voiced_beforehand(phrases: Phrases) -> None:
    fillers = [phrases.filler(work) for work in Work]
    assert len(set(fillers)) == len(Work) and set(fillers) <= set(phrases.fixed())
