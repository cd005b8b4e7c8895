"""The live pages: running calls as they are spoken, who may do what with them, and how their streams end."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import anyio
import pytest
from anyio.abc import TaskStatus

from adapters.memory.live import InMemoryBoard
from application.ports.live import Command, Demand, Sight
from domain.access import Role
from domain.errors import Unavailable
from domain.live import Doing, LiveCall, LiveTranscript, Said
from domain.troubles import Troubles
from domain.visit.visit import Flow
from tests.contracts.live import listening
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import NOW, call_id_of
from ui.numbers import masked

pytestmark = pytest.mark.anyio

CALM, TROUBLED = call_id_of(0), call_id_of(1)
NUMBER = "+380671234567"
FINE = Troubles()


def sight(number: int, *said: Said, troubles: Troubles = FINE) -> Sight:
    call = LiveCall(
        call_id=call_id_of(number),
        began=NOW - timedelta(seconds=65),
        caller=NUMBER,
        doing=Doing.THINKING,
        since=NOW - timedelta(seconds=2),
        flow=Flow.BUYING,
        last=said[-1] if said else None,
        troubles=troubles,
    )
    return Sight(call, LiveTranscript(said=said, heard_now="чотири штуки"))


def looked_at(number: int = 0) -> Sight:
    wish = Said("caller", "мені <b>шини</b>")
    return sight(number, Said("agent", "Добрий день!"), wish, Said("tool", "search_tires: T1", True))


@asynccontextmanager
async def signed_in(role: Role = Role.ADMIN) -> AsyncIterator[tuple[Website, Browser]]:
    async with Website(role=role).open() as website, website.browser() as browser:
        assert (await browser.sign_in()).status == 303
        yield website, browser


class AwayBoard(InMemoryBoard):
    async def calls(self) -> list[LiveCall]:
        raise Unavailable("away")

    async def look(self, call_id: object) -> Sight | None:
        raise Unavailable("away")


@dataclass
class Told:
    """What a browser hears on a stream."""

    events: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = False

    async def until(self, name: str, part: str) -> None:
        for _ in range(400):
            if any(event == name and part in html for event, html in self.events):
                return
            await anyio.sleep(0.01)
        raise AssertionError(f"not told of {part!r} by {name!r}: {self.events}")

    async def until_ended(self) -> None:
        for _ in range(400):
            if self.ended:
                return
            await anyio.sleep(0.01)
        raise AssertionError("the stream goes on")


@asynccontextmanager
async def streaming(browser: Browser, path: str) -> AsyncIterator[Told]:
    told = Told()

    async def read() -> None:
        name, lines = "", list[str]()
        async for line in browser.lines(path):
            match line.partition(": "):
                case "event", _, value:
                    name = value
                case "data", _, value:
                    lines.append(value)
                case "", _, _ if name:
                    told.events.append((name, "\n".join(lines)))
                    name, lines = "", []
                case _:
                    pass
        told.ended = True

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(read)
        yield told
        tasks.cancel_scope.cancel()


async def test_the_list_shows_the_call_first_that_needs_a_look(website: Website, admin: Browser) -> None:
    trouble = Troubles(asked_again=2, refused=1, failures=1, unanswered=3)
    await website.board.show([looked_at(0), sight(1, Said("agent", "Повторіть."), troubles=trouble)])
    text = (await admin.get("/admin/live", Accept_Language="en")).text
    assert re.findall(r'href="/admin/live/([0-9a-f-]{36})"', text) == [str(TROUBLED), str(CALM)]
    for part in (
        "2 calls on the line",
        "asked again: 2",
        "stopped by the gate: 1",
        "Failed: 1",
        "no answer: 3",
        "1:05",
    ):
        assert part in text, part
    for part in (NUMBER, "buying tyres", "thinking", '<meta http-equiv="refresh" content="5">', "/sse.js"):
        assert part in text, part


async def test_nobody_on_the_line_is_said(admin: Browser) -> None:
    assert "Nobody is on the line." in (await admin.get("/admin/live", Accept_Language="en")).text


async def test_a_call_is_read_along_and_what_is_said_is_never_markup(website: Website, admin: Browser) -> None:
    await website.board.show([looked_at()])
    text = (await admin.get(f"/admin/live/{CALM}", Accept_Language="en")).text
    assert "<b>шини" not in text and "мені &lt;b&gt;шини&lt;/b&gt;" in text
    for part in ("Добрий день!", "чотири штуки", "speaking now", "search_tires: T1", "failed</span>", NUMBER):
        assert part in text, part


async def test_a_call_that_has_ended_is_to_be_found_among_all_calls(admin: Browser) -> None:
    answer = await admin.get(f"/admin/live/{CALM}")
    assert (answer.status, answer.headers["Location"]) == (303, f"/admin/calls/{CALM}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(NUMBER, "+38067•••••67"), ("101", "•••"), ("12345678", "••••••••"), ("", ""), (None, "")],
)
def test_a_masked_number_is_known_again_and_not_to_be_called(number: str | None, shown: str) -> None:
    assert masked(number) == shown


async def test_who_may_not_see_numbers_gets_none_and_no_button() -> None:
    async with signed_in(Role.ANALYST) as (website, browser):
        await website.board.show([looked_at()])
        seen = [(await browser.get(path)).text for path in ("/admin/live", f"/admin/live/{CALM}")]
        for path in ("/admin/live/stream", f"/admin/live/{CALM}/stream"):
            async with streaming(browser, path) as told:
                await told.until("calls" if path.endswith("live/stream") else "said", "")
                seen.append(str(told.events))
    assert not any(NUMBER in text or 'name="demand"' in text for text in seen)
    assert "+38067•••••67" in seen[0] and "+38067•••••67" in seen[1]


async def test_calls_are_told_as_they_come_speak_and_go(website: Website, admin: Browser) -> None:
    async with streaming(admin, "/admin/live/stream") as told:
        await told.until("calls", "class")
        await website.board.show([looked_at()])
        await told.until("calls", str(CALM))
        lists = len([name for name, _ in told.events if name == "calls"])
        changed = looked_at()
        await website.board.show([replace(changed, call=replace(changed.call, last=Said("caller", "чотири")))])
        await told.until(f"c-{CALM}", "чотири")
        assert len([name for name, _ in told.events if name == "calls"]) == lists
        await website.board.take_down([CALM])
        await anyio.sleep(1.2)
        assert str(CALM) not in [html for name, html in told.events if name == "calls"][-1]


async def test_a_call_is_told_as_it_is_spoken_until_it_is_over(website: Website, admin: Browser) -> None:
    await website.board.show([looked_at()])
    async with streaming(admin, f"/admin/live/{CALM}/stream") as told:
        await told.until("said", "Добрий день!")
        await told.until("now", "чотири штуки")
        more = looked_at()
        words = replace(more.transcript, said=(*more.transcript.said, Said("agent", "Беру\nчотири.")), heard_now="")
        await website.board.show([replace(more, transcript=words)])
        await told.until("said", "Беру\nчотири.")
        await website.board.take_down([CALM])
        await told.until("over", f"/admin/calls/{CALM}")
        await told.until_ended()


async def test_a_board_that_is_away_is_said_on_the_pages_and_their_streams() -> None:
    website = Website(board=AwayBoard())
    async with website.open(), website.browser() as browser:
        await browser.sign_in()
        assert 'role="alert"' in (await browser.get("/admin/live")).text
        assert (await browser.get(f"/admin/live/{CALM}")).status == 503
        for path, name in (("/admin/live/stream", "calls"), (f"/admin/live/{CALM}/stream", "state")):
            async with streaming(browser, path) as told:
                await told.until(name, 'role="alert"')


async def test_a_stream_ends_with_its_viewers_ticket(website: Website, admin: Browser) -> None:
    page = await admin.get("/admin/live")
    async with streaming(admin, "/admin/live/stream") as told:
        await told.until("calls", "")
        await admin.post("/admin/logout", {"seal": page.seal})
        await told.until_ended()
    assert (await admin.get("/admin/live/stream")).status == 303


async def test_streams_end_when_the_pages_do_and_by_themselves() -> None:
    website, closing = Website(), anyio.Event()

    async def pages(*, task_status: TaskStatus[None]) -> None:
        async with website.open():
            task_status.started()
            await closing.wait()

    async with anyio.create_task_group() as beside:
        await beside.start(pages)
        async with website.browser() as browser:
            await browser.sign_in()
            async with streaming(browser, "/admin/live/stream") as told:
                await told.until("calls", "")
                closing.set()
                await told.until_ended()


@pytest.mark.parametrize("demand", list(Demand))
async def test_who_may_steer_gives_a_call_away_or_ends_it_and_it_is_written_down(
    website: Website, admin: Browser, demand: Demand
) -> None:
    await website.board.show([looked_at()])
    page = await admin.get(f"/admin/live/{CALM}", Accept_Language="en")
    assert f'value="{demand.value}"' in page.text
    async with listening(website.commands) as engine:
        answer = await admin.post(f"/admin/live/{CALM}", {"seal": page.seal, "demand": demand.value})
        assert await engine.hear(1) == [Command(call_id=CALM, demand=demand, by="admin")]
    assert (answer.status, answer.headers["Location"]) == (303, f"/admin/live/{CALM}?asked={demand.value}")
    (line,) = await website.audit.lines(subject=str(CALM))
    assert (line.by, line.action, line.at) == ("admin", f"calls.{demand.value}", NOW)
    after = (await admin.get(answer.headers["Location"], Accept_Language="en")).text
    assert 'role="status"' in after and 'name="demand"' not in after


@pytest.mark.parametrize(
    ("form", "status"), [({"demand": "burn"}, 400), ({}, 400), ({"seal": "x", "demand": "end"}, 403)]
)
async def test_what_no_button_demands_is_refused(
    website: Website, admin: Browser, form: dict[str, str], status: int
) -> None:
    await website.board.show([looked_at()])
    page = await admin.get(f"/admin/live/{CALM}")
    async with listening(website.commands) as engine:
        assert (await admin.post(f"/admin/live/{CALM}", {"seal": page.seal, **form})).status == status
        assert engine.heard == []


async def test_a_demand_that_no_engine_hears_is_not_said_to_be_done(website: Website, admin: Browser) -> None:
    await website.board.show([looked_at()])
    page = await admin.get(f"/admin/live/{CALM}")
    answer = await admin.post(f"/admin/live/{CALM}", {"seal": page.seal, "demand": "end"})
    assert answer.status == 503 and not await website.audit.lines()


async def test_a_demand_for_a_call_that_has_ended_goes_to_nobody(website: Website, admin: Browser) -> None:
    page = await admin.get("/admin/live")
    async with listening(website.commands) as engine:
        answer = await admin.post(f"/admin/live/{CALM}", {"seal": page.seal, "demand": "end"})
        assert (answer.status, engine.heard) == (303, [])


@pytest.mark.parametrize("role", [Role.ANALYST, Role.CONTENT_MANAGER])
async def test_whose_role_does_not_go_so_far_demands_nothing(role: Role) -> None:
    async with signed_in(role) as (website, browser), listening(website.commands) as engine:
        await website.board.show([looked_at()])
        page = await browser.get("/admin/live")
        assert (await browser.post(f"/admin/live/{CALM}", {"seal": page.seal, "demand": "end"})).status == 403
        assert engine.heard == []


async def test_without_a_ticket_nothing_is_told(browser: Browser) -> None:
    for path in ("/admin/live", "/admin/live/stream", f"/admin/live/{CALM}", f"/admin/live/{CALM}/stream"):
        assert (await browser.get(path)).status == 303
