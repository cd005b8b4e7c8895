"""Filling an empty database with made-up calls, to see how it bears them.

Calls are spread over twelve months as a shop's calls are over days and hours.  They are made here and copied; what is
said and used in them is picked in the database, from a pool of sentences.
"""

from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import TypeVar
from uuid import UUID

import asyncpg

from adapters.postgres.database import Database
from adapters.postgres.partitions import Partitions
from adapters.postgres.tables import CallRow
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.records import search_words
from domain.troubles import Troubles, concerns
from domain.visit.visit import Flow

T = TypeVar("T")

_DAYS = 365
_WEEKDAYS = (1.2, 1.1, 1.0, 1.0, 1.2, 0.9, 0.5)
_HOURS = (*[0.05] * 8, 0.6, *[1.0] * 4, 0.8, *[1.0] * 4, 0.6, 0.3, 0.2, *[0.05] * 3)
_OUTCOMES = {Outcome.COMPLETED: 70, Outcome.HANDED_OVER: 17, Outcome.ABANDONED: 9, Outcome.SILENT: 2, Outcome.FAILED: 2}
_REASONS = dict(zip(Reason, (40, 20, 15, 5, 10, 5, 5), strict=True))
_FLOWS = dict(zip(Flow, (8, 50, 14, 16, 3, 7, 2), strict=True))
_CALLERS = 200_000
_OPENINGS = (
    "Добрий день, мені потрібні {} шини {} на {}",
    "Підкажіть, чи є {} шини {} для {}",
    "Скільки коштують {} {} на мою {}",
    "Хочу замовити чотири {} шини {} на {}",
)
_ANSWERS = (
    "Є {} шини {}: {} коштує {} гривень за штуку.",
    "Так, {} {} від {} є на складі, {} гривень.",
    "Із {} шин {} раджу {}, ціна {} гривень.",
)
_ASIDES = (
    "Так, оформлюйте",
    "А коли буде доставка до {}",
    "Запишіть мене на шиномонтаж у {}",
    "Де моє замовлення номер {}",
    "Дякую, до побачення",
    "Зачекайте, я запишу",
)
_REMARKS = (
    "Чим можу допомогти?",
    "Замовлення номер {} оформлено.",
    "Доставка до {} триває два дні.",
    "Записала вас на шиномонтаж у {}.",
    "Повторіть, будь ласка, розмір.",
)
_SEASONS = ("зимові", "літні", "всесезонні")
_SIZES = ("205/55 R16", "195/65 R15", "185/65 R14", "225/45 R17", "215/60 R17", "235/65 R18", "175/70 R13")
_CARS = ("Шкоду Октавію", "Фольксваген Гольф", "Рено Дастер", "Тойоту Короллу", "Деу Ланос", "Хюндай Туксон")
_BRANDS = ("Росава", "Преміоррі", "Мішлен", "Нокіан", "Ханкук", "Матадор", "Континенталь", "Тойо")
_CITIES = ("Києва", "Львова", "Одеси", "Дніпра", "Харкова", "Полтави", "Вінниці", "Тернополя", "Чернігова")
_POOL = 4_000

_TURNS = """
INSERT INTO turns (call_id, began, number, sequence, at, speaker, text, words, cut, confidence, language,
                   final_seconds, first_word_seconds, first_audio_seconds, timed)
SELECT call_id, began, number, number, began + number * interval '8 seconds', said.speaker, said.text, said.words,
       random() < 0.05, CASE WHEN said.speaker = 'caller' THEN 0.8 + random() * 0.2 END, 'uk',
       0.2, 0.3 + random() * 0.3, 0.5 + random() * 0.5, said.speaker = 'agent'
FROM (SELECT call_id, began, number, 2 * (random() * {half})::int + number % 2 AS place
      FROM seeded, generate_series(1, {turns}) AS number) AS turn JOIN said USING (place)
"""
_USAGE = """
INSERT INTO llm_usage (call_id, began, sequence, at, provider, model, input_tokens, output_tokens, cached_tokens)
SELECT call_id, began, 1001, began, 'anthropic', 'claude-sonnet-4-6', 9000, 700, 7000 FROM seeded
"""
_SPEECH = """
INSERT INTO speech_usage (call_id, began, sequence, at, provider, model, characters, seconds)
SELECT call_id, began, 1002, began, 'google', 'chirp3-hd', 900, NULL FROM seeded
UNION ALL SELECT call_id, began, 1003, began, 'google', 'chirp_2', NULL, 80 FROM seeded
"""


class NotEmpty(Exception):
    """The database holds calls already."""


@dataclass(frozen=True, slots=True)
class Amount:
    calls: int
    turns_of_each: int


async def seed(database: Database, amount: Amount, *, until: datetime, random_seed: int) -> AsyncGenerator[int, None]:
    """Fill the database a day at a time; yield how many calls there are after each.  Raises `NotEmpty`, `Unavailable`.

    The same seed makes the same calls, but for what is said in them.
    """
    async with database.reached():
        if await CallRow.exists():
            raise NotEmpty
        days = [until - timedelta(days=ago) for ago in reversed(range(_DAYS + 1))]
        await Partitions().make_for(set(days))
    chance = Random(random_seed)
    connection = await asyncpg.connect(database.url)
    try:
        await _begin(connection, chance)
        made = 0
        for day, calls in _shares(days, amount.calls, until):
            rows = [_call(chance, at) for at in _times(chance, day, calls, until)]
            await _keep(connection, rows, amount.turns_of_each)
            made += calls
            yield made
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


