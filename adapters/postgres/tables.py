"""The tables of what is kept of calls.

Rule 1: all are partitioned by the month, in UTC, in which the call began, so that a call's record lies together.
Rule 2: a key ends with that time, since the database asks for it; an index by it serves the pages of the list.
Rule 3: money is whole: the shop's in kopecks, what providers take in millionths of a dollar.
"""

from typing import Any

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    Boolean,
    DoublePrecision,
    Integer,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from adapters.postgres.engine import ENGINE

Row = dict[str, Any]


class CallRow(Table, tablename="calls", db=ENGINE):
    call_id = UUID(primary_key=True, default=None)
    began = Timestamptz(default=None)
    caller = Varchar(null=True, default=None)
    language = Varchar(default="")
    ended_at = Timestamptz(null=True, default=None)
    ended_sequence = Integer(null=True, default=None)
    outcome = Varchar(null=True, default=None)
    reason = Varchar(null=True, default=None)
    seconds = DoublePrecision(null=True, default=None)
    cause = Integer(null=True, default=None)
    interruptions = Integer(null=True, default=None)
    response_p50_seconds = DoublePrecision(null=True, default=None)
    response_p95_seconds = DoublePrecision(null=True, default=None)
    dead_air_seconds = DoublePrecision(null=True, default=None)
    orders = Array(base_column=Text())
    bookings = Array(base_column=Text())
    order_total = BigInt(null=True, default=None)
    cost_model = BigInt(null=True, default=None)
    cost_voice = BigInt(null=True, default=None)
    cost_ear = BigInt(null=True, default=None)
    unpriced = Array(base_column=Text())
    flow = Varchar(null=True, default=None)
    asked_again = Integer(default=0)
    unanswered = Integer(default=0)
    refused = Integer(default=0)
    failures = Integer(default=0)
    concerning = Boolean(default=False)


class TurnRow(Table, tablename="turns", db=ENGINE):
    call_id = UUID(primary_key=True, default=None)
    began = Timestamptz(default=None)
    number = Integer()
    sequence = Integer()
    at = Timestamptz(default=None)
    speaker = Varchar()
    text = Text()
    words = Array(base_column=Text())
    cut = Boolean()
    confidence = DoublePrecision(null=True, default=None)
    language = Varchar(null=True, default=None)
    understood = Text(default="")
    final_seconds = DoublePrecision(null=True, default=None)
    first_word_seconds = DoublePrecision(null=True, default=None)
    first_audio_seconds = DoublePrecision(null=True, default=None)
    timed = Boolean()
    refused = Array(base_column=Text())


class ToolCallRow(Table, tablename="tool_calls", db=ENGINE):
    call_id = UUID(primary_key=True, default=None)
    began = Timestamptz(default=None)
    number = Integer()
    sequence = Integer()
    at = Timestamptz(default=None)
    name = Varchar()
    arguments = JSONB()
    result = Text()
    failed = Boolean()
    seconds = DoublePrecision(null=True, default=None)
    facts = JSONB()


class UsageRow(Table, tablename="llm_usage", db=ENGINE):
    call_id = UUID(primary_key=True, default=None)
    began = Timestamptz(default=None)
    sequence = Integer()
    at = Timestamptz(default=None)
    provider = Varchar()
    model = Varchar()
    input_tokens = Integer()
    output_tokens = Integer()
    cached_tokens = Integer()
    written_tokens = Integer(default=0)
    estimated = Boolean(default=False)


class SpeechRow(Table, tablename="speech_usage", db=ENGINE):
    """What voices and recognizers did: for a voice `characters` are told, for a recognizer `seconds`."""

    call_id = UUID(primary_key=True, default=None)
    began = Timestamptz(default=None)
    sequence = Integer()
    at = Timestamptz(default=None)
    provider = Varchar()
    model = Varchar()
    characters = Integer(null=True, default=None)
    seconds = DoublePrecision(null=True, default=None)


PARTITIONED: tuple[type[Table], ...] = (CallRow, TurnRow, ToolCallRow, UsageRow, SpeechRow)
