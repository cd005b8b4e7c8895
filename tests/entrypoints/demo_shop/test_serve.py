"""The command that serves the demo shop."""

import signal
import socket
import sys
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from aiohttp import ClientSession
from anyio.abc import Process

from domain.errors import Misconfigured
from entrypoints.demo_shop.serve import demo_shop

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 20


async def started(data: Path) -> tuple[Process, str]:
    """Start a shop in a process of its own; return its URL, which it prints."""
    options = ["--host", "127.0.0.1", "--port", "0", "--data", str(data), "--key", "other"]
    process = await anyio.open_process([sys.executable, "-m", "entrypoints.cli", "demo-shop", *options])
    assert process.stdout is not None
    with anyio.fail_after(PATIENCE_SECONDS):
        said = (await process.stdout.receive()).decode()
    return process, said.split()[-1]


async def test_a_shop_that_is_ended_opens_again_with_what_it_had(tmp_path: Path) -> None:
    headers = {"Authorization": "Bearer other", "Idempotency-Key": "k"}
    answers = []
    for end, code in ((signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 0)):
        process, url = await started(tmp_path / "shop.db")
        async with process, ClientSession(headers=headers) as session:
            async with session.get(f"{url}/tires/search", params={"in_stock": "true"}) as response:
                tire_id = (await response.json())["data"][0]["id"]
            order = {"customer_phone": "0671234567", "items": [{"product_id": tire_id, "quantity": 1}]}
            async with session.post(f"{url}/orders", json=order) as response:
                answers.append(await response.json())
            process.send_signal(end)
            with anyio.fail_after(PATIENCE_SECONDS):
                assert await process.wait() == code
    assert answers[0] == answers[1]


def test_a_port_that_is_taken_is_said_to_be(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=str(port)):
            demo_shop(host="127.0.0.1", port=port, data=tmp_path / "shop.db")


def test_a_file_that_cannot_be_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear shop, this is no database, however long you look at it.\n" * 100)
    for data in (tmp_path / "letter.txt" / "shop.db", tmp_path / "letter.txt"):
        with pytest.raises(Misconfigured, match=data.name):
            demo_shop(host="127.0.0.1", port=0, data=data)


@pytest.mark.parametrize("key", ["ключ", " demo", "de\nmo"])
def test_a_key_that_no_header_can_carry_is_refused(key: str) -> None:
    with pytest.raises(Misconfigured, match="STORE_API_KEY"):
        demo_shop(host="127.0.0.1", port=0, key=key)
