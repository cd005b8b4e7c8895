"""Yes and no."""

from collections.abc import Sequence

from domain.hearing.numbers import Token
from domain.words import agrees

_NO = frozenset("ні нє нєа нет неа no nope нi".split())
_NOT = frozenset("не not don't".split())
_REFUSED = (
    "треба",
    "тре",
    "потрібн",
    "надо",
    "нужно",
    "хочу",
    "буду",
    "згод",
    "соглас",
    "вірн",
    "верн",
    "правильн",
    "now",
)
_DOUBTS = frozenset("знаю певен впевнен уверен know sure може може, можливо мабуть maybe perhaps навіщо".split())
_AFTER_ALL = frozenset("та да".split())
"""Words that soften a "no" behind them: "та ні", "да нет"."""


def read_answer(spoken: Sequence[Token]) -> str:
    said = [token.text for token in spoken]
    if any(word in _NOT and any(later in _DOUBTS for later in said[at + 1 : at + 3]) for at, word in enumerate(said)):
        return ""
    refuses = _refuses(said)
    yes = agrees(" ".join(said))
    if refuses:
        rest = [word for at, word in enumerate(said) if not (word in _AFTER_ALL and said[at + 1 : at + 2] == ["ні"])]
        return "" if _mixed(rest) else "no"
    return "yes" if yes else ""


def _refuses(said: Sequence[str]) -> bool:
    if any(word in _NO for word in said):
        return True
    return any(
        word in _NOT and any(later.startswith(_REFUSED) for later in said[at + 1 : at + 3])
        for at, word in enumerate(said)
    )


def _mixed(said: Sequence[str]) -> bool:
    """Whether a yes stands beside the no: "ні, все вірно"."""
    kept = [word for word in said if word not in _NO]
    return False if any(word in _NOT for word in kept) else agrees(" ".join(kept)) and kept[:1] != ["да"]
