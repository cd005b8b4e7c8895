"""One question to the shop, asked until it is answered, refused or out of time.

Rule 1: an attempt has its own bound, all attempts of a question have one together.
Rule 2: asked again, twice at most, is what the shop was too busy for (429, 503)
and what got no answer.  Writes as well: their key makes the second time harmless.
Rule 3: a shop that fails again and again is left alone for a while; what it
refuses is no failure.
Rule 4: the log knows paths by their pattern: no number, no name, no id.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

import aiohttp
import anyio
import structlog

from adapters.store.answer import Answer, parsed
from application.ports.shop import NotFound, ShopRefused
from domain.breaker import Breaker, State
from domain.errors import Unavailable

_LONGEST_PAUSE_SECONDS = 3.0
"""A shop that wants to be left alone for longer is not asked again in this question."""
_LEAST_ATTEMPT_SECONDS = 0.2
_MOST_BYTES = 4 * 2**20
_PIECE_BYTES = 2**16
_CONNECTIONS = 100
_GOOD = frozenset({200, 201, 202, 204})
_CLOSED = Breaker()

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    method: str
    pattern: str
    """The path below the shop's address, `{}` where an id stands: `/orders/{}/confirm`."""
    ids: tuple[str, ...] = ()
    query: Mapping[str, str] | None = None
    body: Mapping[str, object] | None = None
    key: str | None = None
    """Of a write."""

    def __str__(self) -> str:
        return f"{self.method} {self.pattern}"

    @property
    def path(self) -> str:
        """Raises `NotFound` for an id that can stand in no path."""
        if any(each in ("", ".", "..") for each in self.ids):
            raise NotFound(f"{self}: there is no such id")
        return self.pattern.format(*(quote(each, safe="") for each in self.ids))


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    retry_after: str | None


class _Failure(Exception):
    """An attempt that may be repeated; `pause` is what the shop asks for."""

    def __init__(self, told: str, *, status: int | None = None, pause: float | None = None) -> None:
        super().__init__(told)
        self.status = status
        self.pause = pause