async def _begin(connection: asyncpg.Connection, chance: Random) -> None:
    await connection.execute("SELECT setseed($1)", chance.random())
    await connection.execute("CREATE TEMP TABLE said (place int PRIMARY KEY, speaker text, text text, words text[])")
    await connection.execute("CREATE TEMP TABLE seeded (call_id uuid, began timestamptz)")
    await connection.copy_records_to_table("said", records=list(_said(chance)))


async def _keep(connection: asyncpg.Connection, rows: Sequence[dict[str, object]], turns: int) -> None:
    if not rows:
        return
    async with connection.transaction():
        await connection.copy_records_to_table(
            "calls", columns=list(rows[0]), records=[tuple(row.values()) for row in rows]
        )
        await connection.execute("TRUNCATE seeded")
        await connection.copy_records_to_table("seeded", records=[(row["call_id"], row["began"]) for row in rows])
        await connection.execute(_TURNS.format(turns=turns, half=_POOL // 2 - 1))
        await connection.execute(_USAGE)
        await connection.execute(_SPEECH)


def _shares(days: Sequence[datetime], calls: int, until: datetime) -> Iterator[tuple[datetime, int]]:
    """Deal the calls out to the days."""
    weights = [_WEEKDAYS[day.weekday()] * sum(_hours(day, until)) for day in days]
    whole, dealt, weighed = sum(weights), 0, 0.0
    for day, weight in zip(days, weights, strict=True):
        weighed += weight
        share = round(calls * weighed / whole) - dealt
        dealt += share
        yield day, share


def _times(chance: Random, day: datetime, calls: int, until: datetime) -> list[datetime]:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = chance.choices(range(24), _hours(day, until), k=calls) if calls else []
    return sorted(midnight + timedelta(hours=hour, seconds=chance.random() * 3600) for hour in hours)


def _hours(day: datetime, until: datetime) -> Sequence[float]:
    """Return what each hour of a day weighs, of the last one those that are over."""
    return [weight if day.date() < until.date() or hour < until.hour else 0.0 for hour, weight in enumerate(_HOURS)]


def _call(chance: Random, began: datetime) -> dict[str, object]:
    outcome = _one(chance, _OUTCOMES)
    reason = _one(chance, _REASONS) if outcome is Outcome.HANDED_OVER else None
    flow = _one(chance, _FLOWS)
    seconds = 20 + chance.expovariate(1 / 100)
    ordered = flow is Flow.BUYING and outcome is Outcome.COMPLETED and chance.random() < 0.4
    replied, silent = 0.55 + chance.expovariate(3), 0.3 + chance.expovariate(1.5)
    troubles = Troubles(
        asked_again=int(chance.random() < 0.1) + 2 * int(chance.random() < 0.02), refused=int(chance.random() < 0.02)
    )
    amiss = concerns(
        outcome=outcome, reason=reason, troubles=troubles, dead_air_seconds=silent, response_p95_seconds=replied
    )
    return {
        "call_id": UUID(int=chance.getrandbits(128), version=4),
        "began": began,
        "caller": f"+38067{int(chance.random() ** 2 * _CALLERS):07d}",
        "language": "uk",
        "ended_at": began + timedelta(seconds=seconds),
        "ended_sequence": 1000,
        "outcome": outcome.value,
        "reason": reason.value if reason else None,
        "seconds": seconds,
        "cause": 16,
        "interruptions": int(chance.random() * 3),
        "response_p50_seconds": replied * 0.8,
        "response_p95_seconds": replied,
        "dead_air_seconds": silent,
        "orders": [str(chance.randrange(10_000, 10_000_000))] if ordered else [],
        "bookings": [str(chance.randrange(1_000_000))] if flow is Flow.FITTING and outcome is Outcome.COMPLETED else [],
        "order_total": chance.randrange(400_000, 2_400_000) if ordered else 0,
        "cost_model": 24_000,
        "cost_voice": 27_000,
        "cost_ear": 21_000,
        "unpriced": [],
        "flow": flow.value,
        "asked_again": troubles.asked_again,
        "unanswered": 0,
        "refused": troubles.refused,
        "failures": 0,
        "concerning": bool(amiss),
    }


def _one(chance: Random, weighted: dict[T, int]) -> T:
    return chance.choices(list(weighted), list(weighted.values()))[0]


def _said(chance: Random) -> Iterator[tuple[int, str, str, list[str]]]:
    """Make the pool: what agents say stands in even places, what callers say in odd ones."""
    for place, caller_speaks in zip(range(_POOL), cycle((False, True)), strict=False):
        season, size, car = chance.choice(_SEASONS), chance.choice(_SIZES), chance.choice(_CARS)
        figure = str(chance.randrange(1_000, 99_999))
        if chance.random() < 0.5:
            text = (
                chance.choice(_OPENINGS).format(season, size, car)
                if caller_speaks
                else chance.choice(_ANSWERS).format(season, size, chance.choice(_BRANDS), figure)
            )
        else:
            aside = chance.choice(_ASIDES if caller_speaks else _REMARKS)
            text = aside.format(figure if "номер" in aside else chance.choice(_CITIES))
        yield place, "caller" if caller_speaks else "agent", text, sorted(search_words(text))
