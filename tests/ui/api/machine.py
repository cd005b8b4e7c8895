"""Another program at the API: it shows a token, and reads and writes JSON."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from domain.access import Role
from tests.ui.browser import Website

TOKENS = {f"token-of-{role.value}": role for role in Role}


@dataclass(frozen=True)
class Told:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def refused(self) -> tuple[int, str]:
        """The status and the code of an error; the message is for people."""
        assert set(self.json) == {"error"} and set(self.json["error"]) == {"code", "message"}
        return self.status, self.json["error"]["code"]

    @property
    def why(self) -> str:
        return str(self.json["error"]["message"])


class Machine:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = f"{url}/api/v1"
        self._session = session

    async def get(self, path: str) -> Told:
        return await self.ask("GET", path)

    @asynccontextmanager
    async def begun(self, path: str) -> AsyncIterator[aiohttp.ClientResponse]:
        """Ask for what goes on and on; at the end of the block nobody reads it any more."""
        async with self._session.get(self._url + path) as answer:
            yield answer
            answer.close()

    async def ask(self, method: str, path: str, said: object = None, **headers: str) -> Told:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        body = {} if said is None else {"data": said} if isinstance(said, bytes) else {"json": said}
        async with self._session.request(method, self._url + path, headers=given, **body) as answer:
            return Told(answer.status, answer.headers, await answer.text())


@asynccontextmanager
async def machine_at(website: Website, role: Role | None = Role.ADMIN) -> AsyncIterator[Machine]:
    """Yield a program with the token of this role, without any for None."""
    headers = {"Authorization": f"Bearer token-of-{role.value}"} if role else {}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield Machine(website.url, session)