class Exchange:
    def __init__(
        self,
        *,
        url: str,
        key: str,
        attempt_seconds: float = 5.0,
        give_up_seconds: float = 12.0,
        pauses_seconds: Sequence[float] = (0.2, 0.5),
        breaker: Breaker = _CLOSED,
        now: Callable[[], float] = anyio.current_time,
        session: aiohttp.ClientSession | None = None,
        on_response: Callable[[str, int | None], None] = lambda pattern, status: None,
    ) -> None:
        """`pauses_seconds` stand between the attempts: a question is asked once more than there are pauses."""
        self._url = url.rstrip("/")
        self._key = key
        self._attempt_seconds = attempt_seconds
        self._give_up_seconds = give_up_seconds
        self._pauses_seconds = pauses_seconds
        self._breaker = breaker
        self._now = now
        self._session = session
        self._session_is_given = session is not None
        self._on_response = on_response

    @property
    def breaker_state(self) -> State:
        return self._breaker.state(self._now())

    async def close(self) -> None:
        """End the connections; a session that was given is its owner's to close."""
        if self._session is not None and not self._session_is_given:
            await self._session.close()
            self._session = None

    def give_up_at(self) -> float:
        """Return when a question that begins now is given up."""
        return anyio.current_time() + self._give_up_seconds

    async def ask(self, question: Question, *, give_up_at: float | None = None) -> Answer:
        """Return the whole answer.  Raises `Unavailable`, `NotFound` and `ShopRefused`."""
        if not self._url:
            raise Unavailable("STORE_API_URL is not set: there is no shop")
        if give_up_at is None:
            give_up_at = self.give_up_at()
        attempt = 1
        while True:
            seconds = min(give_up_at - anyio.current_time(), self._attempt_seconds)
            try:
                return await self._attempt(question, attempt, seconds)
            except _Failure as failure:
                if attempt > len(self._pauses_seconds):
                    raise Unavailable(f"{question}: {failure}") from None
                pause = self._pauses_seconds[attempt - 1] if failure.pause is None else failure.pause
                left = give_up_at - anyio.current_time() - _LEAST_ATTEMPT_SECONDS
                if pause > min(_LONGEST_PAUSE_SECONDS, left):
                    raise Unavailable(f"{question}: {failure}") from None
            attempt += 1
            await anyio.sleep(pause)

    async def _attempt(self, question: Question, attempt: int, seconds: float) -> Answer:
        if not self._breaker.allows(self._now()):
            raise Unavailable(f"{question}: the shop failed again and again and is left alone for now")
        path = question.path
        self._breaker = self._breaker.tried(self._now())
        began, request_id = anyio.current_time(), str(uuid4())
        status: int | None = None
        trouble: str | None = None
        try:
            reply = await self._send(question, path, request_id, seconds)
            status = reply.status
            return self._read(question, reply)
        except _Failure as failure:
            status, trouble = failure.status, str(failure)
            raise
        except Unavailable as error:
            trouble = str(error)
            raise
        except (NotFound, ShopRefused):
            raise
        except BaseException:
            self._breaker = self._breaker.abandoned()
            raise
        finally:
            self._log(question, attempt, request_id, began, status, trouble)

    async def _send(self, question: Question, path: str, request_id: str, seconds: float) -> _Reply:
        headers = {"Authorization": f"Bearer {self._key}", "X-Request-Id": request_id, "Accept": "application/json"}
        if question.key is not None:
            headers["Idempotency-Key"] = question.key
        try:
            async with self._opened().request(
                question.method,
                f"{self._url}{path}",
                params=question.query,
                json=question.body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=max(seconds, _LEAST_ATTEMPT_SECONDS)),
                allow_redirects=False,
            ) as response:
                body = bytearray()
                async for piece in response.content.iter_chunked(_PIECE_BYTES):
                    body += piece
                    if len(body) > _MOST_BYTES:
                        raise self._failed("the answer has no end")
                return _Reply(response.status, bytes(body), response.headers.get("Retry-After"))
        except TimeoutError:
            raise self._failed(f"no answer in {seconds:.1f} s") from None
        except (aiohttp.ClientError, OSError) as error:
            raise self._failed(type(error).__name__) from None

    def _read(self, question: Question, reply: _Reply) -> Answer:
        """Return a good answer, or raise what a bad one means."""
        match reply.status:
            case 429:
                self._breaker = self._breaker.abandoned()  # it works, only too hard
                raise _Failure("the shop is too busy (429)", status=429, pause=_pause(reply))
            case 503:
                raise self._failed("the shop is too busy (503)", status=503, pause=_pause(reply))
            case status if status >= 500:
                self._breaker = self._breaker.failed(self._now())
                raise Unavailable(f"{question}: the shop fails ({status})")
        if reply.status in _GOOD:
            try:
                answer = parsed(reply.body or b"{}", f"{question}: ")
            except Unavailable:
                self._breaker = self._breaker.failed(self._now())
                raise
            self._breaker = self._breaker.succeeded()
            return answer
        self._breaker = self._breaker.succeeded()
        raise _meant(question, reply)

    def _failed(self, told: str, *, status: int | None = None, pause: float | None = None) -> _Failure:
        self._breaker = self._breaker.failed(self._now())
        return _Failure(told, status=status, pause=pause)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS), cookie_jar=aiohttp.DummyCookieJar()
            )
            self._session._retry_connection = False  # aiohttp would ask again by itself, beside our count
        return self._session

    def _log(
        self, question: Question, attempt: int, request_id: str, began: float, status: int | None, trouble: str | None
    ) -> None:
        log = _log.info if trouble is None else _log.warning
        log(
            "shop_asked",
            method=question.method,
            path=question.pattern,
            status=status,
            ms=round((anyio.current_time() - began) * 1000),
            request_id=request_id,
            attempt=attempt,
            breaker=self.breaker_state.value,
            **({} if trouble is None else {"trouble": trouble}),
        )
        self._on_response(question.pattern, status)


def _meant(question: Question, reply: _Reply) -> Exception:
    """Return what an answer means that is neither good nor a failure of the shop."""
    refusal = _refusal(reply)
    match reply.status:
        case 401 | 403 as status:
            return Unavailable(f"{question}: the shop refuses our key ({status}); see STORE_API_KEY")
        case 404 if refusal:
            return NotFound(str(refusal))
        case 404:
            return Unavailable(f"{question}: there is no such path (404); see STORE_API_URL")
        case 400 | 409 | 422 if refusal:
            return refusal
        case status:
            return Unavailable(f"{question}: the shop's answer is not as agreed ({status})")


def _refusal(reply: _Reply) -> ShopRefused | None:
    """Read the error's envelope, None where there is none."""
    with suppress(Unavailable):
        error = parsed(reply.body, "")["error"]
        return ShopRefused(error["code"].text(), error.maybe("message", Answer.text) or "")
    return None


def _pause(reply: _Reply) -> float | None:
    """Return how long the shop wants to be left alone; a date is as good as no answer."""
    try:
        return max(0.0, float(reply.retry_after or ""))
    except ValueError:
        return None
