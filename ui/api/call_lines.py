"""Calls as a table or as lines of JSON, and what is written down of it.

Rule: no cell of a table is a formula to the program that opens it.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import Literal

from domain.audit import AuditLine
from domain.records import CallFilter, StoredCall
from ui.api.call_shapes import Call
from ui.eyes import Eyes
from ui.languages import KYIV
from ui.numbers import masked

Form = Literal["csv", "jsonl"]

KINDS: Mapping[Form, str] = {"csv": "text/csv", "jsonl": "application/jsonl"}
AT_ONCE = 50
"""Calls that are read and written together: by 50 the event loop waits a millisecond at most, by 100 thirty."""
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+\-]?[0-9.]+")


def head(form: Form) -> str:
    """Return what comes before the first call."""
    return _rows([tuple(Call.model_fields)]) if form == "csv" else ""


def lines(form: Form, calls: Sequence[StoredCall], eyes: Eyes) -> str:
    """Return a line for each call, as far as whoever reads may see."""
    shown = [Call.of(call, eyes) for call in calls]
    if form == "jsonl":
        return "".join(f"{call.model_dump_json()}\n" for call in shown)
    return _rows([[_cell(value) for value in call.model_dump(mode="json").values()] for call in shown])


def exported(by: str, at: datetime, form: Form, where: CallFilter) -> AuditLine:
    """Return what the audit keeps: which calls were taken away, and nothing by which a caller is known."""
    which = {
        "since": where.since.astimezone(KYIV).date().isoformat() if where.since else "",
        "until": where.until.astimezone(KYIV).date().isoformat() if where.until else "",
        "outcome": where.outcome.value if where.outcome else "",
        "reason": where.reason.value if where.reason else "",
        "caller": masked(where.caller),
        "caller_ends": masked(where.caller_ends),
        "flow": where.flow.value if where.flow else "",
        "text": masked(where.text),
        "concerning": "true" if where.concerning else "",
        "running": "" if where.running is None else str(where.running).lower(),
    }
    after = {"form": form} | {name: value for name, value in which.items() if value}
    return AuditLine(at=at, by=by, action="calls.exported", subject="calls", after=after)


def file_name(at: datetime, form: Form) -> str:
    return f"calls-{at.astimezone(KYIV):%Y-%m-%d-%H%M}.{form}"


def _rows(rows: Sequence[Sequence[str]]) -> str:
    table = StringIO()
    csv.writer(table, lineterminator="\n").writerows(rows)
    return table.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case list():
            text = " ".join(value)
        case _:
            text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
