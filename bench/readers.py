"""People who leaf through the heaviest pages, so many a second; told to end, they say how long they waited.

Run in a process of its own.  What is due is asked for on time, however long the pages before took.
"""

import json
import re
import signal
import sys
from itertools import cycle

import aiohttp
import anyio

_PAGES = (
    "/admin",
    "/admin/calls?text=зимові+шини",
    "/admin/calls?text=12345",
    "/admin/calls?sort=slowest_reply&text=доставка",
    "/admin/calls",
    "/admin/live",
)
_MOST_AT_ONCE = 40
_PATIENCE = aiohttp.ClientTimeout(total=20)


class Readers:
    def __init__(self, browser: aiohttp.ClientSession, call: str | None) -> None:
        self._browser = browser
        self._pages = cycle([*_PAGES, call or _PAGES[0]])
        self._limit = anyio.CapacityLimiter(_MOST_AT_ONCE)
        self.seconds: list[float] = []
        self.failed = 0

    async def read(self, per_second: float) -> None:
        due = anyio.current_time()
        async with anyio.create_task_group() as readers:
            while True:
                due += 1 / per_second
                await anyio.sleep(max(0.0, due - anyio.current_time()))
                readers.start_soon(self._read, next(self._pages))

    async def _read(self, page: str) -> None:
        began = anyio.current_time()
        async with self._limit:
            try:
                async with self._browser.get(page) as answer:
                    await answer.read()
                    self.failed += answer.status != 200
            except (aiohttp.ClientError, TimeoutError):
                self.failed += 1
        self.seconds.append(anyio.current_time() - began)


async def run(port: int, password: str, per_second: float) -> None:
    seconds, failed = [0.0], 0
    with anyio.open_signal_receiver(signal.SIGTERM) as told_to_end:
        cookies = aiohttp.CookieJar(unsafe=True)  # an address is no name
        url = f"http://127.0.0.1:{port}"
        async with aiohttp.ClientSession(url, timeout=_PATIENCE, cookie_jar=cookies) as browser:
            call = await _sign_in(browser, password)
            readers = Readers(browser, call)
            async with anyio.create_task_group() as tasks:
                if per_second:
                    tasks.start_soon(readers.read, per_second)
                await anext(aiter(told_to_end))
                tasks.cancel_scope.cancel()
            seconds, failed = readers.seconds, readers.failed
    print(json.dumps({"page_seconds": seconds, "pages_failed": failed}), flush=True)


async def _sign_in(browser: aiohttp.ClientSession, password: str) -> str | None:
    """Sign in; return the address of some call's page."""
    async with browser.get("/admin/login") as answer:
        seal = re.search(r'name="seal" value="(\w+)"', await answer.text())
    assert seal is not None
    async with browser.post("/admin/login", data={"name": "admin", "password": password, "seal": seal[1]}) as answer:
        assert answer.status == 200, answer.status
    async with browser.get("/admin/calls") as answer:
        found = re.search(r'"(/admin/calls/[0-9a-f-]{36})"', await answer.text())
    return found[1] if found else None


def main() -> None:
    port, password, per_second = sys.argv[1:]
    anyio.run(run, int(port), password, float(per_second))


if __name__ == "__main__":
    main()
