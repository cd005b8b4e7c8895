"""A month's share of each table.

Rule 1: months are those of UTC.
Rule 2: a month's partitions are made when the first call of it is saved, and three months ahead of that.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from piccolo.querystring import QueryString

from adapters.postgres.engine import ENGINE
from adapters.postgres.tables import PARTITIONED

_AHEAD = 3
_ONE_AT_A_TIME = 0x50415254  # a lock's number in this database, "PART"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, at: datetime) -> "Month":
        return cls(at.astimezone(UTC).year, at.astimezone(UTC).month)

    def plus(self, months: int) -> "Month":
        years, month = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, month + 1)

    @property
    def suffix(self) -> str:
        return f"{self.year:04}_{self.month:02}"

    @property
    def first_moment(self) -> str:
        return f"{self.year:04}-{self.month:02}-01 00:00:00+00"


class Partitions:
    def __init__(self) -> None:
        self._made: set[Month] = set()

    async def make_for(self, times: Collection[datetime]) -> None:
        """See to it that calls that began then have a place; not within a transaction."""
        wanted = {Month.of(at).plus(ahead) for at in times for ahead in range(_AHEAD + 1)}
        missing = sorted(wanted - self._made)
        if not missing:
            return
        async with ENGINE.transaction():
            await ENGINE.run_querystring(QueryString("SELECT pg_advisory_xact_lock({})", _ONE_AT_A_TIME))
            for month in missing:
                for table in PARTITIONED:
                    name = table._meta.tablename
                    await ENGINE.run_ddl(
                        f"CREATE TABLE IF NOT EXISTS {name}_{month.suffix} PARTITION OF {name}"
                        f" FOR VALUES FROM ('{month.first_moment}') TO ('{month.plus(1).first_moment}')"
                    )
        self._made |= wanted

    async def drop_before(self, oldest: Month) -> Sequence[str]:
        """Drop what is kept of calls that began before this month; return the partitions' names."""
        rows = await PARTITIONED[0].raw(
            "SELECT relid::text AS name FROM unnest({}::text[]) AS parent,"
            " LATERAL pg_partition_tree(parent::regclass) WHERE isleaf",
            [table._meta.tablename for table in PARTITIONED],
        )
        old = sorted(row["name"] for row in rows if row["name"][-len(oldest.suffix) :] < oldest.suffix)
        async with ENGINE.transaction():
            for name in old:
                await ENGINE.run_ddl(f"DROP TABLE {name}")
        self._made = {month for month in self._made if month >= oldest}
        return old
