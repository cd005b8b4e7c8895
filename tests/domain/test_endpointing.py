"""The beginning and the end of an utterance, drawn: `#` is 30 ms of voice, `-` of murmur, `.` of silence."""

import pytest

from domain.endpointing import (
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    Endpoint,
    Endpointer,
    SpeechPaused,
    SpeechResumed,
    SpeechStarted,
    UtteranceEnded,
    patience_seconds,
)
from domain.speech import Expectation

STRETCH_SECONDS = 0.03
LIKELY = {"#": 0.9, "+": 0.6, "-": 0.45, ".": 0.05}


def heard(
    drawing: str, endpointer: Endpointer | None = None, *, over_agent: bool = False
) -> list[tuple[int, type[Endpoint]]]:
    """Return what was noticed, each with the number of the stretch that told."""
    endpointer = endpointer or Endpointer()
    told = []
    for number, stretch in enumerate(drawing):
        event = endpointer.hear(STRETCH_SECONDS, LIKELY[stretch], over_agent=over_agent)
        if event is not None:
            told.append((number, type(event)))
    return told


def test_an_utterance_has_a_beginning_a_pause_and_an_end() -> None:
    assert heard("###....." + "." * 20) == [(2, SpeechStarted), (5, SpeechPaused), (26, UtteranceEnded)]


def test_a_click_is_no_speech() -> None:
    assert heard("##...#.##....#") == []


def test_a_breath_does_not_end_an_utterance() -> None:
    assert heard("####" + "." * 10 + "###") == [(2, SpeechStarted), (6, SpeechPaused), (15, SpeechResumed)]


def test_the_gap_before_a_plosive_is_no_pause() -> None:
    assert heard("####..####") == [(2, SpeechStarted)]


def test_a_click_in_a_pause_does_not_resume_the_speech() -> None:
    assert heard("####....#....") == [(2, SpeechStarted), (6, SpeechPaused)]


def test_a_fading_voice_still_belongs_to_the_utterance() -> None:
    assert heard("###" + "-" * 40) == [(2, SpeechStarted)]


def test_a_murmur_alone_begins_nothing() -> None:
    assert heard("-" * 40) == []


def test_what_sounds_like_the_agents_echo_does_not_begin_an_utterance() -> None:
    assert heard("++++++", over_agent=True) == []
    assert heard("++++++") == [(2, SpeechStarted)]


def test_over_the_agent_a_clear_voice_begins_an_utterance_sooner() -> None:
    assert heard("######", over_agent=True) == [(1, SpeechStarted)]


def test_an_end_tells_how_long_the_voice_and_the_silence_were() -> None:
    endpointer = Endpointer()
    heard("#####" + "." * 23, endpointer)
    end = endpointer.hear(STRETCH_SECONDS, 0.0, over_agent=False)
    assert isinstance(end, UtteranceEnded)
    assert end.voice_seconds == pytest.approx(0.15)
    assert end.silence_seconds == pytest.approx(0.72)


def test_the_next_utterance_is_as_good_as_the_first() -> None:
    endpointer = Endpointer()
    once = heard("####" + "." * 30, endpointer)
    assert heard("####" + "." * 30, endpointer) == once


def test_voice_is_known_before_it_is_an_utterance_and_until_its_pause() -> None:
    endpointer = Endpointer()
    drawn = ""
    for stretch in "." + "####" + "....." + "." * 25:
        endpointer.hear(STRETCH_SECONDS, LIKELY[stretch], over_agent=False)
        drawn += "v" if endpointer.voiced else "s" if endpointer.speaking else "."
    assert drawn.rstrip(".") == "." + "vvvv" + "vv" + "s" * 21


