"""One call's recognition by Google.

Rule 1: each utterance has a stream of its own.  The next one's is opened when
an utterance is finished, not before: from that moment on it gets all audio,
silence too, so it is never idle, and audio waits for it in the meantime.
Rule 2: a stream that breaks is followed at once by another that hears the last
seconds again; three failures in a row are the end.
Rule 3: a stream that grows old is followed by another at a pause, and both
hear the second after it.  While the caller speaks without a pause, Google's
own end of the stream is the rotation: rule 2 covers it.
Rule 4: hints belong to a stream.  When another question is asked, a stream with
the hints of that question takes the place of the one that has heard nothing yet.
Rule 5: an utterance is over when its streams are, or three seconds after it
was finished; what is believed by then is its final.
Rule 6: what Google has heard is told with each utterance: all audio that was sent, of all its streams.
"""

from collections import deque
from collections.abc import AsyncGenerator
from typing import Any

import anyio
from anyio.abc import TaskGroup

from adapters.google.channel import Channels
from adapters.google.configurations import Configurations
from adapters.google.errors import Refused
from adapters.google.recent import BYTES_PER_SECOND
from adapters.google.stream import RecognitionStream, RecognizerFigures
from adapters.google.utterance import Part, Utterance
from application.ports.metering import Meter
from domain.audio import FRAME_BYTES, Frame
from domain.errors import Unavailable
from domain.speech import Expectation, Hypothesis
from domain.usage import EarUsage

_PROVIDER = "google"
_SPEECH_CHUNK_BYTES = 2 * FRAME_BYTES  # 40 ms: soon there
_SILENCE_CHUNK_BYTES = 5 * FRAME_BYTES  # 100 ms: cheap
_PAUSE_FRAMES = 15  # 0.3 s without voice
_PULSE_SECONDS = 0.5
_PULSES_WITHOUT_AUDIO = 2
_OVERLAP_BYTES = BYTES_PER_SECOND
_FINAL_WITHIN = 3.0
_MOST_FAILURES = 3
_HEALTHY_AFTER = 5.0
_PAUSES_BEFORE_RETRY = (0.0, 0.3, 0.7, 0.0)
"""By failures in a row: a healthy stream that is cut is followed at once."""


class _HintsRefused(Exception):
    """The same is to be asked for without hints."""


