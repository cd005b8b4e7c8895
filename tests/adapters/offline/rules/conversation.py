"""A conversation of the rule model with the shop's own tools, turn by turn and without a telephone.

What the model says is held to the truth gate; the read-backs of tools are heard to their end.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import anyio

from adapters.demo_shop.in_memory import InMemoryShop
from adapters.memory.archive import InMemoryArchive
from adapters.memory.knowledge import InMemoryKnowledge
from adapters.memory.ledger import InMemoryLedger
from adapters.offline.rule_model import RuleModel
from application.calls.shop_assistant import ShopAssistant
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR, Toolbox
from application.ports.language import Prompt, Words
from domain.clauses import Clauses
from domain.phrases import Language
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.truth.gate import judge
from domain.truth.known import known
from tests.harness.recalling import recalling

TODAY = date(2026, 11, 25)
NEW_CALLER = "+380670000000"
_MOST_ROUNDS = 5


@dataclass(slots=True)
class Conversation:
    assistant: ShopAssistant
    shop: InMemoryShop
    ledger: InMemoryLedger
    model: RuleModel = field(default_factory=lambda: RuleModel(first_word_seconds=0, words_per_second=1_000_000))
    turns: tuple[Turn, ...] = ()
    unsupported: list[str] = field(default_factory=list)
    """What the gate would have stopped."""
    transferred: str | None = None
    """The reason for which the caller was given to an operator."""
    rounds: int = 0
    """The most tools that one answer took."""

    async def say(self, text: str, understood: str = "") -> str:
        """Say something; return the agent's whole answer."""
        self.turns = (*self.turns, CallerTurn(text, understood=understood))
        box = Toolbox(self.assistant.tools, seconds=10)
        answer: list[str] = []
        for used in range(_MOST_ROUNDS + 1):
            self.rounds = max(self.rounds, used)
            said, call = await self._complete(box)
            if said:
                answer.append(said)
            if call is None:
                break
            if call.name == TRANSFER_TO_OPERATOR.name:
                self.transferred = str(call.arguments["reason"])
                break
            use = await box.use(call, self.turns)
            self.turns = (*self.turns, use)
            if use.say:
                answer.append(use.say)
                break
        whole = " ".join(answer)
        if whole:
            self.turns = (*self.turns, AgentTurn(whole))
        await self.assistant.remember(self.turns)
        return whole

    async def cut_short(self, text: str) -> None:
        """The caller heard only this of the agent's last answer."""
        self.turns = (*self.turns[:-1], AgentTurn(text, cut=True))

    @property
    def calls(self) -> Sequence[ToolCall]:
        return [turn.call for turn in self.turns if isinstance(turn, ToolUse)]

    async def _complete(self, box: Toolbox) -> tuple[str, ToolCall | None]:
        briefing = self.assistant.brief(self.turns)
        prompt = Prompt(
            briefing.instructions, box.specs(briefing.tools), (*briefing.earlier, *self.turns), briefing.note
        )
        said, call = "", None
        async with aclosing(self.model.reply(prompt)) as deltas:
            async for delta in deltas:
                match delta:
                    case Words(text):
                        said += text
                    case ToolCall():
                        call = delta
                    case _:
                        pass
        cutter, facts = Clauses(), known(self.turns, standing=briefing.standing)
        for clause in (*cutter.add(said), *cutter.rest()):
            verdict = judge(clause, facts, today=TODAY)
            if not verdict.passes:
                self.unsupported.append(f"{clause}: {verdict.told()}")
        return said, call


def _now() -> datetime:
    return datetime.combine(TODAY, time(12), ZoneInfo("Europe/Kyiv"))


@asynccontextmanager
async def conversation(
    language: Language = "uk",
    *,
    caller: str | None = NEW_CALLER,
    shop: InMemoryShop | None = None,
    ledger: InMemoryLedger | None = None,
    archive: InMemoryArchive | None = None,
) -> AsyncGenerator[Conversation, None]:
    """Meet a caller; whatever the model said must have been supported, and no answer may go round in circles."""
    shop = shop or InMemoryShop(today=lambda: TODAY)
    ledger = ledger or InMemoryLedger()
    assistant = ShopAssistant(
        uuid4(),
        shop=shop,
        ledger=ledger,
        knowledge=InMemoryKnowledge(language),
        recall=recalling(_now, archive),
        language=language,
        shop_name="ПроКолесо",
        agent_name="Олена",
        now=_now,
    )
    await assistant.meet(caller)
    talk = Conversation(assistant, shop, ledger)
    with anyio.fail_after(30):
        yield talk
    assert talk.unsupported == [], talk.unsupported
    assert talk.rounds < _MOST_ROUNDS
