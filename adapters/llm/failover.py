"""Several models behind one port: try again, then the next one, then give up in time.

Rule 1: an answer has begun when words or a tool call are there; keep-alives
and empty pieces are nothing.  An attempt that has not begun in time failed.
Rule 2: a reply has one second try with the same provider, where that may
help; else the next provider is asked.  A provider that is late, or asks us to
slow down, gets its second try only when no other is left.
Rule 3: when something of the answer was given away, it is finished by the
same provider or breaks: nothing is said twice, and voices do not mix.
Rule 4: an empty answer is a failure, until nobody has a better one.
Rule 5: all attempts together begin to answer within `give_up_seconds`.
"""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Protocol

import anyio
import structlog

from adapters.llm.errors import Kind, ModelFailure
from adapters.llm.tool_calls import BEGUN
from application.ports.language import Delta, LanguageModel, Prompt, Words
from application.ports.metering import Meter, uncounted
from domain.breaker import Breaker
from domain.errors import Unavailable
from domain.transcript import ToolCall

_PAUSE_SECONDS = 0.4  # before asking again who asked us to slow down
_CLOSED = Breaker()

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class NamedModel:
    name: str
    model: LanguageModel


class Watcher(Protocol):
    """Sees every attempt; never waits and never raises."""

    def asked(self, provider: str) -> None: ...

    def began(self, provider: str, seconds: float) -> None:
        """The first words or tool call of an answer came so long after it was asked."""
        ...

    def failed(self, provider: str) -> None: ...

    def passed_on(self) -> None:
        """A reply was asked of another provider than the first choice."""
        ...


class _Nobody:
    def asked(self, provider: str) -> None: ...

    def began(self, provider: str, seconds: float) -> None: ...

    def failed(self, provider: str) -> None: ...

    def passed_on(self) -> None: ...


class FailoverModel:
    def __init__(
        self,
        models: Sequence[NamedModel],
        *,
        watcher: Watcher | None = None,
        first_token_seconds: float = 3.0,
        stall_seconds: float = 8.0,
        give_up_seconds: float = 9.5,
        breaker: Breaker = _CLOSED,
    ) -> None:
        self._models = tuple(models)
        self._watcher = watcher or _Nobody()
        self._first_token_seconds = first_token_seconds
        self._stall_seconds = stall_seconds
        self._give_up_seconds = give_up_seconds
        self._breakers = {named.name: breaker for named in models}

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        give_up_at = anyio.current_time() + self._give_up_seconds
        waiting = list(self._models)
        failures: list[ModelFailure] = []
        tried_again = passed_on = False
        while waiting and anyio.current_time() < give_up_at:
            named = waiting.pop(0)
            if not self._allows(named):
                continue
            if not passed_on and named is not self._models[0]:
                passed_on = True
                self._watcher.passed_on()
            began = anyio.current_time()
            deltas = named.model.reply(prompt, used)
            try:
                first = await self._begin(named, deltas, give_up_at)
            except ModelFailure as failure:
                failures.append(failure)
                others = any(self._allows(other) for other in waiting)
                if not tried_again and _second_try_helps(failure.kind, others=others):
                    tried_again = True
                    waiting.insert(0, named)
                    await anyio.sleep(_PAUSE_SECONDS if failure.kind is Kind.RATE_LIMITED else 0)
                continue
            with self._finishing(named, began):
                async with aclosing(deltas):
                    yield first
                    while (delta := await _next(named, deltas, self._stall_seconds)) is not None:
                        if delta != BEGUN:
                            yield delta
            return
        if not any(failure.kind is Kind.EMPTY for failure in failures):
            raise Unavailable("no language model answers: " + ("; ".join(map(str, failures)) or "all are left alone"))

    async def _begin(self, named: NamedModel, deltas: AsyncGenerator[Delta, None], give_up_at: float) -> Delta:
        """Return the first piece that is worth something; the generator is finished when this raises."""
        began = anyio.current_time()
        self._breakers[named.name] = self._breakers[named.name].tried(began)
        self._watcher.asked(named.name)
        late_at = min(began + self._first_token_seconds, give_up_at)
        try:
            while True:
                match await _next(named, deltas, late_at - anyio.current_time()):
                    case None:
                        raise ModelFailure(named.name, Kind.EMPTY)
                    case Words("") as piece if piece == BEGUN:
                        late_at = min(anyio.current_time() + self._stall_seconds, give_up_at)
                    case ToolCall() as call:
                        return call
                    case Words(text) as words if text.strip():
                        return words
                    case _:
                        pass
        except ModelFailure as failure:
            self._count(named, failure, seconds=anyio.current_time() - began)
            raise
        except BaseException:
            self._breakers[named.name] = self._breakers[named.name].abandoned()
            raise

    @contextmanager
    def _finishing(self, named: NamedModel, began: float) -> Iterator[None]:
        """Count how an answer that has begun ends; that the caller wants no more of it is a good end."""
        first_seconds = anyio.current_time() - began
        self._watcher.began(named.name, first_seconds)
        try:
            yield
        except ModelFailure as failure:
            self._count(named, failure, seconds=anyio.current_time() - began)
            raise
        except BaseException:
            self._breakers[named.name] = self._breakers[named.name].succeeded()
            raise
        self._breakers[named.name] = self._breakers[named.name].succeeded()
        seconds = anyio.current_time() - began
        _log.info(
            "model_replied", provider=named.name, first_seconds=round(first_seconds, 3), seconds=round(seconds, 3)
        )

    def _allows(self, named: NamedModel) -> bool:
        return self._breakers[named.name].allows(anyio.current_time())

    def _count(self, named: NamedModel, failure: ModelFailure, *, seconds: float) -> None:
        now = anyio.current_time()
        self._watcher.failed(named.name)
        # A request that is refused for its content says nothing about the provider.
        if failure.kind is not Kind.REJECTED:
            self._breakers[named.name] = self._breakers[named.name].failed(now)
        else:
            self._breakers[named.name] = self._breakers[named.name].abandoned()
        _log.warning(
            "model_failed",
            provider=named.name,
            kind=failure.kind.value,
            seconds=round(seconds, 3),
            breaker=self._breakers[named.name].state(now).value,
        )


def _second_try_helps(kind: Kind, *, others: bool) -> bool:
    match kind:
        case Kind.REFUSED | Kind.REJECTED:
            return False
        case Kind.LATE | Kind.RATE_LIMITED:
            return not others
        case _:
            return True


async def _next(named: NamedModel, deltas: AsyncGenerator[Delta, None], seconds: float) -> Delta | None:
    """Return the next piece, None at the end; what goes wrong is a failure of this provider."""
    try:
        with anyio.fail_after(seconds):
            return await anext(deltas)
    except StopAsyncIteration:
        return None
    except TimeoutError:
        raise ModelFailure(named.name, Kind.LATE) from None
    except ModelFailure:
        raise
    except Unavailable as error:
        raise ModelFailure(named.name, Kind.BROKEN) from error