class GoogleEar:
    def __init__(
        self,
        channels: Channels,
        configurations: Configurations,
        tasks: TaskGroup,
        *,
        rotate_after_seconds: float,
        figures: RecognizerFigures,
        used: Meter,
    ) -> None:
        self._channels = channels
        self._configurations = configurations
        self._tasks = tasks
        self._rotate_after_seconds = rotate_after_seconds
        self._figures = figures
        self._used = used
        self._sent_bytes = 0
        """Of audio, since it was told last."""
        self._chunk = bytearray()
        self._frames = 0
        self._quiet_frames = _PAUSE_FRAMES
        self._expectation = Expectation.FREE
        self._failures = 0
        self._failure: Unavailable | None = None
        self._news = anyio.Event()
        self._utterance = Utterance(0)
        self._untold = deque([self._utterance])
        self._stream: RecognitionStream | None = None
        self._streams: TaskGroup | None = None
        tasks.start_soon(self._attend, self._utterance)
        tasks.start_soon(self._keep_alive)

    def hear(self, frame: Frame, *, voiced: bool) -> None:
        self._chunk += frame
        self._frames += 1
        self._quiet_frames = 0 if voiced else self._quiet_frames + 1
        full = _SPEECH_CHUNK_BYTES if self._quiet_frames < _PAUSE_FRAMES else _SILENCE_CHUNK_BYTES
        if len(self._chunk) >= full:
            self._pass_on()
        if self._quiet_frames == _PAUSE_FRAMES:
            self._rotate_when_due()

    def finish(self) -> None:
        self._pass_on()
        finished = self._utterance
        finished.audio.finish()
        finished.finished.set()
        self._utterance = Utterance(finished.number + 1)
        self._untold.append(self._utterance)
        self._stream = self._streams = None
        if self._failure is None:
            self._tasks.start_soon(self._attend, self._utterance)

    def expect(self, expectation: Expectation) -> None:
        """Have what comes heard with the hints of this question, unless the caller speaks already."""
        before, self._expectation = self._expectation, expectation
        silent = self._quiet_frames >= _PAUSE_FRAMES and not self._utterance.text
        if silent and not self._configurations.alike(before, expectation):
            self._replace_stream(overlap_bytes=0)

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        while True:
            hypothesis = self._next()
            if hypothesis is not None:
                yield hypothesis
                continue
            if self._failure is not None:
                raise self._failure
            self._news = anyio.Event()
            await self._news.wait()

    def _next(self) -> Hypothesis | None:
        oldest = self._untold[0]
        if oldest.settled:
            self._untold.popleft()
            return oldest.final()
        return oldest.interim()

    def tell_used(self) -> None:
        """Tell what Google has heard since it was told last."""
        capability = self._configurations.capability
        if self._sent_bytes and capability is not None:
            seconds = self._sent_bytes / BYTES_PER_SECOND
            self._used(EarUsage(provider=_PROVIDER, model=capability.model, seconds=seconds))
        self._sent_bytes = 0

    def _count_sent(self, size: int) -> None:
        self._sent_bytes += size

    def _pass_on(self) -> None:
        if self._chunk:
            self._utterance.audio.append(bytes(self._chunk))
            self._chunk.clear()

    async def _attend(self, utterance: Utterance) -> None:
        """Have an utterance heard, from its first audio to its final."""
        with anyio.CancelScope() as bound:
            async with anyio.create_task_group() as streams:
                if utterance is self._utterance:
                    self._streams = streams
                streams.start_soon(self._listen, utterance, 0)
                await utterance.finished.wait()
                bound.deadline = anyio.current_time() + _FINAL_WITHIN
        if bound.cancelled_caught and not utterance.answered:
            self._failed(Unavailable("Google Speech: no answer to the end of an utterance"))
        self.tell_used()
        utterance.settled = True
        self._news.set()

    async def _listen(self, utterance: Utterance, began: int) -> None:
        """Keep a stream on the utterance until its end, or until a younger one has taken its place."""
        part = utterance.begin_part(overlaps=began > 0)
        while self._failure is None:
            stream = self._stream_for(utterance, part, began)
            try:
                await self._run(stream)
            except Refused as refusal:
                self._configurations.forget()
                return self._fail(refusal)
            except _HintsRefused:
                if stream.retired:
                    return
                part, began = utterance.follow(part)
            except Unavailable as trouble:
                if stream.retired:
                    return
                if stream.answered or stream.age > _HEALTHY_AFTER:
                    self._failures = 0
                else:
                    self._failed(trouble)
                await anyio.sleep(_PAUSES_BEFORE_RETRY[self._failures])
                self._figures.reopened += 1
                part, began = utterance.follow(part)
            else:
                self._failures = 0
                return

    async def _run(self, stream: RecognitionStream) -> None:
        asked = self._expectation
        configuration = await self._configurations.accepted(asked)
        try:
            await stream.run(configuration)
        except Refused as refusal:
            if not self._configurations.do_without_hints(asked, configuration):
                raise
            raise _HintsRefused from refusal

    def _stream_for(self, utterance: Utterance, part: Part, began: int) -> RecognitionStream:
        def told(response: Any) -> None:
            self._failures = 0
            utterance.take(response, part, stream.began)
            self._news.set()

        stream = RecognitionStream(self._channels, utterance.audio, began, told, self._figures, sent=self._count_sent)
        if utterance is self._utterance:
            self._stream = stream
        return stream

    async def _keep_alive(self) -> None:
        """Feed silence where no audio comes, and see that no stream gets too old."""
        heard, missing = 0, 0
        while True:
            await anyio.sleep(_PULSE_SECONDS)
            missing = missing + 1 if self._frames == heard else 0
            heard = self._frames
            if missing >= _PULSES_WITHOUT_AUDIO:
                self._pass_on()
                self._utterance.audio.append(bytes(_SILENCE_CHUNK_BYTES))
                self._quiet_frames += _PAUSE_FRAMES
            if self._quiet_frames >= _PAUSE_FRAMES:
                self._rotate_when_due()

    def _rotate_when_due(self) -> None:
        if self._stream is not None and self._stream.age >= self._rotate_after_seconds:
            self._figures.rotated += 1
            self._replace_stream(overlap_bytes=_OVERLAP_BYTES)

    def _replace_stream(self, *, overlap_bytes: int) -> None:
        """Have another stream hear what comes; the one before hears so much of it too."""
        stream, streams, utterance = self._stream, self._streams, self._utterance
        if stream is None or streams is None:
            return
        began = utterance.audio.end
        stream.retire(began + overlap_bytes)
        self._stream = None
        streams.start_soon(self._listen, utterance, began)

    def _failed(self, trouble: Unavailable) -> None:
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self._fail(trouble)

    def _fail(self, trouble: Unavailable) -> None:
        self._failure = trouble
        self._news.set()
