"""What a log shows, and what it never shows."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import anyio
import pytest
import structlog

from entrypoints.log import Masker, configure, of_call

CALL = UUID("067a1234-0671-4671-8671-067123456789")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:], level = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    "number",
    [
        *("0671234567", "067 123 45 67", "067-123-45-67", "(067) 123-45-67", "067.123.45.67", "0 67 123 45 67"),
        *("+380671234567", "380671234567", "+38 067 123 45 67", "+38(067)123-45-67", "80671234567", "00380671234567"),
        *("+48 601 234 567", "+1 (212) 555-0123", "+79161234567", "8 916 123-45-67", "067\u00a0123\u00a045\u00a067"),
    ],
)
def test_a_telephone_number_is_masked_however_it_is_written(number: str) -> None:
    assert Masker().mask(f"caller {number}, 2 tyres") == f"caller [phone …{number[-2:]}], 2 tyres"


@pytest.mark.parametrize("card", ["4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005"])
def test_a_bank_card_is_masked(card: str) -> None:
    assert Masker().mask(f"pays with {card}.") == "pays with [card]."


@pytest.mark.parametrize(
    "text",
    [
        "article 0012345 has 4 left",
        "article 0001234567",
        "size 205/55 R16 91V, 4 for 8 564.00",
        "order 1234567890",
        "not a card: 4111111111111112",
        "at 2026-11-22T15:04:09.067123Z",
        "at 2026-11-22 15:04:09",
        "took 0.671234567 s",
        "from 10.0.0.5 to 192.168.100.200:9092",
        f"call {CALL}",
        "call 12345678-0671-4671-8671-067123456789",
        "30 calls, 12 late, 1732287849 frames",
        "artikel-0671234567x",
    ],
)
def test_what_is_neither_number_nor_card_stays(text: str) -> None:
    assert Masker().mask(text) == text


def test_a_secret_is_masked_wherever_it_stands() -> None:
    masker = Masker(["sk-ant-12", "sk-ant-123456", "", "abc"])
    assert masker.mask("key=sk-ant-123456&abc") == "key=[secret]&abc"


def test_every_value_of_an_event_is_masked_however_deep(stream: io.StringIO) -> None:
    configure(level="INFO", form="json", secrets=["hunter22"], stream=stream)
    structlog.get_logger().info(
        "dialled 0671234567",
        caller={"numbers": ["0671234567"]},
        error=ValueError("hunter22"),
        call=CALL,
        frames=50,
        late=0.5,
    )
    (event,) = lines(stream)
    assert event["event"] == "dialled [phone …67]"
    assert event["caller"] == {"numbers": ["[phone …67]"]}
    assert event["error"] == "ValueError('[secret]')"
    assert (event["call"], event["frames"], event["late"]) == (str(CALL), 50, 0.5)
    assert event["level"] == "info"


def test_a_traceback_is_masked(stream: io.StringIO) -> None:
    configure(level="INFO", form="json", stream=stream)
    try:
        raise ValueError("0671234567 hung up")
    except ValueError:
        structlog.get_logger().exception("call failed")
    (event,) = lines(stream)
    assert "ValueError: [phone …67] hung up" in event["exception"]
    assert "0671234567" not in stream.getvalue()


def test_a_library_writes_through_the_same_mask(stream: io.StringIO) -> None:
    configure(level="INFO", form="json", secrets=["hunter22"], stream=stream)
    logging.getLogger("grpc._channel").warning("refused %s with %s", "0671234567", "hunter22")
    (event,) = lines(stream)
    assert (event["event"], event["logger"]) == ("refused [phone …67] with [secret]", "grpc._channel")


def test_a_library_is_heard_from_warnings_on(stream: io.StringIO) -> None:
    configure(level="INFO", form="json", stream=stream)
    for name in ("anthropic", "grpc", "aiohttp.access", "httpx2"):
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("trouble")
    assert [event["event"] for event in lines(stream)] == ["trouble"] * 4


@pytest.mark.parametrize(("level", "heard"), [("DEBUG", 3), ("INFO", 2), ("WARNING", 1)])
def test_the_level_says_from_where_on_events_are_written(stream: io.StringIO, level: str, heard: int) -> None:
    configure(level=level, form="json", stream=stream)
    log = structlog.get_logger()
    log.debug("detail")
    log.info("event")
    log.warning("trouble")
    assert len(lines(stream)) == heard


def test_the_console_form_is_for_people(stream: io.StringIO) -> None:
    configure(level="INFO", form="console", stream=stream)
    structlog.get_logger().info("answered", caller="0671234567")
    assert "answered" in stream.getvalue()
    assert "caller=[phone …67]" in stream.getvalue().replace("'", "")


def test_cyrillic_is_written_as_it_is(stream: io.StringIO) -> None:
    configure(level="INFO", form="json", stream=stream)
    structlog.get_logger().info("Олена відповіла")
    assert "Олена відповіла" in stream.getvalue()


@pytest.mark.anyio
async def test_an_event_carries_the_id_of_its_own_call(stream: io.StringIO) -> None:
    configure(level="INFO", form="json", stream=stream)
    other = UUID(int=2)

    async def hold(call_id: UUID) -> None:
        with of_call(call_id):
            await anyio.lowlevel.checkpoint()
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(speak, call_id)

    async def speak(call_id: UUID) -> None:
        await anyio.lowlevel.checkpoint()
        structlog.get_logger().info("spoke", expected=call_id)

    async with anyio.create_task_group() as calls:
        calls.start_soon(hold, CALL)
        calls.start_soon(hold, other)
    structlog.get_logger().info("after")
    *spoken, after = lines(stream)
    assert {event["call_id"] for event in spoken} == {str(CALL), str(other)}
    assert all(event["call_id"] == event["expected"] for event in spoken)
    assert "call_id" not in after
