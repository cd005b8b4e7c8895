"""What costs money or time: read out, heard, agreed to, and only then done."""

from dataclasses import dataclass

from domain.facts import Deed


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the caller is asked to agree to."""

    deed: Deed
    content: str
    """All that matters, in one fixed form: equal contents are the same thing, and make the same key."""
    text: str
    """What is read out, as it is written in the transcript; ends with the question."""
