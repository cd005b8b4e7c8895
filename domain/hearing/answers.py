"""Yes and no.

Rule 1: yes is what agrees to a proposal, too, and nothing else.
Rule 2: a no with a yes beside it, and a doubt, are neither.
"""

from collections.abc import Sequence

from domain.hearing.numbers import Token
from domain.words import agrees

_NO = frozenset("ні нє нєа нет неа no nope неправильно невірно неверно".split())
_NOT = frozenset("не not don't".split())
_REFUSED = tuple(
    "треба тре потрібн так оформ запис замов брон згод вірн правильн надо нужно хочу буду соглас верн now".split()
)
"""What is refused with a "not" before it."""
_DOUBTED = frozenset("знаю певен впевнений впевнена уверен уверена know sure може зовсім совсем".split())
_NEAR = 2
_STRESS = frozenset("та да конечно звісно звичайно well".split())
"""Words that agree when they stand alone, and beside a no only stress it: "та ні", "да нет", "нет, конечно"."""


def read_answer(spoken: Sequence[Token]) -> str:
    said = [token.text for token in spoken]
    denied = [said[at + 1 : at + 1 + _NEAR] for at, word in enumerate(said) if word in _NOT]
    if any(word in _DOUBTED for behind in denied for word in behind):
        return ""
    if any(word.startswith(_REFUSED) for behind in denied for word in behind):
        return "no"
    if not any(word in _NO for word in said):
        return "yes" if agrees(" ".join(said)) else ""
    beside = [word for word in said if word not in _NO and word not in _STRESS]
    return "" if agrees(" ".join(beside)) else "no"