@pytest.mark.parametrize(
    ("text", "expectation", "seconds"),
    [
        ("", Expectation.FREE, 0.7),
        ("—", Expectation.FREE, 0.7),
        ("так", Expectation.YES_NO, SHORTEST_SECONDS),
        ("так", Expectation.FREE, 0.55),
        ("Мені потрібні шини.", Expectation.FREE, 0.35),
        ("мені потрібні шини", Expectation.FREE, 0.55),
        ("мені потрібні шини на", Expectation.FREE, 1.4),
        ("нуль шістдесят сім", Expectation.FREE, 1.6),
        ("067", Expectation.FREE, 1.6),
        ("ну записуйте", Expectation.PHONE, 1.6),
        ("мій номер це", Expectation.PHONE, 1.6),
        ("067 123 45 67", Expectation.PHONE, 0.35),
        ("нуль шістдесят сім сто двадцять три", Expectation.PHONE, 1.6),
        ("нуль шістдесят сім сто двадцять три сорок п'ять шістдесят сім", Expectation.PHONE, 0.35),
        ("двісті п'ять", Expectation.SIZE, 1.6),
        ("двісті п'ять на п'ятдесят п'ять", Expectation.SIZE, 1.6),
        ("двісті п'ять на п'ятдесят п'ять на шістнадцять", Expectation.SIZE, 0.35),
        ("не знаю", Expectation.SIZE, 0.55),
        ("у мене на", Expectation.SIZE, 1.4),
        ("чотири", Expectation.QUANTITY, 0.35),
        ("комплект", Expectation.QUANTITY, 0.35),
        ("двадцять", Expectation.QUANTITY, 1.6),
        ("а які є", Expectation.QUANTITY, 0.55),
        ("десять двісті", Expectation.ORDER_NUMBER, 1.6),
        ("АЕ 12", Expectation.PLATE, 1.6),
        ("АЕ 1234 СВ", Expectation.PLATE, 0.35),
        ("завтра", Expectation.DATE, 0.55),
        ("на 26", Expectation.DATE, 0.55),
        ("завтра на", Expectation.DATE, 1.4),
        ("о десятій", Expectation.TIME, 0.55),
        ("о десятій тридцять", Expectation.TIME, 0.35),
        ("на десять", Expectation.TIME, 0.55),
        ("шукаю двісті п'ять на п'ятдесят п'ять на шістнадцять", Expectation.FREE, 0.55),
        ("мене звати", Expectation.NAME, 0.55),
    ],
)
def test_how_long_a_silence_ends_an_utterance_depends_on_its_words(
    text: str, expectation: Expectation, seconds: float
) -> None:
    assert patience_seconds(text, expectation) == seconds
    endpointer = Endpointer()
    endpointer.expect(text, expectation)
    assert endpointer.patience_seconds == seconds


def test_words_that_come_during_a_silence_change_its_length() -> None:
    endpointer = Endpointer()
    heard("####" + "." * 13, endpointer)
    endpointer.expect("Так, дякую.", Expectation.FREE)
    assert heard(".", endpointer) == [(0, UtteranceEnded)]


def test_dictated_digits_are_not_ended_by_the_pauses_between_them() -> None:
    endpointer = Endpointer()
    endpointer.expect("нуль шістдесят сім", Expectation.PHONE)
    assert UtteranceEnded not in [kind for _, kind in heard("####" + "." * 50 + "####", endpointer)]


def test_a_caller_who_pauses_long_is_given_longer() -> None:
    endpointer = Endpointer()
    before = endpointer.patience_seconds
    for _ in range(6):
        heard("####" + "." * 22, endpointer)
    assert before < endpointer.patience_seconds < 22 * STRETCH_SECONDS * 1.25


def test_complete_words_do_not_wait_for_a_slow_caller_much_longer() -> None:
    endpointer = Endpointer()
    endpointer.expect("мені потрібні шини на", Expectation.FREE)
    for _ in range(9):
        heard("####" + "." * 45, endpointer)
    endpointer.expect("Так.", Expectation.FREE)
    assert endpointer.patience_seconds == pytest.approx(0.7)


def test_no_habit_of_the_caller_makes_the_agent_wait_longer_than_three_seconds() -> None:
    endpointer = Endpointer()
    endpointer.expect("067", Expectation.PHONE)
    for length in (50, 60, 75, 95):
        for _ in range(8):
            heard("####" + "." * length, endpointer)
    assert 1.6 < endpointer.patience_seconds <= LONGEST_SECONDS


def test_words_stand_for_a_voice_that_was_too_faint_to_notice() -> None:
    endpointer = Endpointer()
    assert endpointer.hear_words() == SpeechStarted()
    assert endpointer.speaking
    assert heard("." * 24, endpointer) == [(2, SpeechPaused), (23, UtteranceEnded)]


def test_faint_words_that_go_on_put_the_end_off() -> None:
    endpointer = Endpointer()
    endpointer.hear_words()
    assert endpointer.hear_words() is None
    heard("." * 20, endpointer)
    assert endpointer.hear_words() == SpeechResumed()
    assert heard("." * 20, endpointer) == [(2, SpeechPaused)]


def test_words_that_lag_behind_a_voice_that_was_noticed_do_not_put_its_end_off() -> None:
    endpointer = Endpointer()
    heard("####" + "." * 20, endpointer)
    assert endpointer.hear_words() is None
    assert heard("....", endpointer) == [(3, UtteranceEnded)]
