"""The notes of one call: what happens in it becomes entries of its record.

Rule 1: what was said, and what tools did, is noted as soon as the dialog has it; only what is new or has changed.
Rule 2: what was used of what is paid for is noted as soon as it is known.
Rule 3: who is calling is noted as soon as the line has said it.
Rule 4: a turn keeps its number for good: one that the caller goes on with is noted anew under the same number.
Rule 5: what the gate refused is noted with the agent's next turn, which is what was said in its place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from application.ports.operations import CallRecord
from domain.dialog import events
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.figures import percentile
from domain.money import Money
from domain.records import (
    AnyEntry,
    AnyUsed,
    CallBegan,
    CallEnded,
    EarUsed,
    ModelUsed,
    ToolUsed,
    TurnTaken,
    VoiceUsed,
    Waterfall,
)
from domain.shop.events import Booked, Ordered
from domain.transcript import AgentTurn, CallerTurn, ToolUse, Turn
from domain.troubles import NO_TROUBLES
from domain.truth.judgement import Judgement
from domain.usage import Kind, Usage
from domain.visit.visit import visit_of

_KINDS: Mapping[Kind, Callable[..., AnyUsed]] = {Kind.MODEL: ModelUsed, Kind.VOICE: VoiceUsed, Kind.EAR: EarUsed}


class Notes:
    def __init__(self, call_id: UUID, began: datetime, *, clock: float, language: str) -> None:
        self._call_id = call_id
        self._began = began
        self._clock = clock
        """What the clock of the call's events showed when it began."""
        self._sequence = 0
        self._numbers = 0
        self._spoken: list[tuple[int, CallerTurn | AgentTurn]] = []
        self._uses = 0
        self._seen: Sequence[Turn] = ()
        self._tools_began: dict[str, float] = {}
        self._reply = _Reply()
        self._refused: tuple[str, ...] = ()
        self._language = language
        self._state = State()
        self._troubles = NO_TROUBLES

    def begin(self) -> Sequence[AnyEntry]:
        return [self._begun(self._began)]

    def notice(self, event: Event, state: State, at: float) -> Sequence[AnyEntry]:
        """Return what this event adds to the record; `state` is the one after it."""
        self._reply.notice(event, at)
        self._troubles = self._troubles.after(event, self._state, state)
        self._state = state
        seconds: float | None = None
        match event:
            case events.CallerKnown(caller) if caller is not None:
                return [self._begun(self._moment(at), caller)]
            case events.Used(usage):
                return [self._used(usage, self._moment(at))]
            case events.ToolStarted(name):
                self._tools_began[name] = at
            case events.ToolEnded(use) if (tool_began := self._tools_began.pop(use.call.name, None)) is not None:
                seconds = at - tool_began
            case events.ClauseJudged(Judgement.REFUSED, clause):
                self._refused = (*self._refused, clause)
            case _:
                pass
        return self._transcribe(state.turns, self._moment(at), seconds)

    def end(self, record: CallRecord) -> Sequence[AnyEntry]:
        at = self._began + timedelta(seconds=record.seconds)
        entries = self._transcribe(record.state.turns, at, None)
        deeds = [event for turn in record.state.turns if isinstance(turn, ToolUse) for event in turn.events]
        totals = {
            each.order.order_number or each.order.id: each.order.total for each in deeds if isinstance(each, Ordered)
        }
        responses = record.figures.responses_seconds
        ended = CallEnded(
            call_id=self._call_id,
            began=self._began,
            sequence=self._next(),
            at=at,
            outcome=record.ended.outcome,
            reason=record.ended.reason,
            caller=record.caller,
            seconds=record.seconds,
            cause=record.cause,
            interruptions=record.figures.interruptions,
            response_p50_seconds=percentile(responses, 0.5) if responses else None,
            response_p95_seconds=percentile(responses, 0.95) if responses else None,
            dead_air_seconds=max(record.figures.dead_air_seconds, default=0.0),
            orders=tuple(totals),
            order_total=sum(totals.values(), Money(0)),
            bookings=tuple(dict.fromkeys(each.booking.id for each in deeds if isinstance(each, Booked))),
            cost=record.cost,
            flow=visit_of(record.state.turns).flow,
            troubles=self._troubles,
        )
        return [*entries, ended]

    def _begun(self, at: datetime, caller: str | None = None) -> CallBegan:
        return CallBegan(
            call_id=self._call_id,
            began=self._began,
            sequence=self._next(),
            at=at,
            caller=caller,
            language=self._language,
        )

    def _transcribe(self, turns: Sequence[Turn], at: datetime, seconds: float | None) -> list[AnyEntry]:
        if turns is self._seen:
            return []
        self._seen = turns
        uses = [turn for turn in turns if isinstance(turn, ToolUse)]
        entries: list[AnyEntry] = [self._tool_used(use, at, seconds) for use in uses[self._uses :]]
        self._uses = len(uses)
        spoken = [turn for turn in turns if not isinstance(turn, ToolUse)]
        for place, turn in enumerate(spoken):
            if place == len(self._spoken):
                self._spoken.append((self._next_number(), turn))
            elif self._spoken[place][1] != turn:
                self._spoken[place] = self._spoken[place][0], turn
            else:
                continue
            entries.append(self._taken(self._spoken[place][0], turn, at))
        return entries

    def _tool_used(self, use: ToolUse, at: datetime, seconds: float | None) -> ToolUsed:
        return ToolUsed(
            call_id=self._call_id,
            began=self._began,
            sequence=self._next(),
            at=at,
            number=self._next_number(),
            name=use.call.name,
            arguments=use.call.arguments,
            result=use.result,
            failed=use.failed,
            seconds=seconds,
            facts=use.facts.plainly(),
        )

    def _taken(self, number: int, turn: CallerTurn | AgentTurn, at: datetime) -> TurnTaken:
        sequence = self._next()
        if isinstance(turn, CallerTurn):
            return TurnTaken(
                call_id=self._call_id,
                began=self._began,
                sequence=sequence,
                at=at,
                number=number,
                speaker="caller",
                text=turn.text,
                confidence=turn.confidence,
                language=turn.language,
                understood=turn.understood,
            )
        waterfall, self._reply = self._reply.waterfall(), _Reply()
        refused, self._refused = self._refused, ()
        return TurnTaken(
            call_id=self._call_id,
            began=self._began,
            sequence=sequence,
            at=at,
            number=number,
            speaker="agent",
            text=turn.text,
            cut=turn.cut,
            waterfall=waterfall,
            refused=refused,
        )

    def _used(self, usage: Usage, at: datetime) -> AnyUsed:
        kind = _KINDS[usage.kind]
        return kind(call_id=self._call_id, began=self._began, sequence=self._next(), at=at, **asdict(usage))

    def _moment(self, at: float) -> datetime:
        return self._began + timedelta(seconds=at - self._clock)

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence - 1

    def _next_number(self) -> int:
        self._numbers += 1
        return self._numbers


