"""One recognizer for some callers, another for the rest, who also takes over when the first fails.

Rule 1: a failure of the recognizer that is being tried costs the caller the
words of the moment, never the call.
Rule 2: utterances go on being numbered; one that was lost gets an empty final.
"""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace

import anyio

from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear, SpeechRecognizer
from domain.audio import Frame
from domain.errors import Unavailable
from domain.speech import Expectation, Hypothesis

_REPLACED_SECONDS = 5.0


class RecognizerByCaller:
    def __init__(
        self, google: SpeechRecognizer, whisper: SpeechRecognizer, choose: Callable[[str | None], bool]
    ) -> None:
        self._google = google
        self._whisper = whisper
        self._choose = choose

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        async with AsyncExitStack() as stack:
            tried = await self._tried(stack, caller, used)
            if tried is None:
                yield await stack.enter_async_context(self._google.listen(caller, used))
                return
            ear = _ReplaceableEar(tried)
            await stack.enter_async_context(self._stood_by(caller, used, ear))
            yield ear

    async def _tried(self, stack: AsyncExitStack, caller: str | None, used: Meter) -> Ear | None:
        if not self._choose(caller):
            return None
        try:
            return await stack.enter_async_context(self._whisper.listen(caller, used))
        except Unavailable:
            return None

    @asynccontextmanager
    async def _stood_by(self, caller: str | None, used: Meter, ear: "_ReplaceableEar") -> AsyncGenerator[None, None]:
        raised: Exception | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(self._stand_by, caller, used, ear)
            try:
                yield
            except Exception as error:  # noqa: BLE001
                raised = error  # and not from within the group, which would wrap it
            group.cancel_scope.cancel()
        if raised is not None:
            raise raised

    async def _stand_by(self, caller: str | None, used: Meter, ear: "_ReplaceableEar") -> None:
        """Open the other ear when it is needed; it is closed where it was opened, when the call ends."""
        await ear.lost.wait()
        try:
            async with self._google.listen(caller, used) as other:
                ear.replace(other)
                await anyio.sleep_forever()
        except Unavailable:
            ear.give_up()


class _ReplaceableEar:
    def __init__(self, ear: Ear) -> None:
        self.lost = anyio.Event()
        self._ear = ear
        self._settled = anyio.Event()
        self._is_replaced = False
        self._finished = 0
        self._before = 0
        """Utterances that were finished before the ear was replaced."""
        self._expectation = Expectation.FREE

    def hear(self, frame: Frame, *, voiced: bool) -> None:
        self._ear.hear(frame, voiced=voiced)

    def finish(self) -> None:
        self._finished += 1
        self._ear.finish()

    def expect(self, expectation: Expectation) -> None:
        self._expectation = expectation
        self._ear.expect(expectation)

    def replace(self, ear: Ear) -> None:
        ear.expect(self._expectation)
        self._ear, self._before, self._is_replaced = ear, self._finished, True
        self._settled.set()

    def give_up(self) -> None:
        self._settled.set()

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        answered = 0
        try:
            async with aclosing(self._ear.hypotheses()) as beliefs:
                async for belief in beliefs:
                    answered += belief.final
                    yield belief
            return
        except Unavailable:
            self.lost.set()
        with anyio.move_on_after(_REPLACED_SECONDS):
            await self._settled.wait()
        if not self._is_replaced:
            raise Unavailable("no recognizer takes over")
        for lost in range(answered, self._before):
            yield Hypothesis(lost, "", final=True)
        async with aclosing(self._ear.hypotheses()) as beliefs:
            async for belief in beliefs:
                yield replace(belief, utterance=self._before + belief.utterance)
