"""The emulator is as strict as the providers: what they refuse, it refuses."""

import sys
from collections.abc import AsyncIterator
from subprocess import PIPE

import anyio
import httpx2
import pytest
from anyio.streams.text import TextReceiveStream

from tests.harness.llm import LanguageEmulator, load_answer
from tests.harness.llm_streams import Json

pytestmark = pytest.mark.anyio

HEADERS = {"x-api-key": "key"}
USER = {"role": "user", "content": "Добрий день"}
USE = {"type": "tool_use", "id": "call_1", "name": "search_tires", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "call_1", "content": "три"}


@pytest.fixture
async def emulator() -> AsyncIterator[LanguageEmulator]:
    async with LanguageEmulator() as emulator:
        yield emulator


async def status(emulator: LanguageEmulator, path: str, body: Json, headers: dict[str, str] | None = None) -> int:
    async with httpx2.AsyncClient(base_url=emulator.url) as client:
        return (await client.post(path, json=body, headers=HEADERS if headers is None else headers)).status_code


@pytest.mark.parametrize(
    ("messages", "fault"),
    [
        ([], "at least one"),
        ([{"role": "assistant", "content": "Так"}, USER], "first message"),
        ([USER, {"role": "assistant", "content": "Так"}], "end with a user"),
        ([USER, USER], "alternate"),
        ([{"role": "user", "content": " "}], "non-empty"),
        ([USER, {"role": "assistant", "content": [USE]}, USER], "without tool_result"),
        ([USER, {"role": "assistant", "content": "Так"}, {"role": "user", "content": [RESULT]}], "unexpected"),
        ([USER, {"role": "assistant", "content": [USE, USE]}, {"role": "user", "content": [RESULT]}], "unique"),
        (
            [
                USER,
                {"role": "assistant", "content": [USE]},
                {"role": "user", "content": [{"type": "text", "text": "стривайте"}, RESULT]},
            ],
            "come first",
        ),
    ],
)
async def test_anthropic_refuses_a_history_that_is_broken(
    emulator: LanguageEmulator, messages: list[Json], fault: str
) -> None:
    assert await status(emulator, "/v1/messages", {"model": "m", "max_tokens": 9, "messages": messages}) == 400
    assert fault in " ".join(emulator.violations)


CALL = {"id": "call_1", "type": "function", "function": {"name": "search_tires", "arguments": "{}"}}
TOOL = {"role": "tool", "tool_call_id": "call_1", "content": "три"}


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"messages": [USER], "max_tokens": 9}, "unsupported parameter"),
        ({"messages": [USER], "max_completion_tokens": 9, "tools": []}, "too short"),
        ({"messages": [{"role": "user", "content": ""}], "max_completion_tokens": 9}, "empty"),
        ({"messages": [USER, TOOL], "max_completion_tokens": 9}, "must be a response"),
        ({"messages": [{"role": "assistant", "tool_calls": [CALL]}, USER], "max_completion_tokens": 9}, "followed by"),
        ({"messages": [{"role": "assistant", "tool_calls": [CALL]}], "max_completion_tokens": 9}, "at the end"),
    ],
)
async def test_openai_refuses_a_request_that_is_broken(emulator: LanguageEmulator, body: Json, fault: str) -> None:
    assert await status(emulator, "/v1/chat/completions", {"model": "m", **body}) == 400
    assert fault in " ".join(emulator.violations)


async def test_gemini_refuses_a_call_without_its_signature(emulator: LanguageEmulator) -> None:
    messages = [USER, {"role": "assistant", "tool_calls": [CALL]}, TOOL]
    body = {"model": "m", "max_tokens": 9, "messages": messages}
    assert await status(emulator, "/v1beta/openai/chat/completions", body) == 400


async def test_nobody_is_served_without_a_key(emulator: LanguageEmulator) -> None:
    body = {"model": "m", "max_tokens": 9, "messages": [USER]}
    assert await status(emulator, "/v1/messages", body, headers={}) == 401


def test_load_has_a_short_answer_and_a_long_one() -> None:
    short, long = (load_answer([{"role": "user", "content": text}]).text for text in ("так", "long"))
    assert len(short.split()) == 30 and len(short.split(".")[0].split()) == 9
    assert long.count(".") == 12


async def test_it_runs_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.harness.llm", "--port", "0", "--first-token", "0", "--kind", "anthropic"]
    with anyio.fail_after(30):
        async with await anyio.open_process(command, stdout=PIPE, stderr=None) as process:
            assert process.stdout is not None
            line = await TextReceiveStream(process.stdout).receive()
            assert line.startswith("listening on ")
            body = {"model": "m", "max_tokens": 9, "messages": [USER]}
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{line.split()[-1]}") as client:
                told = await client.post("/v1/messages", json=body, headers=HEADERS)
            assert told.text.count("text_delta") == 30
            process.kill()
