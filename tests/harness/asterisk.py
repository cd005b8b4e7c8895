"""An Asterisk that runs our own dialplan: a caller dials, and what becomes of him can be watched.

    async with EmulatedAsterisk(version="20.6", engine=("127.0.0.1", port)) as asterisk:
        call = await asterisk.dial(caller="380671234567")
        await call.say_frames(words)
        call.press("5")
        await call.until(lambda: call.where == "queue")
        await call.hang_up()

`asterisk/extensions.conf` is read and interpreted as it stands, its AudioSocket
is a real connection to `engine`, its ARI a real server at `asterisk.ari.url`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal
from uuid import UUID, uuid4

import anyio

from tests.harness.ari import EmulatedAri
from tests.harness.asterisk_line import Heard, Manners, Phone, audio_socket, plain_close
from tests.harness.dialplan import Dialplan, called, filtered, substitute

CONFIGURATION = Path(__file__).parents[2] / "asterisk"
NORMAL_CLEARING = 16

Where = Literal["dialplan", "agent", "queue", "operator", "tones", "hung_up"]


class EmulatedAsterisk:
    """A switchboard of one version; all it owns lives between `async with` and its end."""

    def __init__(
        self,
        *,
        version: str = "22.10",
        engine: tuple[str, int],
        user: str = "callcenter",
        password: str = "secret",
        settings: Mapping[str, str] | None = None,
        operators_free: int = 1,
        plain_close_fails: float = 46 / 600,
        seed: int = 0,
    ) -> None:
        """`settings` overrides what stands in [globals]; `plain_close_fails` is the share of closes that reset."""
        self.version = version
        self.manners = Manners.of(version)
        self.dialplan = Dialplan.read(CONFIGURATION / "extensions.conf")
        host, port = engine
        self.dialplan.settings |= {"CALL_PROCESSOR": f"{host}:{port}"} | dict(settings or {})
        self.variables = dict(self.dialplan.settings)
        """Global variables, those of [globals] among them."""
        self.database: dict[str, str] = {}
        """AstDB; `database["callcenter/bypass"] = "1"` is the emergency bypass."""
        self.engine_answers = True
        """Whether anybody answers a SYN at the engine's address."""
        self.calls: list[EmulatedCall] = []
        self.phones: dict[str, str] = {}
        """States of phones, by device: `phones["PJSIP/101"] = "NOT_INUSE"`."""
        self.ari = EmulatedAri(self, user=user, password=password)
        self.resets = plain_close(fails=plain_close_fails, seed=seed)
        self._operators_free = operators_free
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "EmulatedAsterisk":
        await self._stack.enter_async_context(self.ari)
        self._tasks = await self._stack.enter_async_context(anyio.create_task_group())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        self._tasks.cancel_scope.cancel()
        return await self._stack.__aexit__(kind, error, trace)

    async def dial(
        self,
        *,
        caller: str | None = "380671234567",
        exten: str = "0800300200",
        message_bytes: int = 320,
        silence_suppression: bool = False,
    ) -> "EmulatedCall":
        """Have a caller dial; he is in the dialplan when this returns.

        `message_bytes` follows the phone's packet time: 320 for 20 ms, 960
        for 60.  With silence suppression nothing is sent between his words.
        """
        call = EmulatedCall(
            self, caller=caller, exten=exten, message_bytes=message_bytes, silence_suppression=silence_suppression
        )
        self.calls.append(call)
        self._tasks.start_soon(call.run)
        return call

    @property
    def left_behind(self) -> dict[str, str]:
        """Global variables that no setting of ours put there."""
        return {name: value for name, value in self.variables.items() if name not in self.dialplan.settings}

    @property
    def operators_free(self) -> int:
        return self._operators_free

    async def set_operators_free(self, operators: int) -> None:
        self._operators_free = operators
        device = f"Queue:{self.variables['OPERATORS']}_avail"
        state = {"name": device, "state": self.device_state(device)}
        await self.ari.tell("DeviceStateChanged", device_state=state)

    async def pick_up(self, call: "EmulatedCall") -> None:
        """Have an operator take this caller from the queue."""
        call.picked_up.set()
        await call.until(lambda: call.where == "operator")

    def channels(self) -> list[dict[str, object]]:
        return [call.channel() for call in self.calls if call.where != "hung_up"]

    def bridges(self) -> list[dict[str, object]]:
        return [{"id": f"bridge-{call.id}", "channels": [call.id]} for call in self.calls if call.where == "operator"]

    def device_state(self, device: str) -> str:
        if device != f"Queue:{self.variables['OPERATORS']}_avail":
            return self.phones.get(device, "INVALID")
        return "NOT_INUSE" if self._operators_free > 0 else "INUSE"


