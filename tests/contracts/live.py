"""What every board of running calls, and every way of commands, must do."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import anyio

from application.ports.live import Command, Commands, Demand, LiveBoard, Sight, Told, Typing
from domain.live import Doing, LiveCall, LiveTranscript, Said
from domain.troubles import Troubles
from domain.visit.visit import Flow

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WORDS = LiveTranscript(
    said=(
        Said("agent", "Добрий день! Чим можу допомогти?"),
        Said("caller", 'Шини "Росава", <205>'),
        Said("tool", "search_tires: T1 Росава", True),
        Said("agent", "Є", True),
    ),
    heard_now="чотири",
    said_now="Рахую",
)


def sight(number: int = 1, **changes: object) -> Sight:
    given: dict[str, object] = {
        "call_id": UUID(int=number, version=4),
        "began": NOON,
        "since": NOON + timedelta(seconds=7.25),
        "caller": "+380671234567",
        "doing": Doing.THINKING,
        "quiet_since": NOON + timedelta(seconds=9),
        "flow": Flow.BUYING,
        "last": WORDS.said[-1],
        "troubles": Troubles(asked_again=1, unanswered=2, refused=3, failures=4),
    }
    return Sight(LiveCall(**{**given, **changes}), WORDS)  # type: ignore[arg-type]


BARE = Sight(LiveCall(call_id=UUID(int=9, version=4), began=NOON, since=NOON), LiveTranscript())


class BoardContract:
    async def test_what_is_shown_is_seen_as_it_is(self, board: LiveBoard) -> None:
        await board.show([sight(), BARE])
        assert set(await board.calls()) == {sight().call, BARE.call}
        assert [await board.look(each.call.call_id) for each in (sight(), BARE)] == [sight(), BARE]

    async def test_what_is_shown_again_takes_the_place_of_what_was(self, board: LiveBoard) -> None:
        await board.show([sight()])
        await board.show([sight(doing=Doing.SPEAKING)])
        assert [call.doing for call in await board.calls()] == [Doing.SPEAKING]

    async def test_what_is_taken_down_is_not_seen(self, board: LiveBoard) -> None:
        await board.show([sight(1), sight(2)])
        await board.take_down([sight(1).call.call_id, UUID(int=7, version=4)])
        assert [call.call_id for call in await board.calls()] == [sight(2).call.call_id]
        assert await board.look(sight(1).call.call_id) is None

    async def test_where_nothing_was_ever_shown_nothing_is_seen(self, board: LiveBoard) -> None:
        await board.show([])
        await board.take_down([])
        assert list(await board.calls()) == [] and await board.look(sight().call.call_id) is None


def command(demand: Demand = Demand.END) -> Command:
    return Command(call_id=UUID(int=1, version=4), demand=demand, by='о"льга')


class Listening:
    def __init__(self) -> None:
        self.heard: list[Told] = []
        self._came = anyio.Event()

    def take(self, command: Told) -> None:
        self.heard.append(command)
        self._came.set()

    async def hear(self, least: int) -> Sequence[Told]:
        with anyio.move_on_after(3):
            while len(self.heard) < least:
                self._came = anyio.Event()
                await self._came.wait()
        return self.heard


@asynccontextmanager
async def listening(commands: Commands) -> AsyncGenerator[Listening, None]:
    """Listen from when the block begins."""
    listening = Listening()

    async def listen() -> None:
        async for each in commands.given():
            listening.take(each)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(listen)
        await anyio.sleep(0.2)
        yield listening
        tasks.cancel_scope.cancel()


class CommandsContract:
    async def test_every_engine_that_listens_hears_every_command(self, commands: Commands) -> None:
        async with listening(commands) as one, listening(commands) as other:
            assert await commands.give(command()) and await commands.give(command(Demand.GIVE_TO_OPERATOR))
            for each in (one, other):
                assert await each.hear(2) == [command(), command(Demand.GIVE_TO_OPERATOR)]

    async def test_a_command_that_nobody_hears_is_told_to_be_one_and_is_not_kept(self, commands: Commands) -> None:
        assert not await commands.give(command())
        async with listening(commands) as late:
            assert await commands.give(command(Demand.GIVE_TO_OPERATOR))
            assert await late.hear(1) == [command(Demand.GIVE_TO_OPERATOR)]

    async def test_words_in_writing_are_told_as_they_were_written(self, commands: Commands) -> None:
        words = Typing(call_id=UUID(int=1, version=4), text='дві "Росави" \\ < 205\n' * 9, by='о"льга')
        async with listening(commands) as engine:
            assert await commands.give(words)
            assert await engine.hear(1) == [words]
