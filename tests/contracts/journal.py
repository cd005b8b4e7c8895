"""What every journal promises, whatever it is written in."""

from dataclasses import replace

from application.ports.journal import Batch, Journal
from tests.contracts.archive import CALL, WHOLE


async def all_of(journal: Journal) -> set[int]:
    """Return the sequences of the entries that lie in it."""
    return {entry.sequence for entry in (await journal.some(1000)).entries}


class JournalContract:
    async def test_what_is_appended_is_there_until_it_is_removed(self, journal: Journal) -> None:
        await journal.append(WHOLE[:2])
        await journal.append(WHOLE[2:])
        batch = await journal.some(1000)
        assert sorted(batch.entries, key=lambda entry: entry.sequence) == list(WHOLE)
        assert await journal.some(1000) == batch
        await journal.remove(batch)
        assert await journal.some(1000) == Batch()

    async def test_a_journal_that_was_never_written_holds_nothing(self, journal: Journal) -> None:
        await journal.append([])
        assert await journal.some(10) == Batch()
        await journal.remove(Batch())

    async def test_what_is_removed_twice_takes_nothing_else_with_it(self, journal: Journal) -> None:
        await journal.append(WHOLE[:1])
        batch = await journal.some(1000)
        await journal.remove(batch)
        await journal.append(WHOLE[1:2])
        await journal.remove(batch)
        assert await all_of(journal) == {1}

    async def test_many_come_some_at_a_time(self, journal: Journal) -> None:
        for number in range(1, 31):
            await journal.append([CALL.turn(number, "так")])
        seen: list[int] = []
        while (batch := await journal.some(7)) != Batch():
            assert len(batch.entries) <= 7
            seen += [entry.sequence for entry in batch.entries]
            await journal.remove(batch)
        assert sorted(seen) == list(range(1, 31))

    async def test_words_of_any_kind_come_back_as_they_were(self, journal: Journal) -> None:
        odd = [
            CALL.turn(1, "лапки \"'\\ \n\r\x85\u2028\x00 😀"),
            replace(CALL.turn(2, ""), confidence=None, language=None),
        ]
        await journal.append(odd)
        assert sorted((await journal.some(10)).entries, key=lambda entry: entry.sequence) == odd
