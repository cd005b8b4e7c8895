"""The test call: held in writing and by voice, with a whole engine at the other end, and who is refused one."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import aiohttp
import anyio
import pytest

from adapters.audiosocket.dialer import AudioSocketDialer
from adapters.memory.audit import InMemoryAudit
from adapters.memory.faults import Faults
from adapters.memory.journal import InMemoryJournal
from adapters.memory.literal_audio import speech_frames, words_in
from adapters.memory.trials import InMemoryTrialRegister
from application.calls.carry_journal import CarryJournal
from application.calls.keep_journal import KeepJournal
from application.calls.obey_commands import ObeyCommands
from application.calls.show_calls import ShowCalls
from application.calls.trials import Trials
from application.calls.try_agent import MOST_TRIALS
from application.ports.live import Typing
from domain.access import Role
from domain.audio import FRAME_BYTES, SILENCE
from domain.audit import AuditLine
from domain.dialog.phases import Ended, Outcome
from domain.transcript import CallerTurn
from domain.trial import Trial, tried_by
from tests.contracts.live import listening
from tests.harness.center import PHRASES, Center, call_center
from tests.ui.browser import Answer, Browser, Website
from tests.ui.test_live import streaming

pytestmark = pytest.mark.anyio

PAGE, LINE = "/admin/test-call", "/admin/test-call/line"
ANSWERS = ("Які саме?", "До побачення!")


@dataclass
class Office:
    center: Center
    website: Website
    browser: Browser

    async def page(self) -> Answer:
        return await self.browser.get(PAGE)

    async def begin(self, **form: str) -> Answer:
        return await self.browser.post(PAGE, {"seal": (await self.page()).seal, **form})

    async def write(self, text: str, **headers: str) -> Answer:
        return await self.browser.post(f"{PAGE}/words", {"seal": (await self.page()).seal, "text": text}, **headers)

    async def until(self, *parts: str) -> str:
        """Return the page once it holds all of these."""
        text = ""
        for _ in range(200):
            text = (await self.page()).text
            if all(part in text for part in parts):
                return text
            await anyio.sleep(0.05)
        raise AssertionError(f"{parts} do not come: {text}")

    @asynccontextmanager
    async def voice(self, *, real: bool = False) -> AsyncIterator["Voice"]:
        seal = (await self.page()).seal
        async with self.browser.socket(LINE) as socket:
            await socket.send_json({"seal": seal, "real": real})
            async with anyio.create_task_group() as tasks:
                voice = Voice(socket)
                tasks.start_soon(voice.listen)
                yield voice
                tasks.cancel_scope.cancel()


@dataclass
class Voice:
    """What a browser hears and is told, and says."""

    socket: aiohttp.ClientWebSocketResponse
    heard: list[bytes] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    closed: anyio.Event = field(default_factory=anyio.Event)

    async def listen(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.heard += [message.data[at : at + FRAME_BYTES] for at in range(0, len(message.data), FRAME_BYTES)]
            else:
                self.told.append(json.loads(message.data))
        self.closed.set()

    async def hear(self, words: str) -> None:
        for _ in range(400):
            if words in words_in(self.heard):
                return
            await anyio.sleep(0.02)
        raise AssertionError(f"{words!r} is not heard: {words_in(self.heard)!r}, {self.told}")

    async def say(self, text: str) -> None:
        for frame in [*speech_frames(text), *[SILENCE] * 5]:
            await self.socket.send_bytes(frame)
            await anyio.sleep(0.02)

    async def end(self) -> list[dict[str, Any]]:
        """Wait until the socket is closed; return what was told."""
        with anyio.fail_after(10):
            await self.closed.wait()
        return self.told


@asynccontextmanager
async def office(
    *, register: InMemoryTrialRegister | None = None, audit: InMemoryAudit | None = None
) -> AsyncIterator[Office]:
    """Open the pages and an engine, which have register, commands, board and archive in common."""
    async with AsyncExitStack() as stack:
        register = register or InMemoryTrialRegister()
        trials = Trials(register)
        center = await stack.enter_async_context(call_center(*ANSWERS, trials=trials))
        dialer = AudioSocketDialer("127.0.0.1", center.server.bound_port)
        website = Website(register=register, dialer=dialer, audit=audit or InMemoryAudit())
        show = ShowCalls(website.board, now=lambda: website.now)
        journal = InMemoryJournal()
        keep = KeepJournal([journal], now=lambda: website.now, language="uk")
        carry = CarryJournal([journal], website.archive.save, refused=InMemoryJournal())
        center.watch.also += [show, keep, trials]
        tasks = await stack.enter_async_context(anyio.create_task_group())
        for run in (
            show.run,
            keep.run,
            carry.run,
            ObeyCommands(website.commands, center.conduct_call, trials, obeyed=lambda _: None).run,
        ):
            tasks.start_soon(run)
        await stack.enter_async_context(website.open())
        browser = await stack.enter_async_context(website.browser())
        browser.have(callcenter_language="en")
        assert (await browser.sign_in()).status == 303
        yield Office(center, website, browser)
        tasks.cancel_scope.cancel()


async def test_a_call_is_held_in_writing_without_scripts_and_read_on_its_page() -> None:
    async with office() as desk:
        assert (await desk.begin()).status == 303
        await desk.until(PHRASES.greeting_question, "listening", 'name="text"')
        assert (await desk.write("потрібні <b>шини</b>")).status == 303
        text = await desk.until("потрібні &lt;b&gt;шини", ANSWERS[0], "<rect class=")
        assert "real: what" not in text
        (call,) = [call for call in await desk.website.board.calls() if tried_by(call.caller) == "admin"]
        answer = await desk.browser.post(f"{PAGE}/end", {"seal": (await desk.page()).seal})
        assert answer.status == 303
        ended = (await desk.page()).text
        assert "You have hung up." in ended and f"/admin/calls/{call.call_id}" in ended and 'id="dial"' in ended
        record = await desk.center.watch.record()
        assert record.caller == "test:admin" and record.ended == Ended(Outcome.ABANDONED)
        (line,) = await desk.website.audit.lines()
        assert line == AuditLine(
            at=desk.website.now, by="admin", action="calls.test", subject=str(call.call_id), after={"in_earnest": "no"}
        )


async def test_what_is_spoken_and_what_is_typed_are_answered_aloud_and_a_goodbye_ends_the_call() -> None:
    async with office() as desk, desk.voice() as voice:
        await voice.hear(PHRASES.greeting_question)
        assert any(any(frame) for frame in voice.heard)
        await voice.say("зимові шини")
        await voice.hear(ANSWERS[0])
        assert (await desk.write("до побачення", HX_Request="true")).status == 204
        await voice.hear(ANSWERS[1])
        begun, over = await voice.end()
        assert str(UUID(begun["begun"])) == begun["begun"] and over == {"over": "The agent has ended the call."}
        record = await desk.center.watch.record()
        said = [turn.text for turn in record.state.turns if isinstance(turn, CallerTurn)]
        assert said == ["зимові шини", "до побачення"] and record.ended.outcome is Outcome.COMPLETED


async def test_the_call_is_read_along_with_the_time_of_each_reply_until_it_is_over() -> None:
    async with office() as desk:
        await desk.begin()
        async with streaming(desk.browser, f"{PAGE}/stream") as told:
            await told.until("said", PHRASES.greeting_question)
            await desk.write("потрібні <b>шини</b>")
            await told.until("said", "потрібні &lt;b&gt;шини")
            await told.until("falls", "<rect class=")
            await desk.browser.post(f"{PAGE}/end", {"seal": (await desk.page()).seal})
            await told.until("over", "You have hung up.")
            await told.until_ended()
        assert told.events[-2:] == [("state", ""), ("over", told.events[-1][1])]


async def test_where_there_is_no_call_there_is_nothing_to_read_along(admin: Browser) -> None:
    async with streaming(admin, f"{PAGE}/stream") as told:
        await told.until("over", PAGE)
        await told.until_ended()


async def test_the_call_ends_with_its_socket() -> None:
    async with office() as desk:
        async with desk.voice() as voice:
            await voice.hear(PHRASES.greeting_question)
        assert (await desk.center.watch.record()).ended == Ended(Outcome.ABANDONED)
        await desk.until("You have hung up.")


@pytest.mark.parametrize("nonsense", ["a text", bytes(16_001)])
async def test_nonsense_from_the_socket_ends_the_call(nonsense: str | bytes) -> None:
    async with office() as desk, desk.voice() as voice:
        await voice.hear("Вітаю,")
        send = voice.socket.send_str if isinstance(nonsense, str) else voice.socket.send_bytes
        await send(nonsense)  # type: ignore[arg-type]
        await voice.end()
        await desk.until("You have hung up.")


async def test_the_call_ends_with_the_ticket() -> None:
    async with office() as desk, desk.voice() as voice:
        await voice.hear("Вітаю,")
        await desk.browser.post("/admin/logout", {"seal": (await desk.page()).seal})
        assert [list(each) for each in await voice.end()] == [["begun"]]
        await desk.center.watch.record()


async def test_calls_end_with_the_pages() -> None:
    heard = anyio.Event()

    async def call(desk: Office) -> None:
        async with desk.voice() as voice:
            await voice.hear("Вітаю,")
            heard.set()
            await voice.end()

    async with call_center() as center, anyio.create_task_group() as tasks, AsyncExitStack() as pages:
        website = Website(dialer=AudioSocketDialer("127.0.0.1", center.server.bound_port))
        await pages.enter_async_context(website.open())
        async with website.browser() as browser:
            await browser.sign_in()
            tasks.start_soon(call, Office(center, website, browser))
            with anyio.fail_after(10):
                await heard.wait()
            await pages.aclose()
            assert (await center.watch.record()).ended == Ended(Outcome.ABANDONED)


async def test_orders_are_in_earnest_only_where_that_is_said() -> None:
    async with office() as desk:
        await desk.begin(real="yes")
        assert "Orders are real: what you confirm" in (await desk.page()).text
        (line,) = await desk.website.audit.lines()
        assert line.after == {"in_earnest": "yes"}
        trial = await desk.website.register.announced(UUID(line.subject))
        assert trial == Trial(call_id=UUID(line.subject), by="admin", real=True)


async def test_who_makes_a_call_makes_no_other_beside_it() -> None:
    async with office() as desk, desk.voice() as voice:
        await voice.hear("Вітаю,")
        answer = await desk.begin()
        assert answer.status == 409 and "hang up first" in answer.text
        async with desk.voice() as other:
            assert await other.end() == [{"refused": "You are in a test call already: hang up first."}]
        assert len(desk.center.watch.states) == 1


async def test_few_calls_are_made_at_once() -> None:
    async with office() as desk:
        for number in range(MOST_TRIALS):
            await desk.website.trials.begin(str(number), real=False)
        answer = await desk.begin()
        assert answer.status == 429 and "wait until one has ended" in answer.text


async def test_where_no_engine_answers_the_cure_is_said() -> None:
    async with Website().open() as website, website.browser() as browser:
        browser.have(callcenter_language="en")
        await browser.sign_in()
        seal = (await browser.get(PAGE)).seal
        answer = await browser.post(PAGE, {"seal": seal})
        assert answer.status == 503 and "AUDIOSOCKET_HOST" in answer.text and 'id="dial"' in answer.text
        async with browser.socket(LINE) as socket:
            await socket.send_json({"seal": seal, "real": False})
            assert "AUDIOSOCKET_PORT" in (await socket.receive_json())["refused"]
        assert not await website.audit.lines()


class Absent(InMemoryAudit):
    """Is away at first."""

    def __init__(self) -> None:
        super().__init__()
        self.faults = Faults()
        self.faults.fail(1)

    async def note(self, line: AuditLine) -> None:
        await self.faults.endure()
        await super().note(line)


class Unannounced(InMemoryTrialRegister):
    """Is away at first."""

    def __init__(self) -> None:
        super().__init__()
        self.faults.fail(1)


@pytest.mark.parametrize("parts", [{"audit": Absent()}, {"register": Unannounced()}])
async def test_where_a_call_cannot_be_known_as_one_or_written_down_there_is_none(parts: dict[str, Any]) -> None:
    async with office(**parts) as desk:
        answer = await desk.begin()
        assert answer.status == 503 and "Redis or the database" in answer.text
        assert not await desk.website.audit.lines()
        await desk.until('id="dial"')
        assert (await desk.begin()).status == 303


async def test_an_engine_that_takes_no_more_calls_is_said() -> None:
    async with office() as desk:
        desk.center.server.stop_accepting()
        assert (await desk.begin()).status == 503


@pytest.mark.parametrize("in_place", [False, True])
async def test_words_for_no_call_are_not_said(in_place: bool) -> None:
    async with office() as desk, listening(desk.website.commands) as engine:
        headers = {"HX_Request": "true"} if in_place else {}
        answer = await desk.write("шини", **headers)
        assert answer.status == (200 if in_place else 503) and "This was not said" in answer.text
        assert ('<html lang="' in answer.text) is not in_place
        assert (await desk.write("   ")).status == 303
        assert (await desk.browser.post(f"{PAGE}/end", {"seal": (await desk.page()).seal})).status == 303
        assert engine.heard == []


async def test_nobody_writes_into_a_callers_call() -> None:
    async with office() as desk:
        phone = await desk.center.phone()
        await phone.hear("Вітаю,")
        assert (await desk.write("шини")).status == 503
        assert phone.call.uuid is not None
        told = Typing(call_id=phone.call.uuid, text="шини", by="admin")
        assert await desk.website.commands.give(told)
        await desk.begin()
        await desk.until("greeting")
        await desk.write("шини")
        await desk.until('<p class="said">шини</p>')
        assert not any(isinstance(turn, CallerTurn) for turn in desk.center.turns(phone))


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OPERATOR])
async def test_who_may_not_try_the_agent_sees_no_page_and_gets_no_line(role: Role) -> None:
    async with Website(role=role).open() as website, website.browser() as browser:
        await browser.sign_in()
        home = await browser.get("/admin")
        assert PAGE not in home.text
        assert [(await browser.get(path)).status for path in (PAGE, f"{PAGE}/stream")] == [403, 403]
        for path in (PAGE, f"{PAGE}/words", f"{PAGE}/end"):
            assert (await browser.post(path, {"seal": home.seal})).status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            async with browser.socket(LINE):
                raise AssertionError("it must not open")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
async def test_a_socket_opens_for_pages_of_this_host_alone(admin: Browser, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        async with admin.socket(LINE, origin=origin):
            raise AssertionError("it must not open")


async def test_a_socket_opens_for_nobody_who_has_not_signed_in(browser: Browser) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        async with browser.socket(LINE):
            raise AssertionError("it must not open")


@pytest.mark.parametrize("first", ["", "[]", "{", '{"seal": "of another", "real": false}', '{"real": true}'])
async def test_a_call_begins_with_the_seal_and_with_nothing_else(first: str) -> None:
    async with office() as desk, desk.browser.socket(LINE) as socket:
        await socket.send_str(first)
        assert set(await socket.receive_json()) == {"refused"}
        assert desk.center.watch.states == {} and not await desk.website.audit.lines()


async def test_only_this_page_may_use_a_microphone(admin: Browser) -> None:
    page, other = await admin.get(PAGE), await admin.get("/admin")
    assert page.headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(self)"
    assert other.headers["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    assert page.headers["Content-Security-Policy"] == other.headers["Content-Security-Policy"]
    for script in ("test-call.js", "test-call-sound.js"):
        path = next(part for part in page.text.split('"') if part.endswith(f"/{script}"))
        assert (await admin.get(path)).headers["Content-Type"].startswith("text/javascript")
