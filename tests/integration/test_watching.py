"""A call of a whole call center is watched and steered from pages that know of it by way of Redis alone."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest

from adapters.embedded.redis import embedded_redis
from adapters.memory.trials import InMemoryTrialRegister
from adapters.redis.live import RedisBoard, RedisCommands
from application.calls.obey_commands import ObeyCommands
from application.calls.show_calls import ShowCalls
from application.calls.trials import Trials
from application.ports.live import Command, Demand
from domain.dialog.phases import Ended, Outcome
from domain.hand_over import Reason
from tests.harness.center import PHRASES, Center, call_center
from tests.ui.browser import Browser, Website

pytestmark = pytest.mark.anyio

CALLER = "380671234567"


@dataclass
class Watched:
    center: Center
    browser: Browser
    website: Website
    obeyed: list[Command]

    async def until(self, path: str, part: str) -> str:
        """Return the page once it holds this."""
        answer = await self.browser.get(path, Accept_Language="en")
        for _ in range(100):
            if part in answer.text:
                return answer.text
            await anyio.sleep(0.05)
            answer = await self.browser.get(path, Accept_Language="en")
        raise AssertionError(f"{part!r} does not come to {path}: {answer.text}")


@asynccontextmanager
async def watched(folder: Path, *answers: str) -> AsyncIterator[Watched]:
    """An engine and pages that have nothing in common but Redis."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(embedded_redis(folder))
        center = await stack.enter_async_context(call_center(*answers))
        shown, seen, given, heard = RedisBoard(url), RedisBoard(url), RedisCommands(url), RedisCommands(url)
        for each in (shown, seen, given, heard):
            stack.push_async_callback(each.close)
        website = Website(board=seen, commands=given, now=datetime.now(UTC))
        await stack.enter_async_context(website.open())
        browser = await stack.enter_async_context(website.browser())
        await browser.sign_in()
        obeyed = list[Command]()
        show = ShowCalls(shown, now=lambda: datetime.now(UTC))
        obey = ObeyCommands(heard, center.conduct_call, Trials(InMemoryTrialRegister()), obeyed=obeyed.append)
        center.watch.also.append(show)
        tasks = await stack.enter_async_context(anyio.create_task_group())
        tasks.start_soon(show.run)
        tasks.start_soon(obey.run)
        yield Watched(center, browser, website, obeyed)
        tasks.cancel_scope.cancel()


async def test_a_call_is_read_along_while_it_is_spoken_and_gone_when_it_is_over(data_dir: Path) -> None:
    async with watched(data_dir, "Є Росава.") as desk:
        phone = await desk.center.phone(CALLER)
        await phone.hear("Вітаю,")
        path = f"/admin/live/{phone.call.uuid}"
        await desk.until("/admin/live", path)
        await phone.hear_out()
        await phone.say("потрібні зимові шини")
        await phone.hear("Росава.")
        text = await desk.until(path, "Є Росава.")
        assert "потрібні зимові шини" in text
        await phone.hang_up()
        await desk.center.watch.record()
        await desk.until("/admin/live", "Nobody is on the line.")


@pytest.mark.parametrize(
    ("demand", "said", "ended"),
    [
        (Demand.END, PHRASES.farewell, Ended(Outcome.STOPPED)),
        (Demand.GIVE_TO_OPERATOR, PHRASES.hand_over, Ended(Outcome.HANDED_OVER, Reason.CANNOT_HELP)),
    ],
)
async def test_a_call_is_steered_from_its_page(data_dir: Path, demand: Demand, said: str, ended: Ended) -> None:
    async with watched(data_dir) as desk:
        phone = await desk.center.answered_phone(CALLER)
        other = await desk.center.answered_phone("380507654321")
        path = f"/admin/live/{phone.call.uuid}"
        await desk.until("/admin/live", path)
        page = await desk.browser.get(path)
        answer = await desk.browser.post(path, {"seal": page.seal, "demand": demand.value})
        assert answer.status == 303
        await phone.hear(said)
        assert (await desk.center.watch.record()).ended == ended
        assert [(each.call_id, each.by) for each in desk.obeyed] == [(phone.call.uuid, "admin")]
        assert len(await desk.website.audit.lines()) == 1
        assert len(desk.center.watch.records) == 1
        await other.hang_up()
