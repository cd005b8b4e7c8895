"""Words of a whole utterance by pocketsphinx, in a process of its own.

Rule 1: what a caller may say in each state of the dialog stands in a grammar
file.  Its sentences train a small model of word sequences: searching the
grammar itself takes a hundred times as long and forces all speech into it.
Rule 2: a model for yes and no, or for digits, knows the free sentences too:
whoever is asked for a number may want to hear the hours instead.
Rule 3: words that no grammar has come out as words that some grammar has, in
an order that none has.  The confidence tells these from what was understood.
"""

import math
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pocketsphinx
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pocketsphinx.lm import ArpaBoLM

from adapters.offline.grammar import Grammar
from adapters.offline.pronunciation import dictionary_lines
from domain.audio import RATE
from domain.speech import Expectation

_MODEL_RATE = 16_000
_SENTENCES = {
    "free": {"free": 7000, "shop": 9000},
    "yes_no": {"yes_no": 3000, "free": 1500, "shop": 1500},
    "digits": {"digits": 5000, "free": 1500, "shop": 1000},
}
_UNSEEN = 0.1
"""How much of the chance the model leaves to word sequences that no grammar has."""
_WORD_INSERTION = 0.1
"""What one more word costs: telephone noise is easily taken for short words."""
_NOISE = 0.05  # of the speech's level: -26 dB
_TRIPLE = 3
_LEAST_POSTERIOR = 1e-300
_STRANGENESS, _CERTAINTY, _BIAS = -1.6, 3.3, 3.3


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    confidence: float


def decode(slin: bytes, expectation: Expectation) -> Decoded:
    """Return the words of an utterance at 8 kHz, and how far they are to be trusted: from 0 to 1."""
    return _decoder().decode(slin, expectation)


class PocketsphinxDecoder:
    """Takes a second of work to make."""

    def __init__(self) -> None:
        grammars = {name: grammar(name) for name in ("free", "yes_no", "digits", "shop")}
        with TemporaryDirectory() as folder:
            dictionary = Path(folder, "words.dict")
            vocabulary = frozenset(chain.from_iterable(known.words for known in grammars.values()))
            dictionary.write_text("\n".join(dictionary_lines(vocabulary)) + "\n")
            self._pocketsphinx = pocketsphinx.Decoder(
                lm=None, dict=str(dictionary), loglevel="FATAL", samprate=_MODEL_RATE, wip=_WORD_INSERTION
            )
            for name, shares in _SENTENCES.items():
                model = Path(folder, f"{name}.arpa")
                sentences = chain.from_iterable(grammars[part].sentences(count) for part, count in shares.items())
                sequences = ArpaBoLM(
                    text="\n".join(f"<s> {sentence} </s>" for sentence in sentences), discount_mass=_UNSEEN
                )
                sequences.compute()
                sequences.write_file(str(model))
                self._pocketsphinx.add_lm_file(name, str(model))

    def decode(self, slin: bytes, expectation: Expectation) -> Decoded:
        if not slin:
            return Decoded("", 0.0)
        samples = _in_a_room(soxr.resample(np.frombuffer(slin, "<i2").astype(np.float64), RATE, _MODEL_RATE))
        self._pocketsphinx.activate_search(_model_for(expectation))
        self._pocketsphinx.start_utt()
        self._pocketsphinx.process_raw(samples.clip(-32768, 32767).astype("<i2").tobytes(), full_utt=True)
        self._pocketsphinx.end_utt()
        believed = self._pocketsphinx.hyp()
        if believed is None or not believed.hypstr:
            return Decoded("", 0.0)
        return Decoded(believed.hypstr, _confidence(list(self._pocketsphinx.seg()), believed.prob))


def _model_for(expectation: Expectation) -> str:
    if expectation is Expectation.YES_NO:
        return "yes_no"
    return "digits" if expectation.dictated else "free"


@cache
def _decoder() -> PocketsphinxDecoder:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the engine, which finishes its calls first
    return PocketsphinxDecoder()


def _in_a_room(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add the same faint noise to all speech.

    The model was trained in rooms: a line that is silent between words, and
    that has nothing above 4 kHz, would cost it half of the sentences.
    """
    level = math.sqrt(float(np.mean(samples**2)))
    return samples + np.random.default_rng(0).normal(0, _NOISE * level + 1, len(samples))


def _confidence(segments: Sequence[pocketsphinx.Segment], posterior: float) -> float:
    """Return how likely the words were understood: a logistic regression over measured sentences and babble.

    Strange are words that follow each other as in no grammar: they are found
    alone or as pairs, where known words are found as triples (the first word
    of all as a pair).  The posterior falls with the length of the speech.
    """
    spoken = [segment for segment in segments if segment.word[0] not in "<["]
    frames = sum(segment.end_frame - segment.start_frame + 1 for segment in spoken)
    if not frames:
        return 0.0
    strangeness = (sum(_TRIPLE - segment.lback for segment in spoken) - 1) / len(spoken)
    certainty = math.log(max(posterior, _LEAST_POSTERIOR)) / math.sqrt(frames)
    return 1 / (1 + math.exp(-max(-50.0, _STRANGENESS * strangeness + _CERTAINTY * certainty + _BIAS)))


def grammar(name: str) -> Grammar:
    return Grammar(files("adapters.offline").joinpath("grammars", f"{name}.gram").read_text())