class _Reply:
    """When the reply that is on its way, or is being heard, came to where."""

    def __init__(self) -> None:
        self._asked_at: float | None = None
        self._final_at: float | None = None
        self._worded_at: float | None = None
        self._audio_ready = False
        self._audible_at: float | None = None

    def notice(self, event: Event, at: float) -> None:
        match event:
            case UtteranceEnded():
                self._asked_at, self._final_at = at - event.silence_seconds, None
            case events.Typed():
                self._asked_at = self._final_at = at
            case events.Heard(hypothesis) if hypothesis.final and self._final_at is None:
                self._final_at = at
            case events.ReplyWorded() if not self._audio_ready:
                self._worded_at = at
            case events.ReplyAudible():
                self._audio_ready = True
            case events.LineAudible() if self._audio_ready and self._audible_at is None:
                self._audible_at = at
            case _:
                pass

    def waterfall(self) -> Waterfall | None:
        """Return how it came; None for what was no answer to the caller."""
        if self._asked_at is None or self._audible_at is None:
            return None
        return Waterfall(
            final=self._since_asked(self._final_at),
            first_word=self._since_asked(self._worded_at),
            first_audio=self._since_asked(self._audible_at),
        )

    def _since_asked(self, at: float | None) -> float | None:
        """What was ready before the caller had done speaking came at once."""
        return None if at is None or self._asked_at is None else max(0.0, at - self._asked_at)
