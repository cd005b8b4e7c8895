"""Who may sign in, and how often somebody may be wrong before he has to wait."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempts:
    """The failed attempts under one name, or from one address.

    It is a value; `now` is given, in seconds.
    """

    failed_at: tuple[float, ...] = ()

    def wait_seconds(self, now: float, *, most: int, within_seconds: float) -> float:
        """Return how long to wait until the next attempt: 0 while fewer than `most` failed in that time."""
        recent = self._since(now - within_seconds)
        return recent[-most] + within_seconds - now if len(recent) >= most else 0.0

    def failed(self, now: float, *, within_seconds: float) -> "Attempts":
        """Return what is remembered after one more failure."""
        return Attempts((*self._since(now - within_seconds), now))

    def _since(self, then: float) -> tuple[float, ...]:
        return tuple(at for at in self.failed_at if at > then)
