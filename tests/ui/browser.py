"""A browser without scripts: it keeps cookies, fills forms that pages show, and follows no redirect by itself."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from socket import create_server
from tempfile import gettempdir
from typing import cast

import aiohttp
from argon2 import PasswordHasher
from yarl import URL

from adapters.audiosocket.dialer import AudioSocketDialer
from adapters.memory.archive import InMemoryArchive
from adapters.memory.audit import InMemoryAudit
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.live import InMemoryBoard, InMemoryCommands
from adapters.memory.operators import InMemoryOperators
from adapters.memory.people import InMemoryStaff
from adapters.memory.trials import InMemoryTrialRegister
from application.calls.try_agent import TryAgent
from application.ports.live import Commands, LiveBoard
from application.ports.people import Staff
from application.ports.trials import Dialer, TrialRegister
from domain.access import Role
from domain.people import Machine, Person
from entrypoints.demo_shop.serve import serving
from tests.ui.calls_kept import NOW
from ui.access import Door, FirstAdmin
from ui.app import WebParts, web_app
from ui.exports.desk import ExportDesk
from ui.guard import Pace, Paces
from ui.live import LiveParts
from ui.live_feed import LiveFeed
from ui.operations import Probe, Readiness, Vitals
from ui.passwords import Passwords
from ui.status import Inside, SettingShown, StatusParts
from ui.tickets import hash_of

_ENDLESS = Pace(10**9, 10**9)
UNHURRIED = Paces(address=_ENDLESS, stranger=_ENDLESS, holder=_ENDLESS)
NAME, PASSWORD = "admin", "right horse"
_PARTS = ("redis", "store_api", "tts_engine", "claude_api", "google_stt", "postgres", "call_engine")


async def there() -> bool:
    return True


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def seal(self) -> str:
        found = re.search(r'name="seal" value="(\w+)"', self.text)
        return found[1] if found else ""


@dataclass
class Clock:
    at: float = 1_000_000.0


@dataclass
class Website:
    """The whole application on a port, over a memory archive."""

    archive: InMemoryArchive = field(default_factory=InMemoryArchive)
    ledger: InMemoryLedger = field(default_factory=InMemoryLedger)
    audit: InMemoryAudit = field(default_factory=InMemoryAudit)
    operators: InMemoryOperators = field(default_factory=InMemoryOperators)
    staff: Staff = field(default_factory=InMemoryStaff)
    board: LiveBoard = field(default_factory=InMemoryBoard)
    commands: Commands = field(default_factory=InMemoryCommands)
    register: TrialRegister = field(default_factory=InMemoryTrialRegister)
    dialer: Dialer = field(default_factory=lambda: AudioSocketDialer("127.0.0.1", 1))
    """To an engine that does not answer."""
    role: Role = Role.ADMIN
    machines: Mapping[str, Role] = field(default_factory=dict)
    """By their tokens."""
    clock: Clock = field(default_factory=Clock)
    paces: Paces = UNHURRIED
    probes: dict[str, Probe] = field(default_factory=lambda: dict.fromkeys(_PARTS, cast(Probe, there)))
    inside: Inside = field(default_factory=lambda: Inside(engines=(), journals={}, versions={}, migrations=None))
    settings: Sequence[SettingShown] = ()
    now: datetime = NOW
    data_dir: Path = field(default_factory=lambda: Path(gettempdir()) / "callcenter-tests")
    url: str = ""
    trials: TryAgent = field(init=False)

    def __post_init__(self) -> None:
        self.trials = TryAgent(self.dialer, self.register, self.commands)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Website"]:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        passwords = Passwords(quick)
        door = Door(
            first=FirstAdmin(NAME if self.role is Role.ADMIN else "first", PASSWORD),
            secret="s" * 40,
            staff=self.staff,
            passwords=passwords,
            now=lambda: self.clock.at,
        )
        await self._admit(passwords)
        probes = {name: partial(self._probe, name) for name in self.probes}
        readiness = Readiness(probes, now=lambda: self.clock.at)
        vitals = Vitals(readiness=readiness, active_calls=lambda: 3, metrics=lambda: b"callcenter_active_calls 3.0\n")
        exports = ExportDesk(self.archive, self.data_dir, now=lambda: self.now)
        app = web_app(
            WebParts(
                archive=self.archive,
                ledger=self.ledger,
                audit=self.audit,
                trials=self.trials,
                live=LiveParts(feed=LiveFeed(self.board, now=lambda: self.now), commands=self.commands),
                operators=self.operators,
                staff=self.staff,
                door=door,
                paces=self.paces,
                vitals=vitals,
                status=StatusParts(settings=self.settings, look_inside=self._look_inside),
                exports=exports,
                now=lambda: self.now,
            )
        )
        with create_server(("127.0.0.1", 0)) as listener:
            self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            held = asyncio.create_task(self.trials.run())
            async with (
                exports.open(),
                serving(app, listener),
                app.ctx.live.ending_first(),
                app.ctx.trials.ending_first(),
            ):
                yield self
            held.cancel()

    async def _look_inside(self) -> Inside:
        return self.inside

    async def _admit(self, passwords: Passwords) -> None:
        """Have those in the records whom the test names; the admin stands in the settings."""
        at = datetime.fromtimestamp(self.clock.at, UTC)
        if self.role is not Role.ADMIN:
            password_hash = await passwords.hash(PASSWORD)
            await self.staff.add(Person(name=NAME, role=self.role, password_hash=password_hash, created=at))
        for token, role in self.machines.items():
            machine = Machine(name=role.value, role=role, token_hash=hash_of(token), made_by=NAME, created=at)
            await self.staff.admit(machine)

    async def _probe(self, part: str) -> bool:
        return await self.probes[part]()

    @asynccontextmanager
    async def browser(self) -> AsyncIterator["Browser"]:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            yield Browser(self.url, session)


class Browser:
    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session

    async def get(self, path: str, **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.get(self._url + path, headers=given, allow_redirects=False) as answer:
            return Answer(answer.status, answer.headers, await answer.text())

    async def post(self, path: str, form: Mapping[str, str], **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.post(self._url + path, data=form, headers=given, allow_redirects=False) as answer:
            return Answer(answer.status, answer.headers, await answer.text())

    async def lines(self, path: str) -> AsyncIterator[str]:
        """Yield the lines of an answer that goes on."""
        async with self._session.get(self._url + path, allow_redirects=False) as answer:
            assert answer.content_type == "text/event-stream"
            async for line in answer.content:
                yield line.decode().rstrip("\n")

    @asynccontextmanager
    async def socket(self, path: str, *, origin: str | None = None) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """Open a socket from a page of this website, or of another."""
        async with self._session.ws_connect(self._url + path, origin=self._url if origin is None else origin) as socket:
            yield socket

    async def sign_in(self, name: str = NAME, password: str = PASSWORD, onward: str = "") -> Answer:
        page = await self.get("/admin/login")
        return await self.post("/admin/login", {"seal": page.seal, "name": name, "password": password, "next": onward})

    def cookie(self, name: str) -> str:
        return next((each.value for each in self._session.cookie_jar if each.key == name), "")

    def have(self, **cookies: str) -> None:
        self._session.cookie_jar.update_cookies(cookies, URL(self._url))
