"""A call as it happens, in the terminal: who speaks, what was heard, interruptions, latencies."""

from uuid import UUID

import anyio
from rich.console import Console
from rich.text import Text

from application.ports.operations import CallRecord
from domain.dialog.events import Announced, Event, Hushed, ReplyAudible
from domain.dialog.phases import HandingOver, Listening
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.figures import percentile
from domain.phrases import Kind
from domain.transcript import CUT, AgentTurn, CallerTurn, ToolUse


class LiveCalls:
    """Fulfils the port `CallObserver`; prints a line for each turn as it is settled."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began: dict[UUID, float] = {}
        self._shown: dict[UUID, int] = {}
        self._asked_at: dict[UUID, float] = {}
        self._waited: dict[UUID, float] = {}
        self._first: CallRecord | None = None
        self._one_ended = anyio.Event()

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        began = self._began.setdefault(call_id, at)
        if isinstance(event, UtteranceEnded):
            self._asked_at[call_id] = at - event.silence_seconds
        if isinstance(event, ReplyAudible) and call_id in self._asked_at:
            self._waited[call_id] = at - self._asked_at.pop(call_id)
        if isinstance(event, Announced) and event.announcement.kind is Kind.FILLER:
            self._say(at - began, "agent", f"({event.announcement.text})", "dim")
        # While the agent thinks the caller's words may still change.
        if isinstance(event, ReplyAudible | Announced | Hushed) or isinstance(state.phase, Listening | HandingOver):
            self._show_turns(call_id, state, at - began)

    def ended(self, record: CallRecord) -> None:
        self._show_turns(record.call_id, record.state, record.seconds)
        for kept in (self._began, self._shown, self._asked_at, self._waited):
            kept.pop(record.call_id, None)
        figures, responses = record.figures, record.figures.responses_seconds
        reason = f" ({record.ended.reason.value})" if record.ended.reason else ""
        self._console.print(
            f"  call ended: {record.ended.outcome.value}{reason} · {record.seconds:.0f} s · {figures.turns} turns"
            f" · {figures.interruptions} interruptions · response p50 {percentile(responses, 0.5) * 1000:.0f} ms,"
            f" p95 {percentile(responses, 0.95) * 1000:.0f} ms · frame lateness p99"
            f" {record.line.lateness_p99_ms:.1f} ms · longest dead air"
            f" {max(figures.dead_air_seconds, default=0) * 1000:.0f} ms",
            style="bold",
            highlight=False,
        )
        self._first = self._first or record
        self._one_ended.set()

    async def first(self) -> CallRecord:
        """Return the record of the first call, when it has ended."""
        while self._first is None:
            await self._one_ended.wait()
        return self._first

    def _show_turns(self, call_id: UUID, state: State, seconds: float) -> None:
        shown = self._shown.get(call_id, 0)
        for turn in state.turns[shown:]:
            match turn:
                case CallerTurn(text):
                    self._say(seconds, "caller", text, "cyan")
                case AgentTurn(text, cut):
                    waited = self._waited.pop(call_id, None)
                    after = f"  [{waited * 1000:.0f} ms]" if waited is not None else ""
                    self._say(seconds, "agent", text + (f" {CUT} interrupted" if cut else "") + after, "green")
                case ToolUse(call, result):
                    self._say(seconds, "tool", f"{call.name}: {result}", "magenta")
        self._shown[call_id] = max(shown, len(state.turns))

    def _say(self, seconds: float, who: str, what: str, style: str) -> None:
        self._console.print(Text(f"  {seconds:6.1f} s  "), Text(f"{who:<7}", style="bold"), Text(what, style=style))