class EmulatedCall:
    """A caller and his channel."""

    def __init__(
        self,
        asterisk: EmulatedAsterisk,
        *,
        caller: str | None,
        exten: str,
        message_bytes: int,
        silence_suppression: bool,
    ) -> None:
        self.id = f"1795300000.{len(asterisk.calls)}"
        self._created = datetime.now(UTC)
        self.where: Where = "dialplan"
        self.cause: int | None = None
        """Why the channel was destroyed (Q.850), None while it lives."""
        self.picked_up = anyio.Event()
        self.name_shown = ""
        """What the operator's phone shows for the caller's name."""
        self._asterisk = asterisk
        self._caller = caller or ""
        self._exten, self._priority = exten, 1
        self._variables: dict[str, str] = {}
        self._application = ""
        self._arguments = ""
        self._watchdog_at = float("inf")
        self._scope = anyio.CancelScope()
        self._changed = anyio.Event()
        self._phone = Phone(
            message_bytes=message_bytes, silence_suppression=silence_suppression, changed=self._tell_change
        )

    # What a test does.

    async def say_frames(self, frames: Sequence[bytes]) -> None:
        """Say this in real time; return when the last of it has left (or the call has ended)."""
        await self._phone.say(b"".join(frames)).wait()

    def press(self, digits: str) -> None:
        self._phone.digits.extend(digits)

    async def hang_up(self) -> None:
        """Put the phone down; return when the channel is gone."""
        self._scope.cancel()
        await self.until(lambda: self.where == "hung_up")

    async def until(self, condition: Callable[[], bool], *, within: float = 5.0) -> None:
        """Wait for a change of this call; raise TimeoutError when it does not come."""
        with anyio.fail_after(within):
            while not condition():
                await self._changed.wait()

    @property
    def uuid(self) -> UUID | None:
        return UUID(value) if (value := self._variables.get("CALL_UUID")) else None

    @property
    def try_status(self) -> str | None:
        """What TryExec made of the line's end: SUCCESS or FAILED."""
        return self._variables.get("TRYSTATUS")

    @property
    def queue_status(self) -> str | None:
        return self._variables.get("QUEUESTATUS")

    @property
    def heard(self) -> list[Heard]:
        """What reached the caller's ear, with the time it came."""
        return self._phone.heard

    @property
    def heard_slin(self) -> bytes:
        return b"".join(heard.slin for heard in self._phone.heard)

    @property
    def lost(self) -> list[Heard]:
        """What was sent faster than real time and fell on the floor."""
        return self._phone.lost

    @property
    def faults(self) -> list[str]:
        """What the engine sent that no engine should."""
        return self._phone.faults

    # What Asterisk does.

    async def run(self) -> None:
        await self._tell("ChannelCreated")
        with self._scope:
            await self._walk(self._exten)
        self._phone.put_down()
        self._watchdog_at = float("inf")
        await self._walk("h")
        self.cause = self.cause or NORMAL_CLEARING
        self._move("hung_up")
        await self._tell("ChannelDestroyed", cause=self.cause, cause_txt="Normal Clearing")

    def channel(self) -> dict[str, object]:
        """Return the channel as ARI shows it."""
        return {
            "id": self.id,
            "name": f"PJSIP/trunk-{self.id}",
            "state": "Up",
            "caller": {"name": self.name_shown, "number": self._caller},
            "connected": {"name": "", "number": ""},
            "dialplan": {
                "context": "incoming",
                "exten": self._exten,
                "priority": self._priority,
                "app_name": self._application,
                "app_data": self._arguments,
            },
            "creationtime": f"{self._created:%Y-%m-%dT%H:%M:%S}.{self._created.microsecond // 1000:03}+0000",
            "channelvars": {"CALL_UUID": self._variables.get("CALL_UUID", "")},
        }

    async def _walk(self, exten: str) -> None:
        self._exten, self._priority = exten, 1
        while step := self._asterisk.dialplan.step("incoming", self._exten, self._priority):
            self._priority += 1
            with anyio.CancelScope(deadline=self._watchdog_at) as watchdog:
                if await self._do(step.application, substitute(step.arguments, self._read)):
                    return
            if watchdog.cancelled_caught:
                self._watchdog_at = float("inf")
                self._exten, self._priority = "T", 1

    async def _do(self, application: str, arguments: str) -> bool:
        """Run an application; return whether the call is over."""
        self._application, self._arguments = application, arguments
        match application:
            case "Answer" | "NoOp":
                return False
            case "Set":
                name, _, value = arguments.partition("=")
                await self._set(name, value)
            case "Goto":
                self._go(arguments)
            case "GotoIf":
                condition, _, label = arguments.partition("?")
                if condition not in ("", "0"):
                    self._go(label)
            case "ExecIf":
                condition, _, inner = arguments.partition("?")
                return condition not in ("", "0") and await self._do(*called(inner))
            case "TryExec":
                await self._try(*called(arguments))
            case "Queue":
                return await self._queue(arguments)
            case "Dial":
                self._move("tones")
                await anyio.sleep(float(arguments.split(",")[1]))
            case "Congestion":
                self._move("tones")
                await anyio.sleep(float(arguments))
                return True
            case "Hangup":
                self.cause = int(arguments)
                return True
            case _:
                raise NotImplementedError(f"the emulator knows no application {application}")
        return False

    async def _try(self, application: str, arguments: str) -> None:
        if application != "AudioSocket":
            raise NotImplementedError(f"TryExec({application}())")
        self._application, self._arguments = application, arguments
        call_id, address = arguments.split(",")
        host, _, port = address.rpartition(":")
        self._move("agent")
        await self._tell("ChannelDialplan", dialplan_app=application, dialplan_app_data=arguments)
        if self._asterisk.engine_answers:
            manners, resets = self._asterisk.manners, self._asterisk.resets
            succeeded = await audio_socket(
                self._phone, UUID(call_id), (host, int(port)), manners=manners, resets=resets
            )
        else:
            await anyio.sleep(2.0)  # Asterisk's bound on a connection
            succeeded = False
        self._variables["TRYSTATUS"] = "SUCCESS" if succeeded else "FAILED"
        self._move("dialplan")

    async def _queue(self, arguments: str) -> bool:
        name, options, _, _, seconds = arguments.split(",")
        if name != self._asterisk.variables["OPERATORS"]:
            raise NotImplementedError(f"no queue {name}")
        if not set(options) <= set("tTrRkKhHcCn"):
            raise NotImplementedError(f"options of Queue: {options}")
        self._move("queue")
        await self._tell("ChannelDialplan", dialplan_app="Queue", dialplan_app_data=arguments)
        with anyio.move_on_after(float(seconds)):
            await self.picked_up.wait()
            self._move("operator")
            await self._tell("ChannelEnteredBridge", bridge={"id": f"bridge-{self.id}", "channels": [self.id]})
        if self.where != "operator":
            self._variables["QUEUESTATUS"] = "TIMEOUT"
            return False
        await anyio.sleep_forever()
        return True

    async def _set(self, name: str, value: str) -> None:
        if "(" not in name:
            self._variables[name] = value
            await self._tell("ChannelVarset", variable=name, value=value)
            return
        match called(name):
            case "GLOBAL", variable:
                self._asterisk.variables[variable] = value
            case "GLOBAL_DELETE", variable:
                if self._asterisk.manners.deletes_globals:
                    self._asterisk.variables.pop(variable, None)
            case "TIMEOUT", "absolute":
                seconds = float(value)
                self._watchdog_at = anyio.current_time() + seconds if seconds else float("inf")
            case "CALLERID", "name":
                self.name_shown = value
            case _:
                raise NotImplementedError(f"Set({name})")

    def _read(self, what: str) -> str:
        if "(" not in what:
            return self._variable(what)
        match called(what):
            case "UUID", "":
                return str(uuid4())
            case "GLOBAL", variable:
                return self._asterisk.variables.get(variable, "")
            case "DB", key:
                return self._asterisk.database.get(key, "")
            case "FILTER", arguments:
                allowed, _, text = arguments.partition(",")
                return filtered(allowed, text)
            case _:
                raise NotImplementedError(f"${{{what}}}")

    def _variable(self, name: str) -> str:
        if name == "EXTEN":
            return self._exten
        return self._variables.get(name, self._asterisk.variables.get(name, ""))

    def _go(self, place: str) -> None:
        match place.split(","):
            case [label] if not label.isdigit():
                self._priority = self._asterisk.dialplan.labelled("incoming", self._exten, label)
            case [exten, priority]:
                self._exten, self._priority = exten, int(priority)
            case _:
                raise NotImplementedError(f"Goto({place})")

    def _move(self, where: Where) -> None:
        self.where = where
        self._tell_change()

    def _tell_change(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()

    async def _tell(self, kind: str, **what: object) -> None:
        await self._asterisk.ari.tell(kind, channel=self.channel(), **what)
