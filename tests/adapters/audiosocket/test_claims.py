"""A call's UUID opens the line once."""

import os
import time
from pathlib import Path
from uuid import UUID, uuid4

from adapters.audiosocket.claims import DirectoryClaims, InMemoryClaims


def test_a_uuid_is_good_for_one_call() -> None:
    claims, call_id = InMemoryClaims(), uuid4()
    claims.prepare()
    assert [claims.claim(call_id), claims.claim(uuid4()), claims.claim(call_id)] == [True, True, False]


def test_the_last_hundred_thousand_calls_are_remembered_and_no_more() -> None:
    claims = InMemoryClaims()
    for number in range(100_001):
        claims.claim(UUID(int=number))
    assert not claims.claim(UUID(int=100_000))
    assert not claims.claim(UUID(int=1))
    assert claims.claim(UUID(int=0))


def test_of_two_processes_one_gets_the_call(tmp_path: Path) -> None:
    one, other = DirectoryClaims(tmp_path / "claims"), DirectoryClaims(tmp_path / "claims")
    one.prepare()
    other.prepare()
    first, second = uuid4(), uuid4()
    assert [one.claim(first), other.claim(first), one.claim(first)] == [True, False, False]
    assert [other.claim(second), one.claim(second)] == [True, False]


def test_claims_older_than_a_day_are_removed_at_the_start(tmp_path: Path) -> None:
    old, young = uuid4(), uuid4()
    for call_id in (old, young):
        assert DirectoryClaims(tmp_path).claim(call_id)
    day_before_yesterday = time.time() - 48 * 3600
    os.utime(tmp_path / str(old), (day_before_yesterday, day_before_yesterday))
    claims = DirectoryClaims(tmp_path)
    claims.prepare()
    assert [path.name for path in tmp_path.iterdir()] == [str(young)]
    assert [claims.claim(old), claims.claim(young)] == [True, False]


def test_a_failing_disk_turns_no_caller_away(tmp_path: Path) -> None:
    claims, call_id = DirectoryClaims(tmp_path / "not there"), uuid4()
    assert [claims.claim(call_id), claims.claim(call_id)] == [True, False]
