"""What a call was like for the caller: how long he waited, how often he interrupted."""

from dataclasses import dataclass, field

from domain.dialog.events import Event, Heard, Hushed, LineAudible, LineSilent, ReplyAudible, Typed
from domain.dialog.phases import Connected, Ended, HandingOver, Listening
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.transcript import AgentTurn, CallerTurn


@dataclass(slots=True)
class Figures:
    """Fed with every event of a call, after its step."""

    turns: int = 0
    """The caller's and the agent's together."""
    interruptions: int = 0
    responses_seconds: list[float] = field(default_factory=list)
    """From the end of the caller's voice to the first audio of the reply to it."""
    dead_air_seconds: list[float] = field(default_factory=list)
    """Each silence of the line while the agent owed the caller something."""

    _audible: bool = False
    _silent_since: float | None = None
    _response_owed_since: float | None = None
    _reply_audible: bool = False

    def notice(self, event: Event, state: State, at: float) -> None:
        self.turns = sum(isinstance(turn, CallerTurn | AgentTurn) for turn in state.turns)
        if isinstance(event, UtteranceEnded):
            self._response_owed_since = at - event.silence_seconds
        if isinstance(event, Typed):
            self._response_owed_since = at
        if isinstance(event, Hushed) and event.heard and not isinstance(state.phase, HandingOver | Ended):
            self.interruptions += 1
        self._notice_response(event, at)
        self._notice_dead_air(event, state, at)

    def _notice_response(self, event: Event, at: float) -> None:
        if isinstance(event, ReplyAudible):
            self._reply_audible = True
        if not self._reply_audible or self._response_owed_since is None:
            return
        if isinstance(event, LineAudible) or (isinstance(event, ReplyAudible) and self._audible):
            self.responses_seconds.append(at - self._response_owed_since)
            self._response_owed_since, self._reply_audible = None, False

    def _notice_dead_air(self, event: Event, state: State, at: float) -> None:
        if isinstance(event, LineAudible):
            self._audible = True
        elif isinstance(event, LineSilent):
            self._audible = False
        if not _owes(state) or self._audible:
            if self._silent_since is not None:
                self.dead_air_seconds.append(at - self._silent_since)
            self._silent_since = None
        elif self._silent_since is None:
            answers = isinstance(event, UtteranceEnded | Heard) and state.voice_ended_at is not None
            self._silent_since = state.voice_ended_at if answers else at


def _owes(state: State) -> bool:
    if state.held_at is not None or state.caller_speaking:
        return False
    return state.final_owed_since is not None or not isinstance(state.phase, Connected | Listening | Ended)


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share (0 to 1) of the values does not exceed, 0 when there are none."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0
