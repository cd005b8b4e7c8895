"""What calls used, in PostgreSQL: tokens in one table, what was spoken and heard in another.

An entry is never changed, so what is kept already stays.
"""

from collections.abc import Sequence
from datetime import datetime

from piccolo.columns.combination import WhereRaw
from piccolo.table import Table

from adapters.postgres.rows import text_of, uuid_of
from adapters.postgres.tables import Row, SpeechRow, UsageRow
from domain.records import AnyEntry, AnyUsed, CallKey, EarUsed, ModelUsed, VoiceUsed
from domain.usage import EarUsage, ModelUsage, Usage, VoiceUsage, summed

_ROWS = 500  # in one statement, which may hold 32,767 values
_MODELS = """
SELECT width_bucket(began, {}::timestamptz[]) AS part, provider, model, sum(input_tokens)::bigint AS input_tokens,
       sum(output_tokens)::bigint AS output_tokens, sum(cached_tokens)::bigint AS cached_tokens,
       sum(written_tokens)::bigint AS written_tokens, bool_or(estimated) AS estimated
FROM llm_usage WHERE began >= {} AND began < {} GROUP BY part, provider, model
"""
_SPEECH = """
SELECT width_bucket(began, {}::timestamptz[]) AS part, provider, model, sum(characters)::bigint AS characters,
       sum(seconds) AS seconds
FROM speech_usage WHERE began >= {} AND began < {} GROUP BY part, provider, model, characters IS NULL
"""


async def save(entries: Sequence[AnyEntry]) -> None:
    """Keep them in an order that is the same for all who save, so that none waits for another in a ring."""
    ordered = sorted(entries, key=lambda each: (each.began, each.call_id, each.sequence))
    await _keep(UsageRow, [_model_row(each) for each in ordered if isinstance(each, ModelUsed)])
    await _keep(SpeechRow, [_speech_row(each) for each in ordered if isinstance(each, VoiceUsed | EarUsed)])


async def of_call(call: CallKey) -> tuple[AnyUsed, ...]:
    """Return all that a call used, by sequence."""
    there = WhereRaw("call_id = {} AND began = {}", call.call_id, call.began)
    models = [_model_used(row) for row in await UsageRow.select().where(there)]
    speech = [_speech_used(row) for row in await SpeechRow.select().where(there)]
    return tuple(sorted([*models, *speech], key=lambda used: used.sequence))


async def between(times: Sequence[datetime]) -> Sequence[tuple[Usage, ...]]:
    """Sum what calls used that began from each of these times on and before the next."""
    asked = list(times), times[0], times[-1]
    models = [(row["part"], _model_usage(row)) for row in await UsageRow.raw(_MODELS, *asked)]
    speech = [(row["part"], _speech_usage(row)) for row in await SpeechRow.raw(_SPEECH, *asked)]
    return [summed(used for part, used in (*models, *speech) if part == wanted) for wanted in range(1, len(times))]


async def _keep(table: type[Table], whole: Sequence[Table]) -> None:
    for first in range(0, len(whole), _ROWS):
        await table.insert(*whole[first : first + _ROWS]).on_conflict(action="DO NOTHING")


def _model_row(entry: ModelUsed) -> UsageRow:
    return UsageRow(
        call_id=entry.call_id,
        began=entry.began,
        sequence=entry.sequence,
        at=entry.at,
        provider=text_of(entry.provider),
        model=text_of(entry.model),
        input_tokens=entry.input_tokens,
        output_tokens=entry.output_tokens,
        cached_tokens=entry.cached_tokens,
        written_tokens=entry.written_tokens,
        estimated=entry.estimated,
    )


def _speech_row(entry: VoiceUsed | EarUsed) -> SpeechRow:
    row = SpeechRow(
        call_id=entry.call_id,
        began=entry.began,
        sequence=entry.sequence,
        at=entry.at,
        provider=text_of(entry.provider),
    )
    match entry:
        case VoiceUsed(voice=voice):
            row.model, row.characters = text_of(voice), entry.characters
        case EarUsed(model=model):
            row.model, row.seconds = text_of(model), entry.seconds
    return row


def _model_used(row: Row) -> ModelUsed:
    return ModelUsed(
        call_id=uuid_of(row),
        began=row["began"],
        sequence=row["sequence"],
        at=row["at"],
        provider=row["provider"],
        model=row["model"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        cached_tokens=row["cached_tokens"],
        written_tokens=row["written_tokens"],
        estimated=row["estimated"],
    )


def _speech_used(row: Row) -> VoiceUsed | EarUsed:
    call_id, began, sequence, at = uuid_of(row), row["began"], row["sequence"], row["at"]
    match _speech_usage(row):
        case VoiceUsage(provider=provider, voice=voice, characters=characters):
            return VoiceUsed(
                call_id=call_id,
                began=began,
                sequence=sequence,
                at=at,
                provider=provider,
                voice=voice,
                characters=characters,
            )
        case EarUsage(provider=provider, model=model, seconds=seconds):
            return EarUsed(
                call_id=call_id,
                began=began,
                sequence=sequence,
                at=at,
                provider=provider,
                model=model,
                seconds=seconds,
            )


def _model_usage(row: Row) -> ModelUsage:
    return ModelUsage(
        provider=row["provider"],
        model=row["model"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        cached_tokens=row["cached_tokens"],
        written_tokens=row["written_tokens"],
        estimated=row["estimated"],
    )


def _speech_usage(row: Row) -> VoiceUsage | EarUsage:
    if row["characters"] is None:
        return EarUsage(provider=row["provider"], model=row["model"], seconds=row["seconds"])
    return VoiceUsage(provider=row["provider"], voice=row["model"], characters=row["characters"])
