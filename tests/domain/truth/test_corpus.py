"""Sentences of the model, true and false: what the gate lets through and what it stops."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from domain.truth.gate import judge
from tests.domain.truth.fact_sets import FACTS, TODAY


@dataclass(frozen=True, slots=True)
class Sentence:
    known: str
    language: str
    kind: str
    text: str

    @property
    def may_be_said(self) -> bool:
        return self.kind in {"true", "harmless"}


def _read(line: str) -> Sentence:
    known, language, kind, text, *_ = line.split("\t")
    return Sentence(known, language, kind, text)


CORPUS = [
    _read(line)
    for line in (Path(__file__).parent / "corpus.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def _passes(sentence: Sentence) -> bool:
    return judge(sentence.text, FACTS[sentence.known], today=TODAY).passes


def test_no_false_promise_passes_and_hardly_a_true_sentence_is_stopped() -> None:
    table = Counter((sentence.kind, _passes(sentence)) for sentence in CORPUS)
    print(f"\n{'':<10}{'passed':>8}{'stopped':>8}")
    for kind in ("true", "harmless", "half", "false"):
        print(f"{kind:<10}{table[kind, True]:>8}{table[kind, False]:>8}")
    passed = [sentence.text for sentence in CORPUS if not sentence.may_be_said and _passes(sentence)]
    stopped = [sentence.text for sentence in CORPUS if sentence.may_be_said and not _passes(sentence)]
    assert passed == []
    assert len(stopped) < 0.02 * sum(sentence.may_be_said for sentence in CORPUS), stopped


def test_the_corpus_speaks_the_languages_of_the_callers() -> None:
    assert len({(sentence.known, sentence.text) for sentence in CORPUS}) == len(CORPUS) >= 240
    languages = Counter(sentence.language for sentence in CORPUS)
    assert languages["uk"] >= 140 and languages["ru"] >= 50 and languages["en"] >= 50
