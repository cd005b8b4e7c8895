"""The document says what the routes are, no more and no less, and needs nothing that is not in it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sanic import Sanic

from domain.access import Permission, Role
from tests.ui.api.machine import Machine, machine_at
from tests.ui.browser import Website
from ui.api.routes import ROOT

pytestmark = pytest.mark.anyio


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            yield path, method.upper(), described


def references(part: Any) -> Iterator[str]:
    match part:
        case dict():
            yield from (each for value in part.values() for each in references(value))
            if "$ref" in part:
                yield part["$ref"]
        case list():
            yield from (each for value in part for each in references(value))


async def test_each_route_is_in_the_document_and_the_reverse(machine: Machine) -> None:
    document = (await machine.get("/openapi.json")).json
    described = {(path, method) for path, method, _ in operations(document)}
    (app,) = (app for app in Sanic._app_registry.values() if app.name.startswith("web-"))
    routed = {
        (re.sub(r"<(\w+):str>", r"{\1}", f"/{route.path}").removeprefix(ROOT), method)
        for route in app.router.routes
        for method in route.methods
        if f"/{route.path}".startswith("/api/")
    }
    assert routed - {("/openapi.json", "GET")} == described


async def test_the_document_refers_to_nothing_but_itself_and_has_nothing_that_it_does_not_need(
    machine: Machine,
) -> None:
    document = (await machine.get("/openapi.json")).json
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) == named


async def test_whatever_is_asked_has_a_name_an_answer_and_a_summary(machine: Machine) -> None:
    document = (await machine.get("/openapi.json")).json
    assert document["openapi"] == "3.1.0"
    names = [described["operationId"] for _, _, described in operations(document)]
    assert len(names) == len(set(names))
    for path, _, described in operations(document):
        assert described["summary"] and described["responses"]["200"]["content"]
        assert {"401", "403", "503"} <= set(described["responses"])
        in_path = {each["name"] for each in described["parameters"] if each["in"] == "path"}
        assert in_path == set(re.findall(r"\{(\w+)\}", path))


@pytest.mark.parametrize("role", [*Role, None])
async def test_each_role_is_let_in_where_the_document_says_so_and_nowhere_else(
    website: Website, role: Role | None, machine: Machine
) -> None:
    document = (await machine.get("/openapi.json")).json
    asked = 0
    async with machine_at(website, role) as other:
        for path, method, described in operations(document):
            permission = re.search(r"permission `([\w.]+)`", described["description"])
            told = await other.ask(method, re.sub(r"\{\w+\}", "0", path))
            if role is None:
                assert told.refused == (401, "unauthorized")
            else:
                may = permission is None or role.may(Permission(permission[1]))
                assert (told.status == 403) is not may, (path, told.text)
            asked += 1
    assert asked == len(list(operations(document))) > 0


async def test_the_page_of_the_document_names_all_that_can_be_asked_and_every_shape(
    website: Website, machine: Machine
) -> None:
    document = (await machine.get("/openapi.json")).json
    async with website.browser() as browser:
        assert (await browser.get("/admin/api")).status == 303
        await browser.sign_in()
        page = (await browser.get("/admin/api")).text
    for _, method, described in operations(document):
        assert f'id="{described["operationId"]}"' in page and described["summary"] in page and f">{method}<" in page
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in page
    targets = set(re.findall(r'href="#(\w+)"', page)) - {"main"}
    assert targets <= set(re.findall(r'id="(\w+)"', page)) and len(targets) > 20
