"""The log: one event a line, with the call it belongs to, and without what is nobody's business.

Rule 1: telephone numbers, bank cards and the values of secrets are masked in every text, ours or a library's,
        at the last moment before it is written.
Rule 2: article numbers, ids and figures stay as they are: a log that nobody can follow protects nobody.
"""

import logging
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO
from uuid import UUID

import structlog
from structlog.contextvars import bound_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

_SEPARATOR = r"[ \u00a0().\-‑–]{0,2}"
_NEXT_DIGIT = rf"{_SEPARATOR}\d"
_PERSONAL = re.compile(
    rf"""
    (?P<id>\b[0-9a-f]{{8}}-(?:[0-9a-f]{{4}}-){{3}}[0-9a-f]{{12}}\b | \d{{4}}-\d\d-\d\d[T ]\d\d:\d\d:[\d.]+)
    | (?<!\w)(?<!\d\.)(?P<phone>
        (?:(?:(?:\+|00)?3{_SEPARATOR}8|8){_SEPARATOR}|\()?     # Ukraine: +38, 8 or nothing before the 0
        0[ \u00a0()\-‑–]{{0,2}}[1-9](?:{_NEXT_DIGIT}){{8}}
      | (?:\+|00)[1-9](?:{_NEXT_DIGIT}){{9,13}}              # any other country
      | [78]{_SEPARATOR}9(?:{_NEXT_DIGIT}){{9}}              # mobiles written with 7 or 8 for the country
    )(?!\w)
    | (?<!\w)(?<!\d\.)(?P<card>\d(?:[ \-]?\d){{12,18}})(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORTEST_SECRET = 4
"""Shorter ones would be found by chance in half of all texts."""

_LOUD_LIBRARIES = ("aiohttp.access", "anthropic", "asyncio", "google", "grpc", "httpcore2", "httpx2", "openai")


class Masker:
    """Takes out of a text what may not be logged."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        longest_first = sorted({each for each in secrets if len(each) >= _SHORTEST_SECRET}, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def mask(self, text: str) -> str:
        return _PERSONAL.sub(_masked, self._secrets.sub("[secret]", text))

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """Mask every value of an event, however deep."""
        return {key: self._value(value) for key, value in event.items()}

    def _value(self, value: Any) -> Any:
        match value:
            case None | bool() | int() | float():
                return value
            case str():
                return self.mask(value)
            case UUID():
                return str(value)
            case Mapping():
                return {self.mask(str(key)): self._value(each) for key, each in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self._value(each) for each in value]
            case _:
                return self.mask(repr(value))


def configure(*, level: str, form: str, secrets: Collection[str] = (), stream: TextIO | None = None) -> None:
    """Send all events from now on to one stream; `form` is json or console."""
    out = stream or sys.stderr
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*ours, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=ours,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                Masker(secrets),
                _renderer(form, out),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _LOUD_LIBRARIES:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)


@contextmanager
def of_call(call_id: UUID) -> Iterator[None]:
    """Write the call's id into every event of what runs inside, tasks that it starts included."""
    with bound_contextvars(call_id=str(call_id)):
        yield


def _renderer(form: str, out: TextIO) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False)
    return structlog.dev.ConsoleRenderer(colors=out.isatty())


def _masked(found: re.Match[str]) -> str:
    text = found.group()
    match found.lastgroup:
        case "phone":
            return f"[phone …{_digits(text)[-2:]}]"
        case "card" if _luhn(_digits(text)):
            return "[card]"
        case _:
            return text


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _luhn(digits: str) -> bool:
    """Whether the last digit is the checksum that bank cards carry."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(each // 10 + each % 10 for each in doubled)) % 10 == 0
