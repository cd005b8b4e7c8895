"""Reads extensions.conf as Asterisk does, as far as ours goes: steps, patterns, variables, expressions.

Rule: what is not known here is an error, so that a dialplan under test cannot pass by being misread.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_STEP = re.compile(r"^(?P<priority>\d+|n)(?:\((?P<label>\w+)\))?,(?P<application>\w+)(?:\((?P<arguments>.*)\))?$")
_COMPARISON = re.compile(r'^\s*"(?P<left>[^"]*)"\s*(?P<operator>=|!=)\s*"(?P<right>[^"]*)"\s*$')
_PATTERN_LETTERS = {"X": "[0-9]", "Z": "[1-9]", "N": "[2-9]", ".": ".+", "!": ".*"}


@dataclass(frozen=True, slots=True)
class Step:
    label: str | None
    application: str
    arguments: str


@dataclass(slots=True)
class Dialplan:
    settings: dict[str, str] = field(default_factory=dict)
    """What stands in [globals]."""

    contexts: dict[str, dict[str, list[Step]]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Dialplan":
        dialplan = cls()
        section, extension = "", ""
        for line in path.read_text(encoding="utf-8").splitlines():
            line = line.split(";")[0].strip()
            if not line:
                continue
            if line.startswith("["):
                section = line.strip("[]")
                if section not in ("globals", "general"):
                    dialplan.contexts[section] = {}
                continue
            if section in ("globals", "general"):
                name, _, value = line.partition("=")
                dialplan.settings[name.strip()] = value.strip()
                continue
            word, _, rest = line.partition("=>")
            rest = rest.strip()
            if word.strip() == "exten":
                extension, rest = rest.split(",", 1)
            elif word.strip() != "same":
                raise SyntaxError(line)
            dialplan._add(section, extension, rest)
        return dialplan

    def _add(self, context: str, extension: str, text: str) -> None:
        if (match := _STEP.match(text)) is None:
            raise SyntaxError(text)
        steps = self.contexts[context].setdefault(extension, [])
        if match["priority"] != ("n" if steps else "1"):
            raise SyntaxError(f"{extension} must begin with priority 1 and go on with n: {text}")
        steps.append(Step(match["label"], match["application"], match["arguments"] or ""))

    def step(self, context: str, extension: str, priority: int) -> Step | None:
        steps = self._steps(context, extension)
        return steps[priority - 1] if priority <= len(steps) else None

    def labelled(self, context: str, extension: str, label: str) -> int:
        for priority, step in enumerate(self._steps(context, extension), 1):
            if step.label == label:
                return priority
        raise LookupError(f"no label {label} in {extension}")

    def _steps(self, context: str, extension: str) -> list[Step]:
        extensions = self.contexts[context]
        if extension in extensions:
            return extensions[extension]
        for pattern, steps in extensions.items():
            if pattern.startswith("_") and _matches(pattern[1:], extension):
                return steps
        return []


def _matches(pattern: str, extension: str) -> bool:
    return (
        re.fullmatch("".join(_PATTERN_LETTERS.get(letter, re.escape(letter)) for letter in pattern), extension)
        is not None
    )


def substitute(text: str, read: Callable[[str], str]) -> str:
    """Replace `${...}` by what `read` says of it, innermost first, then `$[...]` by 1 or 0."""
    found: list[str] = []
    at = 0
    while at < len(text):
        opening = text[at : at + 2]
        if opening not in ("${", "$["):
            found.append(text[at])
            at += 1
            continue
        end = _closing(text, at + 1)
        inner = substitute(text[at + 2 : end], read)
        found.append(read(inner) if opening == "${" else compare(inner))
        at = end + 1
    return "".join(found)


def _closing(text: str, opening: int) -> int:
    opens, closes = text[opening], {"{": "}", "[": "]"}[text[opening]]
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == opens) - (text[at] == closes)
        if depth == 0:
            return at
    raise SyntaxError(f"{opens} is never closed: {text}")


def compare(expression: str) -> str:
    if (match := _COMPARISON.match(expression)) is None:
        raise SyntaxError(f"not an expression: {expression}")
    return "1" if (match["left"] == match["right"]) == (match["operator"] == "=") else "0"


def called(text: str) -> tuple[str, str]:
    """Split `Name(arguments)`; the arguments end with the last bracket."""
    name, bracket, rest = text.partition("(")
    if not bracket or not rest.endswith(")"):
        raise SyntaxError(f"not a call: {text}")
    return name, rest[:-1]


def filtered(allowed: str, text: str) -> str:
    """Do what FILTER() does: keep the allowed letters, of which `a-z` is a range."""
    letters = re.sub(r"(.)-(.)", lambda span: "".join(map(chr, range(ord(span[1]), ord(span[2]) + 1))), allowed)
    return "".join(letter for letter in text if letter in letters)
