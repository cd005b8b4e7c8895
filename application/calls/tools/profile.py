"""What the caller says of himself, kept for his next call."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import ClassVar

from application.calls.tools.arguments import Arguments, text
from application.calls.tools.specs import TEXT, described, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.records import Profiles
from domain.errors import Unavailable
from domain.facts import Deed, Facts
from domain.shop.events import ProfileSaved
from domain.transcript import Turn
from domain.visit.names import is_brand
from domain.visit.visit import visit_of

_FIELDS = tuple(field.name for field in fields(ProfileSaved))


def profile_tools(visitor: Visitor, profiles: Profiles) -> Sequence[Tool]:
    return (UpdateProfile(visitor, profiles),)


@dataclass(frozen=True, slots=True)
class UpdateProfile:
    visitor: Visitor
    profiles: Profiles

    spec: ClassVar[ToolSpec] = spec(
        "update_customer_profile",
        "Keep what the caller said of himself.",
        {"name": TEXT, "city": TEXT, "vehicle": described("Make, model, year."), "delivery_address": TEXT},
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        given = {name: value for name in _FIELDS if (value := text(arguments, name))}
        if not given:
            raise ToolRefused(f"Give at least one of: {', '.join(_FIELDS)}.")
        if is_brand(given.get("name", "")):
            raise ToolRefused(f"name must be a person's name, and {given['name']} is a brand: ask for the name again.")
        now, before = visit_of(turns).profile, self.visitor.profile
        news = {name: value for name, value in given.items() if value != (getattr(now, name) or getattr(before, name))}
        if not news:
            return Done(told=told(saved=[], next="all of this is known already"))
        self.visitor.may_write(turns)
        changes = ProfileSaved(**news)
        if not await self._saved(changes):
            return Done(told=told(saved=[], known_in_this_call=list(news)), events=(changes,))
        return Done(told=told(saved=list(news)), facts=Facts(deeds=frozenset({Deed.SAVED})), events=(changes,))

    async def _saved(self, changes: ProfileSaved) -> bool:
        """Whether it is kept beyond this call."""
        if self.visitor.caller is None or self.visitor.trying:
            return False
        try:
            await self.profiles.save(self.visitor.caller, changes)
        except Unavailable:
            return False
        return True
