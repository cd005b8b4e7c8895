"""What a caller never hears: markup, code, data and ids, whatever the model writes."""

import re

_FENCE = re.compile(r"```.*?(?:```|$)", re.S)
_INTERNAL = re.compile(
    r"<(think\w*|analysis|reasoning|reflection|scratchpad|plan|tool\w*|function\w*|invoke|code|script)\b[^<>]*>"
    r".*?(?P<close></\1\s*>|$)",
    re.S | re.I,
)
_DATA = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|\{[^{}]*[:\"][^{}]*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)|https?://\S+")
_ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b\w+_\w+\(.*?\)|\b[a-z]+(?:_[a-z0-9]+)+\b")
_BULLET = re.compile(r"^\s*(?:[-*•+]|#{1,6}|\[[ xX]?\]|>)\s+", re.M)
_EMPHASIS = re.compile(r"[*`#|~]+|(?<!\w)_+|_+(?!\w)")
_SPACES = re.compile(r"\s+")


def is_open(text: str) -> bool:
    """Whether the text ends within something unspeakable, so that it must not be cut here."""
    unclosed = any(not internal["close"] for internal in _INTERNAL.finditer(text))
    return unclosed or text.count("```") % 2 == 1 or text.count("{") > text.count("}")


def speakable(text: str) -> str:
    """Return the words of a clause that may be spoken, "" when there are none."""
    text = _FENCE.sub(" ", text)
    text = _INTERNAL.sub(" ", text)
    text = _LINK.sub(lambda link: link.group(1) or "", text)
    text = _TAG.sub(" ", text)
    text = _BULLET.sub("", text)
    while (without := _DATA.sub(" ", text)) != text:
        text = without
    text = _ID.sub(" ", text)
    text = _EMPHASIS.sub("", text)
    text = _SPACES.sub(" ", text).strip()
    return text if any(character.isalnum() for character in text) else ""
