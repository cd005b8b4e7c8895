"""The operators over ARI, asked when somebody looks.

Rule 1: a look is good for two seconds, however many look: nobody wears the exchange down by looking.
Rule 2: ARI does not say who is a member of a queue: the settings name the operators' phones.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

import aiohttp
import anyio

from adapters.asterisk.channels import call_of, number_of
from adapters.asterisk.queue import Channel, device_of, is_free, parted
from adapters.asterisk.rest import asked, listed
from domain.errors import Unavailable
from domain.operators import OperatorPhone, OperatorsSight, PhoneState, Waiting

_SECONDS = 2.0
_FRESH_SECONDS = 2.0
_STATES: Mapping[str, PhoneState] = {
    "NOT_INUSE": PhoneState.FREE,
    "INUSE": PhoneState.TALKING,
    "BUSY": PhoneState.TALKING,
    "ONHOLD": PhoneState.TALKING,
    "RINGINUSE": PhoneState.TALKING,
    "RINGING": PhoneState.RINGING,
    "UNAVAILABLE": PhoneState.AWAY,
}


class AsteriskOperators:
    """Fulfils the port `Operators`."""

    def __init__(
        self, *, url: str, user: str, password: str, phones: Sequence[str] = (), queue: str = "operators"
    ) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": aiohttp.encode_basic_auth(user, password)}
        self._phones = tuple(phones)
        self._queue = queue
        self._looking = anyio.Lock()
        self._seen: OperatorsSight | None = None
        self._fresh_until = float("-inf")

    async def look(self) -> OperatorsSight:
        async with self._looking:
            if self._seen is None or anyio.current_time() >= self._fresh_until:
                self._seen = None
                self._seen = await self._ask()
                self._fresh_until = anyio.current_time() + _FRESH_SECONDS
            return self._seen

    async def _ask(self) -> OperatorsSight:
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            with anyio.fail_after(_SECONDS):
                async with aiohttp.ClientSession(headers=self._headers, timeout=timeout) as session:
                    return await self._sight(session)
        except TimeoutError:
            raise Unavailable("ARI did not answer in time") from None

    async def _sight(self, session: aiohttp.ClientSession) -> OperatorsSight:
        channels = listed(await asked(session, "GET", f"{self._url}/channels"))
        waiting, talking = parted(self._queue, channels, listed(await asked(session, "GET", f"{self._url}/bridges")))
        phones = [OperatorPhone(device=phone, state=await self._phone(session, phone)) for phone in self._phones]
        return OperatorsSight(
            free=is_free(await self._state(session, device_of(self._queue))),
            waiting=tuple(sorted(map(_waiting, waiting), key=_on_line)),
            talking=len(talking),
            phones=tuple(phones),
        )

    async def _phone(self, session: aiohttp.ClientSession, phone: str) -> PhoneState:
        match await self._state(session, phone):
            case {"state": str(state)}:
                return _STATES.get(state, PhoneState.UNKNOWN)
            case _:
                return PhoneState.UNKNOWN

    async def _state(self, session: aiohttp.ClientSession, device: str) -> object:
        return await asked(session, "GET", f"{self._url}/deviceStates/{quote(device, safe=':')}")


class AbsentOperators:
    """Fulfils the port `Operators` where there is no ARI."""

    async def look(self) -> OperatorsSight:
        raise Unavailable("ARI_URL is not set")


def _waiting(channel: Channel) -> Waiting:
    return Waiting(call_id=call_of(channel), caller=number_of(channel), on_line_since=_moment(channel))


def _on_line(waiting: Waiting) -> tuple[bool, str]:
    """Return what those who wait are sorted by: whose time is not known comes last."""
    since = waiting.on_line_since
    return since is None, f"{since.timestamp():020.3f}" if since else ""


def _moment(channel: Channel) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(channel.get("creationtime")))
    except ValueError:
        return None
    return at if at.tzinfo else None
