"""Calls over the API: found by filter and by key, whole, and counted."""

from typing import Any
from urllib.parse import quote

import pytest

from domain.access import Role
from tests.ui.api.machine import Machine, machine_at
from tests.ui.browser import Website
from tests.ui.calls_kept import CALLER, call_id_of, two_weeks

pytestmark = pytest.mark.anyio

ORDERED, RUNNING = str(call_id_of(0)), str(call_id_of(1))


async def found(machine: Machine, query: str) -> list[str]:
    told = await machine.get(f"/calls?{query}")
    assert told.status == 200, told.text
    return [call["call_id"] for call in told.json["calls"]]


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("", [RUNNING, ORDERED]),
        ("running=true", [RUNNING]),
        ("running=false", [ORDERED]),
        ("outcome=completed", [ORDERED]),
        ("outcome=failed", []),
        ("reason=cannot_help", []),
        ("caller=%2B38%20067%20123-45-67", [ORDERED]),
        ("caller=", [RUNNING, ORDERED]),
        ("caller_ends=4567", [ORDERED]),
        ("flow=fitting", []),
        ("concerning=true", []),
        ("sort=longest", [ORDERED]),
        ("since=2026-11-25&until=2026-11-25", [RUNNING, ORDERED]),
        ("until=2026-11-24", []),
        ("since=2026-11-26", []),
        ("since=0001-01-01&until=9999-12-31", [RUNNING, ORDERED]),
        (f"text={quote('зимові ШИНИ')}", [RUNNING, ORDERED]),
        (f"text={quote('літні шини')}", []),
        ("text=%00", [RUNNING, ORDERED]),
    ],
)
async def test_calls_are_found_by_what_is_asked_the_latest_first(
    machine: Machine, query: str, calls: list[str]
) -> None:
    assert await found(machine, query) == calls


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("since=yesterday", "since: write a day as 2026-11-25"),
        ("since=0", "since: write a day as 2026-11-25"),
        ("since=2026-02-30", "since: "),
        ("outcome=splendid", "outcome: Input should be 'completed'"),
        ("running=yes", "running: write true or false"),
        ("limit=0", "limit: Input should be greater than or equal to 1"),
        ("limit=501", "limit: "),
        ("limit=1_0", "limit: write a whole number in figures"),
        ("limit=" + "9" * 5000, "limit: write a whole number in figures"),
        ("after=1", "after: "),
        ("outcom=failed", "outcom: there is no such field; there are since, until"),
        ("caller_ends=x", "caller_ends: "),
        ("sort=best", "sort: "),
        ("limit=1&limit=2", "limit is given 2 times: give it once"),
        ("text=" + "a" * 201, "text: "),
    ],
)
async def test_what_does_not_fit_is_refused_with_the_cause_and_the_cure(machine: Machine, query: str, why: str) -> None:
    told = await machine.get(f"/calls?{query}")
    assert (told.refused, told.why.startswith(why)) == ((400, "bad_request"), True), told.why


@pytest.mark.parametrize(("sort", "running"), [("newest", 1), ("longest", 0), ("slowest_reply", 0)])
async def test_the_pages_of_the_list_hold_every_call_once(
    website: Website, machine: Machine, sort: str, running: int
) -> None:
    await website.archive.save(list(two_weeks()))
    query, seen = f"limit=10&sort={sort}", list[dict[str, Any]]()
    while query:
        page = (await machine.get(f"/calls?{query}")).json
        seen += page["calls"]
        query = f"limit=10&sort={sort}&after={page['next']}" if page["next"] else ""
    ids = [call["call_id"] for call in seen]
    assert len(ids) == len(set(ids)) == len(website.archive.entries) - 1 + running > 50
    if sort == "slowest_reply":
        slowness = [call["response_p95_seconds"] for call in seen]
        assert slowness == sorted(slowness, reverse=True) and len(set(slowness)) > 1


async def test_a_key_that_no_call_has_is_a_place_in_the_list_too(machine: Machine) -> None:
    assert await found(machine, f"after={'0' * 46}") == []
    assert await found(machine, f"after={'f' * 46}") == [RUNNING, ORDERED]


async def test_a_call_is_told_with_all_that_was_said_and_done(machine: Machine) -> None:
    call = (await machine.get(f"/calls/{ORDERED}")).json
    assert (call["caller"], call["outcome"], call["orders"], call["seconds"]) == (
        CALLER,
        "completed",
        ["ORD-1043"],
        95.2,
    )
    assert [unit.get("speaker") or unit["tool"] for unit in call["transcript"]] == [
        *("agent", "caller", "search_tires", "agent", "caller")
    ]
    answered = call["transcript"][3]
    assert answered["cut"] and answered["waterfall_seconds"] == {"final": 0.21, "first_word": 0.74, "first_audio": 0.93}
    assert call["transcript"][2]["arguments"]["diameter"] == 16
    assert call["usage"][0]["input_tokens"] == 2300
    running = (await machine.get(f"/calls/{RUNNING}")).json
    assert (running["ended"], running["outcome"], running["orders"]) == (None, None, [])


@pytest.mark.parametrize(
    ("call_id", "refused"),
    [
        ("00000000-0000-4000-8000-0000000000ff", (404, "not_found")),
        ("1", (400, "bad_request")),
        ("..%2f..%2fetc", (400, "bad_request")),
        ("%27%20OR%201=1", (400, "bad_request")),
    ],
)
async def test_a_call_that_is_not_kept_is_not_told(machine: Machine, call_id: str, refused: tuple[int, str]) -> None:
    assert (await machine.get(f"/calls/{call_id}")).refused == refused


async def test_the_calls_of_a_period_are_counted(website: Website, machine: Machine) -> None:
    await website.archive.save(list(two_weeks()))
    today = (await machine.get("/stats")).json
    assert (today["since"], today["calls"], today["orders"], today["reasons"]) == (
        "2026-11-25",
        11,
        2,
        {"customer_request": 1, "complex_question": 1},
    )
    whole = (await machine.get("/stats?since=2026-11-01")).json
    assert whole["calls"] == sum(whole["outcomes"].values()) + 1 == len(website.archive.entries)
    assert (await machine.get("/stats?since=2026-11-26&until=2026-11-20")).json["calls"] == 0


async def test_whose_role_does_not_go_so_far_sees_no_number_in_full(website: Website) -> None:
    async with machine_at(website, Role.ANALYST) as machine:
        for path in ("/calls", f"/calls/{ORDERED}"):
            told = await machine.get(path)
            assert "+38067•••••67" in told.text and CALLER not in told.text, path


async def test_an_archive_that_is_away_is_said(website: Website, machine: Machine) -> None:
    website.archive.faults.fail()
    for path in ("/calls", f"/calls/{ORDERED}", "/stats"):
        assert (await machine.get(path)).refused == (503, "unavailable")


async def test_a_method_that_a_path_does_not_know_is_refused_with_those_that_it_does(machine: Machine) -> None:
    told = await machine.ask("DELETE", "/calls")
    assert (told.refused, told.headers["Allow"]) == ((405, "method_not_allowed"), "GET")
