"""Callbacks, customers and running calls over the API: what is changed there is changed for the pages too."""

from collections.abc import AsyncIterator

import pytest

from application.ports.calls import UnknownCall
from application.ports.live import Command, Demand
from domain.access import Role
from domain.callback import CallbackState
from domain.shop.events import ProfileSaved
from domain.troubles import Troubles
from tests.contracts.ledger import promise
from tests.contracts.live import listening
from tests.contracts.people import machine as registered
from tests.contracts.people import person
from tests.ui.api.machine import Machine, machine_at
from tests.ui.browser import Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of
from tests.ui.test_callbacks import FIRST, SECOND
from tests.ui.test_live import CALM, TROUBLED, looked_at, sight

pytestmark = pytest.mark.anyio

OPERATOR = "token:operator"
MASKED = "+38067•••••67"


@pytest.fixture
async def operator(website: Website) -> AsyncIterator[Machine]:
    for request in (SECOND, FIRST):
        await website.ledger.add(request)
    await website.ledger.begin(promise())
    await website.ledger.save(CALLER, ProfileSaved(name="Олена", city="Дніпро"))
    async with machine_at(website, Role.OPERATOR) as machine:
        yield machine


async def test_whoever_waits_is_told_of_the_earliest_first(operator: Machine) -> None:
    waiting = (await operator.get("/callbacks")).json["callbacks"]
    assert [each["key"] for each in waiting] == [FIRST.key, SECOND.key]
    assert (waiting[0]["number"], waiting[0]["note"], waiting[0]["state"]) == (CALLER, FIRST.note, "waiting")
    assert (await operator.get(f"/callbacks/{FIRST.key}")).json == waiting[0]
    assert (await operator.get("/callbacks?state=done")).json == {"callbacks": []}


async def test_a_callback_is_taken_noted_done_and_reopened_and_each_is_in_the_audit(
    website: Website, operator: Machine
) -> None:
    path = f"/callbacks/{FIRST.key}"
    taken = (await operator.ask("POST", f"{path}/take")).json
    assert (taken["state"], taken["by"]) == ("taken", OPERATOR)
    noted = (await operator.ask("POST", f"{path}/remark", {"remark": "не відповідає\u202e"})).json
    assert noted["remark"] == "не відповідає"
    assert (await operator.ask("POST", f"{path}/done", {})).json["state"] == "done"
    assert (await operator.ask("POST", f"{path}/give-back")).json["state"] == "waiting"
    actions = [line.action for line in await website.audit.lines(subject=FIRST.key)]
    assert actions == [f"callbacks.{act}" for act in ("give_back", "done", "remark", "take")]


async def test_what_another_has_is_not_taken_from_him(website: Website, operator: Machine) -> None:
    await website.ledger.change(FIRST.key, lambda each: each.taken("oksana", NOW))
    told = await operator.ask("POST", f"/callbacks/{FIRST.key}/take")
    assert (told.refused, told.why) == ((409, "conflict"), "oksana has it")
    assert list(await website.audit.lines()) == []


@pytest.mark.parametrize(
    ("said", "headers", "refused"),
    [
        (b"{", {"Content_Type": "application/json"}, (400, "bad_request")),
        (b'{"remark": "\\ud800"}', {"Content_Type": "application/json"}, (400, "bad_request")),
        (b'{"remark": 1}', {"Content_Type": "application/json"}, (400, "bad_request")),
        (b'{"remark": "x", "by": "oksana"}', {"Content_Type": "application/json"}, (400, "bad_request")),
        (b"remark=x", {"Content_Type": "application/x-www-form-urlencoded"}, (415, "unread_kind")),
        (b'"' + b"x" * 200_000 + b'"', {"Content_Type": "application/json"}, (413, "too_large")),
    ],
)
async def test_a_body_that_does_not_fit_changes_nothing(
    website: Website, operator: Machine, said: bytes, headers: dict[str, str], refused: tuple[int, str]
) -> None:
    told = await operator.ask("POST", f"/callbacks/{FIRST.key}/done", said, **headers)
    assert told.refused == refused
    assert (await website.ledger.callback(FIRST.key)).state is CallbackState.WAITING


@pytest.mark.parametrize(("key", "status"), [("0" * 32, 404), ("%00", 400), ("'--", 400)])
async def test_a_callback_that_is_none_is_not_found(operator: Machine, key: str, status: int) -> None:
    assert (await operator.get(f"/callbacks/{key}")).status == status
    assert (await operator.ask("POST", f"/callbacks/{key}/take")).status == status


async def test_an_analyst_sees_callbacks_without_their_numbers(website: Website, operator: Machine) -> None:
    async with machine_at(website, Role.ANALYST) as machine:
        told = await machine.get("/callbacks")
        assert MASKED in told.text and CALLER not in told.text
        assert (await machine.ask("POST", f"/callbacks/{FIRST.key}/take")).refused == (403, "forbidden")


