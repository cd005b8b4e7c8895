"""The switchboard over ARI, Asterisk's REST interface with its events.

Rule 1: on a channel inside AudioSocket() ARI refuses everything, so that what
comes after the line is said by global variables: the dialplan reads
`TRANSFER_<uuid>` and `HANDOVER_REASON_<uuid>` and removes them.
Rule 2: events are hints that spare questions.  Whatever they tell can be asked
for as well, and what is not known while they are away is None.
Rule 3: nobody waits longer for ARI than a second (who is calling, who is there) or two
(what comes next); no answer is `Unavailable`.
"""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID, uuid4

import aiohttp
import anyio
import structlog
from anyio.abc import TaskStatus

from adapters.asterisk.channels import Channels, call_of
from adapters.asterisk.queue import device_of, is_free, parted
from adapters.asterisk.rest import asked, listed, told
from domain.errors import Unavailable
from domain.hand_over import Card

_CALLER_SECONDS = 1.0
_EVENT_SECONDS = 0.05  # an event about a new call is about as quick as the call's own connection
_AGAIN_SECONDS = 0.1
_SAY_SECONDS = 2.0
_FIRST_TRY_SECONDS = 0.9
_CONNECT_SECONDS = 5.0
_HEARTBEAT_SECONDS = 10.0
_SURVEY_SECONDS = 5.0
_SURVEY_PAUSE_SECONDS = 0.5  # events come in swarms: one look answers them all
_BACKOFF_SECONDS = 0.1
_MOST_BACKOFF_SECONDS = 5.0
_STEADY_SECONDS = 10.0  # a connection that lived so long was no accident
_STIRRING = frozenset({"ChannelDialplan", "ChannelEnteredBridge", "ChannelLeftBridge", "ChannelDestroyed"})

_log = structlog.get_logger(__name__)


