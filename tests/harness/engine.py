"""`callcenter calls` as a process of its own, with every provider emulated and an Asterisk in front.

    async with engine_center() as center:
        phone = await center.answered_phone()
        await phone.speak("Добрий день.")
        await phone.hear("Слухаю вас.")

The callers' voices are real speech, for the engine's voice activity is the
real one; the agent's are words in frames.  Emulators and settings may be
changed while it runs.
"""

import json
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
from anyio.abc import Process
from anyio.streams.text import TextReceiveStream

from domain.audio import Frame
from domain.phrases import UKRAINIAN
from tests.harness.asterisk import EmulatedAsterisk, EmulatedCall
from tests.harness.asterisk_line import Manners
from tests.harness.google import GoogleEmulator
from tests.harness.llm import LanguageEmulator
from tests.harness.phone import Phone
from tests.harness.recordings import known_again, record

ROOT = Path(__file__).parents[2]
KEY = "key-of-the-model"
CALLER = "380671234567"
_READY_SECONDS = 30.0
_END_SECONDS = 10.0


class Engine:
    """A running `python -m entrypoints.calls`, or another of our programs."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.log = ""
        """All that it has written."""
        self._changed = anyio.Event()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return what it has logged: an object a line."""
        return [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]

    def terminate(self) -> None:
        self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self._process.kill()

    async def ended(self, *, within: float = _END_SECONDS) -> int:
        """Wait for its end; return its exit code."""
        with anyio.fail_after(within):
            return await self._process.wait()

    async def logged(
        self, event: str, *, times: int = 1, within: float = _READY_SECONDS, **fields: object
    ) -> dict[str, Any]:
        """Wait until it has logged this so many times, with these fields among others; return the last of them."""
        wanted = {"event": event, **fields}.items()
        with anyio.move_on_after(within):
            while len(found := [each for each in self.events if wanted <= each.items()]) < times:
                if self._process.returncode is not None:
                    break
                await self._changed.wait()
            else:
                return found[times - 1]
        raise AssertionError(f"the engine has not logged {dict(wanted)}:\n{self.log}")

    async def read(self) -> None:
        assert self._process.stderr is not None
        async for text in TextReceiveStream(self._process.stderr, errors="replace"):
            self.log += text
            self._tell()
        await self._process.wait()
        self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()


@asynccontextmanager
async def process(
    *arguments: str, folder: Path, module: str = "entrypoints.calls", **settings: str
) -> AsyncGenerator[Engine, None]:
    """Run the engine with these settings and no others; it ends with the block."""
    command = [sys.executable, "-m", module, *arguments]
    running = await anyio.open_process(command, stdin=None, stdout=None, cwd=folder, env=alone(settings))
    async with running, anyio.create_task_group() as tasks:
        engine = Engine(running)
        tasks.start_soon(engine.read)
        try:
            yield engine
        finally:
            with anyio.CancelScope(shield=True):
                await _end(running)
            tasks.cancel_scope.cancel()


def alone(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that sees these settings and none of this machine's."""
    return {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "", **settings}


async def _end(running: Process) -> None:
    if running.returncode is None:
        running.terminate()
    with anyio.move_on_after(_END_SECONDS):
        await running.wait()
    if running.returncode is None:
        running.kill()


@dataclass(slots=True, kw_only=True)
class EngineCenter:
    engine: Engine
    google: GoogleEmulator
    language: LanguageEmulator
    asterisk: EmulatedAsterisk
    recordings: Mapping[str, Sequence[Frame]]
    folder: Path
    """Where it keeps its data."""

    async def phone(self, *, silence_suppression: bool = False) -> "SpeakingPhone":
        """Have a caller dial."""
        call = await self.asterisk.dial(caller=CALLER, silence_suppression=silence_suppression)
        return SpeakingPhone(call, self.recordings)

    async def answered_phone(self, *, silence_suppression: bool = False) -> "SpeakingPhone":
        """Have a caller dial and hear the greeting out."""
        phone = await self.phone(silence_suppression=silence_suppression)
        await phone.hear(UKRAINIAN.greeting_question)
        await phone.hear_out()
        return phone

    async def ended(self, phone: Phone) -> dict[str, Any]:
        """Wait for what the engine logs of a call that has ended."""
        return await self.engine.logged("call ended", call_id=str(phone.call.uuid))

    def run_version(self, version: str) -> None:
        """Have Asterisk behave as this version from the next call on."""
        self.asterisk.version, self.asterisk.manners = version, Manners.of(version)


class SpeakingPhone(Phone):
    """A phone whose caller has a real voice."""

    def __init__(self, call: EmulatedCall, recordings: Mapping[str, Sequence[Frame]]) -> None:
        super().__init__(call)
        self._recordings = recordings

    async def speak(self, text: str) -> None:
        """Say a recorded sentence; return when its last frame has left."""
        await self.call.say_frames(self._recordings[text])


async def recorded(*texts: str) -> dict[str, Sequence[Frame]]:
    """Have these sentences spoken, from the first sound to the last."""
    return {text: _sounding(await record(text)) for text in texts}


def _sounding(audio: list[Frame]) -> list[Frame]:
    loud = [index for index, frame in enumerate(audio) if max(memoryview(frame).cast("h")) > 1_000]
    return audio[loud[0] : loud[-1] + 1]


@asynccontextmanager
async def engine_center(
    *arguments: str, recordings: Mapping[str, Sequence[Frame]], module: str = "entrypoints.calls", **settings: str
) -> AsyncGenerator[EngineCenter, None]:
    """Open a call center whose callers can say these recordings, with these settings besides those of the emulators."""
    google, language = GoogleEmulator(), LanguageEmulator()
    google.speech.recordings = language.recordings = known_again(recordings)
    google.voice.frames_a_word = 3
    asterisk = EmulatedAsterisk(engine=("127.0.0.1", 0))
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        for emulator in (google, language, asterisk):
            await stack.enter_async_context(emulator)
        given = {
            "ANTHROPIC_API_KEY": KEY,
            "ANTHROPIC_BASE_URL": language.url,
            "GOOGLE_STT_ENDPOINT": google.endpoint,
            "GOOGLE_TTS_ENDPOINT": google.endpoint,
            "TTS_CACHE_DIR": str(folder / "voice"),
            "ARI_URL": asterisk.ari.url,
            "ARI_USER": "callcenter",
            "ARI_PASSWORD": "secret",
            "AUDIOSOCKET_HOST": "127.0.0.1",
            "AUDIOSOCKET_PORT": "0",
        }
        running = process(*arguments, folder=folder, module=module, **{**given, **settings})
        engine = await stack.enter_async_context(running)
        port = (await engine.logged("answering calls"))["port"]
        asterisk.variables["CALL_PROCESSOR"] = f"127.0.0.1:{port}"
        yield EngineCenter(
            engine=engine,
            google=google,
            language=language,
            asterisk=asterisk,
            recordings=recordings,
            folder=folder,
        )


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
