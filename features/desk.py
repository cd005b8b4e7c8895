"""Where a scenario's steps meet the harness: what is agreed before the first call, and the bridge to the event loop."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

import structlog
from anyio.from_thread import BlockingPortal, start_blocking_portal

from adapters.memory.scripted_model import Answer, AnswersInOrder
from application.calls.assistant import AssistantFactory
from application.calls.tools.toolbox import Tool
from application.ports.language import LanguageModel, Prompt
from application.ports.operations import CallObserver
from domain.limits import Limits
from domain.phrases import ENGLISH, UKRAINIAN, Language, Phrases
from domain.transcript import CallerTurn
from domain.words import words

T = TypeVar("T")

# Whoever tests listens in real time: a letter lasts 60 ms.
SHORT_UKRAINIAN = replace(
    UKRAINIAN,
    greeting_question="Слухаю.",
    thinking="Хвилинку.",
    still_thinking="Ще шукаю.",
    silence="Чим допомогти?",
    are_you_there="Ви тут?",
    silence_farewell="Не чую. До побачення!",
    farewell="Дякую, до побачення!",
    ask_again="Повторіть.",
    choices="Шини чи диски?",
    unsure="Не можу підтвердити.",
    hand_over="Кличу людину.",
    hand_over_busy="Усі зайняті, зачекайте.",
    hand_over_apology="Збій, кличу людину.",
    too_long="Час вийшов, кличу людину.",
    restarting="Перезапуск, кличу людину.",
)
SHORT_ENGLISH = replace(
    ENGLISH,
    greeting_question="Yes?",
    silence="How can I help?",
    are_you_there="Still there?",
    hand_over="An operator comes.",
    hand_over_apology="Sorry, an operator comes.",
)


@dataclass(slots=True)
class Agreed:
    """What holds in a scenario when its first caller dials."""

    answers: list[str | Answer] = field(default_factory=list)
    answers_to: dict[tuple[str, ...], str | Answer] = field(default_factory=dict)
    """What is answered to these very words of the caller."""
    tools: list[Tool] = field(default_factory=list)
    limits: Limits = Limits()
    phrases: Phrases = SHORT_UKRAINIAN
    language: Language = "uk"
    greeting: str = "Вітаю!"
    asterisk: str = "22.10"
    operators_free: int = 1
    most_calls: int = 100
    brisk: bool = False
    """Whether callers speak as fast as they can be understood, and the agent in so many frames a word."""
    frames_a_word: int | None = None
    assistant: AssistantFactory | None = None
    model: LanguageModel | None = None
    """What answers in place of a script."""
    observers: list[CallObserver] = field(default_factory=list)
    opened: list[Callable[[], None]] = field(default_factory=list)
    """What is done once the call center is open."""

    def script(self) -> "_Script":
        return _Script(self)


class _Script:
    def __init__(self, agreed: Agreed) -> None:
        self._in_order = AnswersInOrder(agreed.answers or ["Добре."])
        self._answers_to = agreed.answers_to

    def __call__(self, prompt: Prompt) -> str | Answer:
        match prompt.turns[-1]:
            case CallerTurn(text) if words(text) in self._answers_to:
                return self._answers_to[words(text)]
            case _:
                return self._in_order(prompt)


class Desk:
    """The whole bridge from steps, which do not await, to the event loop."""

    def __init__(self, portal: BlockingPortal, stack: ExitStack) -> None:
        self.do = portal.call
        self._portal = portal
        self._stack = stack

    def enter(self, manager: AbstractAsyncContextManager[T]) -> T:
        """Open this until the scenario has ended."""
        return self._stack.enter_context(self._portal.wrap_async_context_manager(manager))


@contextmanager
def open_desk() -> Iterator[Desk]:
    with _plain_log(), start_blocking_portal("asyncio", {"use_uvloop": True}) as portal:
        try:
            with ExitStack() as stack:
                yield Desk(portal, stack)
        finally:
            portal.call(portal.stop, True)  # a step that was given up waits no longer


@contextmanager
def _plain_log() -> Iterator[None]:
    """Log as plainly as the product does: structlog's own picture of an error keeps the loop busy for half a second."""
    before = structlog.get_config()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ]
    )
    try:
        yield
    finally:
        structlog.configure(**before)
