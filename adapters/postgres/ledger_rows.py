"""What the ledger and the audit keep as rows, and rows as what they keep.

A null character has no place in PostgreSQL's text: it is left out.
"""

import json
from collections.abc import Mapping
from uuid import UUID

from adapters.postgres.ledger_tables import AuditRow, CallbackRow, ProfileRow, PromiseRow
from adapters.postgres.tables import Row
from domain.audit import AuditLine
from domain.callback import Callback, CallbackRequest, CallbackState
from domain.facts import Deed
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise, PromiseState

_NULL = "\x00"


def promise_row(promise: Promise) -> PromiseRow:
    return PromiseRow(
        key=promise.key,
        caller=_text(promise.caller),
        call_id=promise.call_id,
        deed=promise.deed.value,
        content=_text(promise.content),
        at=promise.at,
        state=promise.state.value,
        number=_text(promise.number),
        text=_text(promise.text),
    )


def promise_of(row: Row) -> Promise:
    return Promise(
        key=row["key"],
        caller=row["caller"],
        call_id=_uuid(row),
        deed=Deed(row["deed"]),
        content=row["content"],
        at=row["at"],
        state=PromiseState(row["state"]),
        number=row["number"],
        text=row["text"],
    )


def callback_row(callback: Callback) -> CallbackRow:
    request = callback.request
    return CallbackRow(
        key=request.key,
        call_id=request.call_id,
        number=_text(request.number),
        preferred_time=_text(request.preferred_time),
        note=_text(request.note),
        reason=_text(request.reason),
        at=request.at,
        state=callback.state.value,
        by=_text(callback.by),
        remark=_text(callback.remark),
        changed=callback.changed,
    )


def callback_of(row: Row) -> Callback:
    return Callback(
        request=CallbackRequest(
            call_id=_uuid(row),
            number=row["number"],
            preferred_time=row["preferred_time"],
            note=row["note"],
            reason=row["reason"],
            at=row["at"],
        ),
        state=CallbackState(row["state"]),
        by=row["by"],
        remark=row["remark"],
        changed=row["changed"],
    )


def profile_row(caller: str, profile: ProfileSaved) -> ProfileRow:
    return ProfileRow(
        caller=_text(caller),
        name=_text_or_none(profile.name),
        city=_text_or_none(profile.city),
        vehicle=_text_or_none(profile.vehicle),
        delivery_address=_text_or_none(profile.delivery_address),
    )


def profile_of(row: Row) -> ProfileSaved:
    return ProfileSaved(
        name=row["name"], city=row["city"], vehicle=row["vehicle"], delivery_address=row["delivery_address"]
    )


def audit_row(line: AuditLine) -> AuditRow:
    return AuditRow(
        at=line.at,
        by=_text(line.by),
        action=_text(line.action),
        subject=_text(line.subject),
        before=_json(line.before),
        after=_json(line.after),
    )


def audit_line_of(row: Row) -> AuditLine:
    return AuditLine(
        at=row["at"],
        by=row["by"],
        action=row["action"],
        subject=row["subject"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
    )


def _json(named: Mapping[str, str]) -> str:
    return json.dumps({_text(name): _text(value) for name, value in named.items()}, ensure_ascii=False)


def _uuid(row: Row) -> UUID:
    """Return it as Python's own: the driver has one of its own kind."""
    return UUID(int=row["call_id"].int)


def _text(text: str) -> str:
    return text.replace(_NULL, "")


def _text_or_none(text: str | None) -> str | None:
    return None if text is None else _text(text)
