"""The operators' queue, read off channels, bridges and device states: ARI has no word for queues.

Rule 1: who is in Queue() and in no bridge waits; who is in one talks.
Rule 2: the queue's own device is free while somebody would be rung.
"""

from collections.abc import Mapping, Sequence

Channel = Mapping[str, object]


def device_of(queue: str) -> str:
    return f"Queue:{queue}_avail"


def is_free(state: object) -> bool | None:
    """Return whether an operator is free, by the state of the queue's device; None where it has none."""
    match state:
        case {"state": "NOT_INUSE"}:
            return True
        case {"state": str()}:
            return False
        case _:
            return None


def parted(queue: str, channels: Sequence[Channel], bridges: Sequence[Channel]) -> tuple[list[Channel], list[Channel]]:
    """Return the queue's channels: those that wait, and those that talk."""
    bridged = {member for bridge in bridges for member in _members(bridge)}
    inside = [channel for channel in channels if _in_queue(channel, queue)]
    talking = [channel for channel in inside if channel.get("id") in bridged]
    return [channel for channel in inside if channel not in talking], talking


def _in_queue(channel: Channel, queue: str) -> bool:
    match channel.get("dialplan"):
        case {"app_name": "Queue", "app_data": str(arguments)}:
            return arguments.split(",")[0] == queue
        case {"app_name": "Queue"}:
            return True
        case _:
            return False


def _members(bridge: Channel) -> list[object]:
    members = bridge.get("channels")
    return members if isinstance(members, list) else []
