"""How long things may take, and how often they may happen, in one call."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    call_seconds: float = 30 * 60
    turn_seconds: float = 45
    tool_seconds: float = 15
    tool_rounds: int = 5
    silence_seconds: float = 15
    """The caller's, before he is asked whether he is there."""
    filler_after_seconds: float = 0.4
    filler_repeat_seconds: float = 8
    filler_after_filler_seconds: float = 1.5
    """The first filler of an answer when the last answer had one: openers at every answer annoy."""
    words_flow_seconds: float = 1.5
    """How long the first words of the model may take to become sound before a filler is said all the same."""
    dead_air_seconds: float = 2.2
    """After the caller's voice, before a filler is said whatever is on its way."""
    announcement_seconds: float = 30
    """The agent's own phrases are shorter; one that lasts longer will never end."""
    utterance_seconds: float = 12
    """How long a voice may go on and bring no more words, before it counts as noise around the caller."""
    early_answer_seconds: float = 1.5
    """How long before the end of a question a "yes" still answers it."""
    final_seconds: float = 3.0
    """How long the recognizer may take to bring an utterance that had no interim words."""
    final_filler_seconds: float = 1.2
    """How long it may take before a filler is said."""
    cough_seconds: float = 0.4
    """Voice shorter than this and without words is nothing that was said."""
    hold_seconds: float = 2.0
    """How long a voice without words may hold the agent before it counts as noise."""
    hold_after_voice_seconds: float = 0.7
    """How long words may lag behind a voice that has ended, before it counts as a cough."""
    digit_seconds: float = 3.0
    """After the last key, before the digits count as whole."""
    confidence: float = 0.4
    """What the recognizer is less sure of than this, the agent asks again."""
    misunderstandings: int = 3
    """The last one leads to an operator."""
    considered: int = 4
    """Replies begun for one utterance before its end is certain."""
