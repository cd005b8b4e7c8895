"""Sentences of a grammar file: the part of JSGF that our files use.

Words, `(a | b)`, `[optional]` and `<rules>`; one public rule, `utterance`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

_RULE = re.compile(r"(?:public\s+)?<([^>]+)>\s*=([^;]*);")
_TOKEN = re.compile(r"<[^>]+>|[()\[\]|]|[^\s()\[\]|<>]+")
_OPTIONAL_SAID = 0.3  # how often an optional part is said


@dataclass(frozen=True, slots=True)
class _Word:
    text: str


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    alternatives: "Sequence[Sequence[_Part]]"
    optional: bool = False


_Part = _Word | _Rule | _Choice


class Grammar:
    def __init__(self, jsgf: str) -> None:
        self._rules: Mapping[str, _Choice] = {
            name: _choice(iter(_TOKEN.findall(body)), optional=False) for name, body in _RULE.findall(jsgf)
        }

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for choice in self._rules.values() for word in _words(choice))

    def sentences(self, count: int) -> list[str]:
        """Return sentences by chance, always the same; each alternative is as likely as the others."""
        chance = Random(0)
        return [" ".join(self._said(_Rule("utterance"), chance)) for _ in range(count)]

    def _said(self, part: _Part, chance: Random) -> Iterator[str]:
        match part:
            case _Word(text):
                yield text
            case _Rule(name):
                yield from self._said(self._rules[name], chance)
            case _Choice(alternatives, optional):
                if not optional or chance.random() < _OPTIONAL_SAID:
                    for piece in chance.choice(alternatives):
                        yield from self._said(piece, chance)


def _choice(tokens: Iterator[str], *, optional: bool) -> _Choice:
    alternatives: list[list[_Part]] = [[]]
    for token in tokens:
        match token:
            case ")" | "]":
                break
            case "|":
                alternatives.append([])
            case "(" | "[":
                alternatives[-1].append(_choice(tokens, optional=token == "["))
            case _ if token.startswith("<"):
                alternatives[-1].append(_Rule(token[1:-1]))
            case _:
                alternatives[-1].append(_Word(token))
    return _Choice(alternatives, optional)


def _words(part: _Part) -> Iterator[str]:
    match part:
        case _Word(text):
            yield text
        case _Choice(alternatives):
            for alternative in alternatives:
                for piece in alternative:
                    yield from _words(piece)
        case _Rule():
            pass