@pytest.mark.parametrize("written", ["+380671234567", "%2B380671234567", "0671234567", "380671234567"])
async def test_a_customer_is_told_by_whatever_form_of_the_number(operator: Machine, written: str) -> None:
    known = (await operator.get(f"/customers/{written}")).json
    assert (known["number"], known["profile"]["name"]) == (CALLER, "Олена")
    assert [each["key"] for each in known["callbacks"]] == [FIRST.key]
    assert [each["content"] for each in known["promises"]] == [promise().content]
    assert [call["call_id"] for call in known["calls"]] == [str(call_id_of(0))]


async def test_a_profile_is_set_right_as_a_whole_and_that_is_written_down(website: Website, operator: Machine) -> None:
    told = await operator.ask("PUT", "/customers/0671234567/profile", {"name": "Олена П.", "vehicle": "Octavia"})
    assert told.json == {"name": "Олена П.", "city": "", "vehicle": "Octavia", "delivery_address": ""}
    assert await website.ledger.profile(CALLER) == ProfileSaved(name="Олена П.", vehicle="Octavia")
    (line,) = await website.audit.lines(subject=CALLER)
    assert (line.by, line.action, line.before["city"], line.after["city"]) == (
        OPERATOR,
        "customers.edited",
        "Дніпро",
        "",
    )


async def test_all_of_a_customer_is_given_and_then_erased(
    website: Website, operator: Machine, machine: Machine
) -> None:
    for method, path in (("GET", f"/customers/{CALLER}/export"), ("DELETE", f"/customers/{CALLER}")):
        assert (await operator.ask(method, path)).refused == (403, "forbidden")
    given = (await machine.get(f"/customers/{CALLER}/export")).json
    assert len(given["calls"][0]["transcript"]) == 5 and given["callbacks"][0]["note"] == FIRST.note
    assert (await machine.ask("DELETE", "/customers/0671234567")).json == {"calls": 1}
    with pytest.raises(UnknownCall):
        await website.archive.load(call_id_of(0))
    assert await website.ledger.profile(CALLER) is None
    assert [line.action for line in await website.audit.lines()] == ["customers.erased"]
    assert (await machine.ask("DELETE", "/customers/0671234567")).json == {"calls": 0}


async def test_running_calls_are_told_the_one_first_that_needs_a_look_most(website: Website, operator: Machine) -> None:
    await website.board.show([looked_at(), sight(1, troubles=Troubles(failures=2))])
    calls = (await operator.get("/live")).json["calls"]
    assert [call["call_id"] for call in calls] == [str(TROUBLED), str(CALM)]
    assert (calls[1]["caller"], calls[1]["doing"], calls[1]["flow"]) == (CALLER, "thinking", "buying")
    along = (await operator.get(f"/live/{CALM}")).json
    assert [words["who"] for words in along["said"]] == ["agent", "caller", "tool"]
    assert (along["heard_now"], along["said"][2]["broken"]) == ("чотири штуки", True)


@pytest.mark.parametrize(("word", "demand"), [("hand-over", Demand.GIVE_TO_OPERATOR), ("end", Demand.END)])
async def test_a_running_call_is_taken_from_the_agent_and_that_is_written_down(
    website: Website, operator: Machine, word: str, demand: Demand
) -> None:
    assert (await operator.ask("POST", f"/live/{CALM}/{word}")).refused == (404, "not_found")
    await website.board.show([looked_at()])
    assert (await operator.ask("POST", f"/live/{CALM}/{word}")).refused == (503, "unavailable")
    async with listening(website.commands) as engine:
        told = await operator.ask("POST", f"/live/{CALM}/{word}")
        assert told.json == {"call_id": str(CALM), "demand": demand.value}
        assert await engine.hear(1) == [Command(call_id=CALM, demand=demand, by=OPERATOR)]
    (line,) = await website.audit.lines(subject=str(CALM))
    assert line.by == OPERATOR
    async with machine_at(website, Role.ANALYST) as analyst:
        assert (await analyst.ask("POST", f"/live/{CALM}/{word}")).refused == (403, "forbidden")
        assert MASKED in (await analyst.get("/live")).text


async def test_the_system_says_how_it_is_and_who_changed_what(website: Website, machine: Machine) -> None:
    assert (await machine.get("/version")).json == {"version": "0.1.0"}
    status = (await machine.get("/status")).json
    assert (status["ready"], status["active_calls"], status["parts"]["postgres"]) == (True, 3, True)
    await machine.ask("PUT", f"/customers/{CALLER}/profile", {"name": "Олена"})
    (line,) = (await machine.get("/audit?limit=1")).json["lines"]
    assert (line["by"], line["action"], line["subject"]) == ("token:admin", "customers.edited", CALLER)
    assert (await machine.get("/audit?subject=nothing")).json == {"lines": []}


async def test_who_may_come_in_is_told_and_nothing_by_which_one_does(website: Website, machine: Machine) -> None:
    await website.staff.add(person("оксана"))
    await website.staff.admit(registered("crm"))
    users, tokens = await machine.get("/users"), await machine.get("/tokens")
    assert [(each["name"], each["role"], each["active"]) for each in users.json["users"]] == [
        ("оксана", "operator", True)
    ]
    assert ("crm", registered("crm").made_by) in [(each["name"], each["made_by"]) for each in tokens.json["tokens"]]
    for text in (users.text, tokens.text):
        assert "hash" not in text and "argon2" not in text and registered("crm").token_hash not in text
