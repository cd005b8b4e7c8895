"""What of a long call the model is shown again."""

from collections.abc import Sequence

from domain.transcript import AgentTurn, CallerTurn, Turn

MOST_CHARACTERS = 12_000  # some 4,000 tokens


def recent(turns: Sequence[Turn], characters: int = MOST_CHARACTERS) -> tuple[Turn, ...]:
    """Return the last turns that fit, whole: a tool's call is never parted from its result.

    The last turn is there whatever its size, and where something had to go
    the rest begins with the caller.
    """
    kept = len(turns)
    room = characters
    while kept > 0:
        room -= _size(turns[kept - 1])
        if room < 0 and kept < len(turns):
            break
        kept -= 1
    if kept == 0:
        return tuple(turns)
    while kept < len(turns) - 1 and not isinstance(turns[kept], CallerTurn):
        kept += 1
    return tuple(turns[kept:])


def _size(turn: Turn) -> int:
    match turn:
        case CallerTurn(text) | AgentTurn(text):
            return len(text)
        case _:
            return len(str(turn.call.arguments)) + len(turn.result)