class AsteriskSwitchboard:
    """Fulfils the port `Switchboard`; does its work between the start and the end of `run`."""

    def __init__(self, *, url: str, user: str, password: str, queue: str = "operators") -> None:
        self._url = url.rstrip("/")
        self._auth = aiohttp.encode_basic_auth(user, password)
        self._queue = queue
        self._device = device_of(queue)
        self._application = f"callcenter-{uuid4().hex[:8]}"
        """Of this process alone: Asterisk ends the older of two connections of one name."""
        self._session: aiohttp.ClientSession | None = None
        self._channels = Channels()
        self._connected = False
        self._stirred = anyio.Event()
        self._operator_free: bool | None = None
        self._queue_length: int | None = None

    @property
    def operator_free(self) -> bool | None:
        return self._operator_free

    @property
    def queue_length(self) -> int | None:
        return self._queue_length

    @property
    def connected(self) -> bool:
        """Whether Asterisk's events come in."""
        return self._connected

    async def caller(self, call_id: UUID) -> str | None:
        try:
            with anyio.fail_after(_CALLER_SECONDS):
                if self._connected:
                    await self._channels.introduced(call_id, within=_EVENT_SECONDS)
                if call_id not in self._channels and not await self._look_for(call_id):
                    await anyio.sleep(_AGAIN_SECONDS)
                    await self._look_for(call_id)
        except TimeoutError:
            raise Unavailable("ARI did not say in time who is calling") from None
        return self._channels.caller(call_id)

    async def on_line(self, call_id: UUID) -> bool:
        try:
            with anyio.fail_after(_CALLER_SECONDS):
                return any(call_of(channel) == call_id for channel in await self._list("/channels"))
        except TimeoutError:
            raise Unavailable("ARI did not say in time who is on the line") from None

    async def hand_over(self, call_id: UUID, card: Card) -> None:
        deadline = anyio.current_time() + _SAY_SECONDS
        if not await self._say(call_id, "operators"):
            return
        with anyio.CancelScope(deadline=deadline), suppress(Unavailable):
            # The operator can do without the reason; the caller cannot do without the operator.
            await self._set_global(f"HANDOVER_REASON_{call_id}", card.reason.value)

    async def release(self, call_id: UUID) -> None:
        await self._say(call_id, "hangup")

    def cause(self, call_id: UUID) -> int | None:
        return self._channels.cause(call_id)

    async def run(self, *, task_status: TaskStatus[None] = anyio.TASK_STATUS_IGNORED) -> None:
        """Keep in touch with Asterisk until cancelled; started at once, whether ARI answers or not."""
        timeout = aiohttp.ClientTimeout(total=_CONNECT_SECONDS)
        async with aiohttp.ClientSession(headers={"Authorization": self._auth}, timeout=timeout) as session:
            self._session = session
            try:
                async with anyio.create_task_group() as loops:
                    loops.start_soon(self._attend, session)
                    loops.start_soon(self._survey)
                    task_status.started()
            finally:
                self._session = None
                self._lose()

    async def _attend(self, session: aiohttp.ClientSession) -> None:
        backoff, known = _BACKOFF_SECONDS, True
        while True:
            began = anyio.current_time()
            try:
                await self._listen(session)
                trouble = "closed"
            except (aiohttp.ClientError, OSError, ValueError) as error:
                trouble = told(error)
            if self._connected or known:
                _log.warning("ari_lost", trouble=trouble)
            known = False
            self._lose()
            if anyio.current_time() - began > _STEADY_SECONDS:
                backoff = _BACKOFF_SECONDS
            await anyio.sleep(backoff)
            backoff = min(backoff * 2, _MOST_BACKOFF_SECONDS)

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        about = {"app": self._application, "subscribeAll": "true"}
        async with session.ws_connect(f"{self._url}/events", params=about, heartbeat=_HEARTBEAT_SECONDS) as events:
            _log.info("ari_found")
            self._connected = True
            self._stirred.set()
            async for event in events:
                if event.type is aiohttp.WSMsgType.TEXT:
                    self._learn(event.json())

    def _learn(self, event: object) -> None:
        match event:
            case {"type": "ChannelVarset", "variable": "CALL_UUID", "value": str(value), "channel": dict(channel)}:
                self._channels.introduce(value, channel)
            case {"type": "ChannelDestroyed", "cause": int(cause), "channel": {"id": str(channel_id)} as channel}:
                self._channels.destroyed(channel_id, call_of(channel), cause)
            case {"type": "DeviceStateChanged", "device_state": {"name": self._device, "state": str(state)}}:
                self._operator_free = is_free({"state": state})
        match event:
            case {"type": str(kind)} if kind in _STIRRING:
                self._stirred.set()

    def _lose(self) -> None:
        self._connected = False
        self._operator_free = self._queue_length = None

    async def _survey(self) -> None:
        """Look at the operators and their queue whenever something stirs, and now and then besides."""
        while True:
            with anyio.move_on_after(_SURVEY_SECONDS):
                await self._stirred.wait()
            self._stirred = anyio.Event()
            if self._connected:
                try:
                    await self._look_at_queue()
                except Unavailable:
                    self._operator_free = self._queue_length = None
            await anyio.sleep(_SURVEY_PAUSE_SECONDS)

    async def _look_at_queue(self) -> None:
        self._operator_free = is_free(await self._get(f"/deviceStates/{self._device}"))
        waiting, _ = parted(self._queue, await self._list("/channels"), await self._list("/bridges"))
        self._queue_length = len(waiting)

    async def _look_for(self, call_id: UUID) -> bool:
        for channel in await self._list("/channels"):
            if call_of(channel) == call_id:
                self._channels.introduce(str(call_id), channel)
                return True
        return False

    async def _say(self, call_id: UUID, value: str) -> bool:
        """Say what comes after the line, once more when that failed; return whether anybody is left to read it."""
        if self._channels.cause(call_id) is not None:
            return False
        variable = f"TRANSFER_{call_id}"
        try:
            with anyio.fail_after(_SAY_SECONDS):
                try:
                    with anyio.fail_after(_FIRST_TRY_SECONDS):
                        await self._set_global(variable, value)
                except (Unavailable, TimeoutError):
                    await anyio.sleep(_AGAIN_SECONDS)
                    await self._set_global(variable, value)
        except TimeoutError:
            raise Unavailable("ARI did not take the variable in time") from None
        return True

    async def _set_global(self, variable: str, value: str) -> None:
        await self._request("POST", "/asterisk/variable", {"variable": variable, "value": value})

    async def _list(self, path: str) -> list[dict[str, object]]:
        return listed(await self._get(path))

    async def _get(self, path: str) -> object:
        return await self._request("GET", path, {})

    async def _request(self, method: str, path: str, parameters: Mapping[str, str]) -> object:
        if self._session is None:
            raise Unavailable("the switchboard is not running")
        return await asked(self._session, method, self._url + path, parameters)
