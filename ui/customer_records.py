"""What is kept under numbers, wherever it is kept: found, set right, given to its owner, erased."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.calls.go_through import all_calls
from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from application.ports.records import Ledger
from domain.audit import AuditLine, differences
from domain.callback import Callback
from domain.records import CallFilter, StoredCall, StoredRecord
from domain.shop.events import ProfileSaved
from domain.trial import tried_by
from domain.visit.promise import Promise
from ui.numbers import masked

PROFILE = ("name", "city", "vehicle", "delivery_address")
NUMBER = r"\+?[0-9]{2,20}"
_NUMBER = re.compile(NUMBER, re.ASCII)
_AT_HOME = re.compile(r"(?:\+?38)?(0[0-9]{9})", re.ASCII)
_NO_SEPARATORS = str.maketrans("", "", " \u00a0-–()")
_RECENT_CALLS = 60
_MOST_RECENT = 20
_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of a number, with all that was said."""

    number: str
    profile: ProfileSaved | None
    callbacks: Sequence[Callback]
    promises: Sequence[Promise]
    records: Sequence[StoredRecord]


@dataclass(frozen=True, slots=True)
class Customers:
    """What is kept under numbers, wherever it is kept."""

    archive: CallArchive
    ledger: Ledger
    audit: AuditLog
    now: Callable[[], datetime]

    async def recent(self) -> Sequence[tuple[StoredCall, ProfileSaved | None]]:
        """Return who has called of late, each by his latest call."""
        latest: dict[str, StoredCall] = {}
        for call in (await self.archive.page(CallFilter(), limit=_RECENT_CALLS)).calls:
            if call.caller and tried_by(call.caller) is None:
                latest.setdefault(call.caller, call)
        return [(call, await self.ledger.profile(number)) for number, call in list(latest.items())[:_MOST_RECENT]]

    async def known_as(self, forms: Sequence[str]) -> str:
        """Return the form of a number under which something is kept, the first where nothing is."""
        for number in forms:
            calls = await self.archive.page(CallFilter(caller=number), limit=1)
            if calls.calls or await self.ledger.profile(number) or await self.ledger.callbacks_of(number):
                return number
        return forms[0]

    async def set_right(self, number: str, profile: ProfileSaved, *, by: str) -> None:
        known = await self.ledger.profile(number) or ProfileSaved()
        before, after = differences(filled(known), filled(profile))
        if after:
            await self.ledger.rewrite(number, profile)
            await self._note("customers.edited", number, by=by, before=before, after=after)

    async def all_of(self, number: str, *, by: str) -> Kept:
        """Return all that is kept of this number, for its owner to have."""
        await self._note("customers.exported", number, by=by)
        return Kept(
            number=number,
            profile=await self.ledger.profile(number),
            callbacks=await self.ledger.callbacks_of(number),
            promises=await self.ledger.promises_of(number),
            records=await self._records(number),
        )

    async def erase(self, number: str, *, by: str) -> int:
        """Forget the number, and return how many calls are gone; the audit keeps that it was done, and not to whom."""
        for callback in await self.ledger.callbacks_of(number):
            await self.audit.forget(callback.request.key)
        await self.ledger.erase(number)
        calls = await self.archive.erase(number)
        await self.audit.forget(number)
        await self._note("customers.erased", masked(number), by=by, after={"calls": str(calls)})
        return calls

    async def _records(self, number: str) -> Sequence[StoredRecord]:
        pages = all_calls(self.archive, CallFilter(caller=number), at_once=_AT_ONCE)
        return [await self.archive.load(call.call_id) async for calls in pages for call in calls]

    async def _note(
        self,
        action: str,
        subject: str,
        *,
        by: str,
        before: Mapping[str, str] | None = None,
        after: Mapping[str, str] | None = None,
    ) -> None:
        line = AuditLine(at=self.now(), by=by, action=action, subject=subject, before=before or {}, after=after or {})
        await self.audit.note(line)


def forms_of(written: str) -> Sequence[str]:
    """Return what the line may call a number that a person has written, the usual first; none for what is no number."""
    number = written.translate(_NO_SEPARATORS)
    if not _NUMBER.fullmatch(number):
        return ()
    at_home = _AT_HOME.fullmatch(number)
    return tuple(f"{prefix}{at_home[1]}" for prefix in ("+38", "38", "")) if at_home else (number,)


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def filled(profile: ProfileSaved) -> Mapping[str, str]:
    return {name: getattr(profile, name) or "" for name in PROFILE}
