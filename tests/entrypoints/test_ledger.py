"""What an engine writes down is what the pages show and change, wherever the settings have it kept."""

from dataclasses import replace
from pathlib import Path
from socket import create_server

import aiohttp
import anyio
import pytest

from domain.callback import CallbackState
from domain.shop.events import ProfileSaved
from entrypoints.container import Container
from entrypoints.demo_shop.serve import serving
from entrypoints.lifespan import engine_of
from entrypoints.settings import Settings
from entrypoints.web import application, made_up
from tests.contracts.ledger import CALLER, callback
from tests.ui.browser import Browser

pytestmark = pytest.mark.anyio

_AWAY = {"REDIS_URL": "redis://127.0.0.1:1/0", "STORE_API_URL": "http://127.0.0.1:1/api/v1"}


@pytest.mark.parametrize("where", ["file", "database"])
async def test_a_callback_that_an_engine_notes_is_followed_up_on_the_pages(
    tmp_path: Path, database_url: str, where: str
) -> None:
    settings = made_up(
        Settings.from_env({**_AWAY, "LEDGER": where, "DATABASE_URL": database_url, "DATA_DIR": str(tmp_path)})
    )
    container = Container(settings=settings)
    ledger = container.ledger()
    async with application(settings) as app:
        await ledger.add(callback())
        await ledger.save(CALLER, ProfileSaved(name="Олена"))
        with create_server(("127.0.0.1", 0)) as listener:
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            jar = aiohttp.CookieJar(unsafe=True)
            async with serving(app, listener), aiohttp.ClientSession(cookie_jar=jar) as session:
                browser = Browser(url, session)
                assert (await browser.sign_in("admin", settings.admin_password)).status == 303
                page = await browser.get("/admin/callbacks")
                assert callback().key in page.text
                form = {"seal": page.seal, "act": "done", "remark": "замовила"}
                assert (await browser.post(f"/admin/callbacks/{callback().key}", form)).status == 303
                assert "замовила" in (await browser.get(f"/admin/callbacks/{callback().key}")).text
                form = {"seal": page.seal, "name": "Ольга"}
                assert (await browser.post(f"/admin/customers/{CALLER}/profile", form)).status == 303
        assert (await ledger.callback(callback().key)).state is CallbackState.DONE
        assert await ledger.profile(CALLER) == ProfileSaved(name="Ольга")
    assert (tmp_path / "ledger.sqlite").exists() is (where == "file")


async def test_an_engine_opens_the_database_for_its_ledger(tmp_path: Path, database_url: str) -> None:
    settings = Settings.from_env({"LEDGER": "database", "DATABASE_URL": database_url, "DATA_DIR": str(tmp_path)})
    container = Container(settings=settings)
    engine = replace(engine_of(container), texts=(), warm_ups=(), closings=())
    assert container.database().keep_open in engine.companions
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(container.database().keep_open)
        await anyio.wait_all_tasks_blocked()
        await container.ledger().add(callback())
        assert list(await container.ledger().waiting()) == [callback()]
        tasks.cancel_scope.cancel()


async def test_an_engine_without_a_database_opens_none(tmp_path: Path) -> None:
    container = Container(settings=Settings.from_env({"DATA_DIR": str(tmp_path)}))
    assert container.database().keep_open not in engine_of(container).companions
