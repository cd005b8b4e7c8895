"""A dialog driven by hand, on a clock of its own: what a call would tell it, and what it asks of the call."""

from dataclasses import replace

from domain.dialog import actions, events
from domain.dialog.actions import Action
from domain.dialog.phases import Phase
from domain.dialog.state import State
from domain.dialog.step import deadline, step
from domain.endpointing import SpeechPaused, SpeechResumed, SpeechStarted, UtteranceEnded
from domain.phrases import Announcement
from domain.speech import Hypothesis
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse

GREETING = "Добрий день! Це Шини, мене звати Олена. З вами розмовляє автоматична система."
SILENCE = 0.5
"""What the endpointer needs to be sure."""


def tool_use(name: str = "search_tires", result: str = "три") -> ToolUse:
    return ToolUse(ToolCall("1", name, {}), result)


class Talk:
    """Steps as a call does: what is hushed is told at once, after the actions of the step."""

    def __init__(self) -> None:
        self.state = State()
        self.now = 100.0
        self.owed: list[Action] = []
        """What the last event asked of the call."""
        self.saying: Announcement | None = None
        self.cut = events.Hushed("", None)
        """What the call would tell if it had to hush now."""

    @property
    def phase(self) -> Phase:
        return self.state.phase

    @property
    def deadline(self) -> float | None:
        """How long from now until time must pass."""
        at = deadline(self.state)
        return None if at is None else round(at - self.now, 3)

    @property
    def turns(self) -> list[str]:
        said = []
        for turn in self.state.turns:
            match turn:
                case CallerTurn(text):
                    said.append(f"caller: {text}")
                case AgentTurn(text, cut):
                    said.append(f"agent: {text}{' —' if cut else ''}")
                case ToolUse(call, result):
                    said.append(f"tool: {call.name} {result}")
        return said

    @property
    def announced(self) -> list[str]:
        """The announcements that the last event asked for."""
        return [action.announcement.text for action in self.owed if isinstance(action, actions.Announce)]

    def tell(self, event: events.Event, after: float = 0.0) -> "Talk":
        self.now += after
        self.owed = []
        self._step(event)
        return self

    def _step(self, event: events.Event) -> None:
        self.state, owed = step(self.state, event, self.now)
        self.owed += owed
        hushed = False
        for action in owed:
            match action:
                case actions.Announce(announcement):
                    self.saying = announcement
                case actions.Hush():
                    hushed = True
        if hushed:
            cut, self.cut = self.cut, events.Hushed("", None)
            self._step(cut)

    def wait(self) -> "Talk":
        """Let time pass to the next deadline."""
        at = deadline(self.state)
        assert at is not None
        self.now = max(self.now, at)
        return self.tell(events.TimePassed())

    # What happens often

    def speech(self, *, silence: float = SILENCE, voice: float = 1.0) -> "Talk":
        """The caller's voice begins and ends; no words are known yet."""
        self.tell(SpeechStarted(), 0.1)
        self.tell(SpeechPaused(), voice)
        return self.tell(UtteranceEnded(silence, voice), silence)

    def heard(
        self, text: str, utterance: int | None = None, *, final: bool = False, confidence: float | None = None
    ) -> "Talk":
        number = self.state.utterance if utterance is None else utterance
        return self.tell(events.Heard(Hypothesis(number, text, final, confidence)))

    def says(self, text: str, *, voice: float = 1.0) -> "Talk":
        """The caller says this, and the recognizer is as fast as his voice."""
        self.tell(SpeechStarted(), 0.1)
        self.heard(text)
        self.tell(SpeechPaused(), voice)
        return self.tell(UtteranceEnded(SILENCE, voice), SILENCE)

    def announces(self) -> "Talk":
        """What the agent says of itself is heard to its end."""
        assert self.saying is not None
        return self.tell(events.Announced(self.saying, self.saying.text), 2.0)

    def reply_begins(self) -> "Talk":
        self.tell(events.ReplyWorded(), 0.3)
        self.tell(events.ReplyAudible(), 0.1)
        return self.tell(events.LineAudible())

    def reply(self, text: str) -> "Talk":
        """The reply is heard to its end."""
        self.reply_begins()
        self.tell(events.LineSilent(), 2.0)
        return self.tell(events.ReplyEnded(text))

    def with_state(self, **changes: object) -> "Talk":
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        return self

    def resumes(self) -> "Talk":
        return self.tell(SpeechResumed())


def answered() -> Talk:
    """The leg is there and the greeting has begun."""
    return Talk().tell(events.Answered(GREETING))


def listening() -> Talk:
    """The greeting and its question were heard; the caller has the floor."""
    return answered().announces().announces()


def thinking(text: str = "мені потрібні шини") -> Talk:
    return listening().says(text)


def speaking(text: str = "мені потрібні шини") -> Talk:
    return thinking(text).reply_begins()


def asked(question: str) -> Talk:
    """The agent has asked this."""
    return thinking().reply(question)
