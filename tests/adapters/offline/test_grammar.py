import pytest

from adapters.offline.grammar import Grammar
from adapters.offline.pocketsphinx_decoder import grammar
from adapters.offline.pronunciation import dictionary_lines

GREETINGS = """
#JSGF V1.0;
grammar greetings;
public <utterance> = hello [there] | good (morning | <time>);
<time> = evening;
"""

FILES = pytest.mark.parametrize("name", ["free", "yes_no", "digits", "shop"])


def test_sentences_are_those_of_the_grammar() -> None:
    sentences = Grammar(GREETINGS).sentences(100)
    assert set(sentences) == {"hello", "hello there", "good morning", "good evening"}


def test_the_same_grammar_says_the_same_sentences() -> None:
    assert Grammar(GREETINGS).sentences(20) == Grammar(GREETINGS).sentences(20)


def test_words_are_found_wherever_they_stand() -> None:
    assert Grammar(GREETINGS).words == {"hello", "there", "good", "morning", "evening"}


@FILES
def test_every_word_of_our_grammars_has_a_pronunciation(name: str) -> None:
    words = grammar(name).words
    assert words - {line.split()[0] for line in dictionary_lines(words)} == set()


@FILES
def test_our_grammars_name_no_rule_that_they_lack(name: str) -> None:
    assert all(grammar(name).sentences(3000))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("free", "hello"),
        ("free", "operator please"),
        ("yes_no", "yes please"),
        ("yes_no", "no"),
        ("digits", "five"),
        ("shop", "cash"),
    ],
)
def test_what_callers_say_most_is_among_the_sentences(name: str, sentence: str) -> None:
    assert sentence in grammar(name).sentences(3000)
