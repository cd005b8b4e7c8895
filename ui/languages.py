"""The languages of the admin: English in the sources, the others in tables of gettext."""

import gettext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from domain.money import Money

LANGUAGES = {"uk": "Українська", "en": "English", "ru": "Русский"}
"""Each by its own name; the first is spoken to whoever asks for none of them."""
KYIV = ZoneInfo("Europe/Kyiv")
_FEW_SECONDS = 10
_MINUTE_SECONDS = 60
_MANY_DOLLARS = 10


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language: its words, and its way of writing times and figures."""

    code: str
    words: gettext.NullTranslations

    @property
    def locale(self) -> Locale:
        return Locale.parse(self.code)

    def moment(self, at: datetime) -> str:
        """Write a day and a time, by Kyiv's clock: `25 лист. 2026, 10:30`."""
        local = at.astimezone(KYIV)
        return f"{dates.format_date(local.date(), 'd MMM y', self.locale)}, {self.clock(at)}"

    def clock(self, at: datetime, *, seconds: bool = False) -> str:
        return at.astimezone(KYIV).strftime("%H:%M:%S" if seconds else "%H:%M")

    def day(self, at: datetime) -> str:
        return dates.format_date(at.astimezone(KYIV).date(), "EEE d", self.locale)

    def short_day(self, at: datetime) -> str:
        """Write a day of Kyiv without its year: `25 лист.`."""
        return dates.format_date(at.astimezone(KYIV).date(), "d MMM", self.locale)

    def calendar_day(self, day: date) -> str:
        return dates.format_date(day, "d MMM y", self.locale)

    def dollars(self, amount: Decimal) -> str:
        """Write `$0,0213`: a call costs cents, so small sums have four figures behind the point."""
        return (
            f"${numbers.format_decimal(amount, '#,##0.00' if amount >= _MANY_DOLLARS else '#,##0.0000', self.locale)}"
        )

    def minutes(self, seconds: float) -> str:
        return numbers.format_decimal(seconds / _MINUTE_SECONDS, "#,##0.0", self.locale)

    def seconds(self, value: float) -> str:
        """Write `0,48` with as many figures as matter."""
        return numbers.format_decimal(value, "0.00" if value < _FEW_SECONDS else "0.0", self.locale)

    def whole(self, value: int) -> str:
        return numbers.format_decimal(value, locale=self.locale)

    def hryvnias(self, value: Money) -> str:
        """Write a sum without its kopecks."""
        return numbers.format_decimal(round(value.amount), locale=self.locale)

    def percent(self, share: float) -> str:
        return numbers.format_percent(share, locale=self.locale)

    def lasted(self, seconds: float) -> str:
        """Write `3:07`."""
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes}:{rest:02d}"


def tongues() -> dict[str, Tongue]:
    """Read all the tables."""
    return {code: Tongue(code, _table(code)) for code in LANGUAGES}


def preferred(accepted: str) -> str:
    """Return the first of our languages that `Accept-Language` names; weights are as good as always in order."""
    named = (each.split(";")[0].strip().lower().split("-")[0] for each in accepted.split(","))
    return next((code for code in named if code in LANGUAGES), next(iter(LANGUAGES)))


def start_of_day(at: datetime) -> datetime:
    """Return when the day of that moment began in Kyiv."""
    return at.astimezone(KYIV).replace(hour=0, minute=0, second=0, microsecond=0)


def days_before(midnight: datetime, days: int) -> datetime:
    """Return Kyiv's midnight so many days earlier, whatever the clocks did meanwhile."""
    noon = midnight.astimezone(KYIV).replace(hour=12)
    return start_of_day(noon.astimezone(UTC) - timedelta(days=days))


def _table(code: str) -> gettext.NullTranslations:
    source = files("ui") / "locales" / f"{code}.po"
    if not source.is_file():
        return gettext.NullTranslations()
    machine = BytesIO()
    with source.open("rb") as table:
        write_mo(machine, read_po(table, locale=code))
    machine.seek(0)
    return gettext.GNUTranslations(machine)
