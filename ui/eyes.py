"""What somebody may see of what is kept: callers' numbers in full, and what calls cost, or neither."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.access import Permission, Role
from domain.trial import tried_by
from ui.numbers import masked, masked_in


@dataclass(frozen=True, slots=True)
class Eyes:
    """Those that see all, unless they are somebody's."""

    numbers: bool = True
    costs: bool = True

    @classmethod
    def of(cls, role: Role | None) -> "Eyes":
        if role is None:
            return cls(numbers=False, costs=False)
        return cls(numbers=role.may(Permission.SEE_NUMBERS), costs=role.may(Permission.SEE_COSTS))

    def number(self, number: str | None) -> str:
        """Return a caller's number as far as it may be known, "" where it is withheld; of a trial, its mark."""
        return (number or "") if self.numbers or tried_by(number) is not None else masked(number)

    def text(self, text: str) -> str:
        """Return what was said or written, with the numbers in it as far as they may be known."""
        return text if self.numbers else masked_in(text)

    def all(self, value: object) -> object:
        """Return what JSON knows, with the numbers in its texts as far as they may be known."""
        match value:
            case str():
                return self.text(value)
            case Mapping():
                return {name: self.all(each) for name, each in value.items()}
            case list() | tuple():
                return [self.all(each) for each in value]
            case _:
                return value
