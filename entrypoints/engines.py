"""Call engines as processes: the kernel deals out their connections, and each takes its share of the calls."""

import sys

from domain.errors import Misconfigured
from entrypoints.processes import Kind
from entrypoints.settings import Settings


def engines(settings: Settings, processes: int) -> Kind:
    """Return so many engines that share one port."""
    if processes < 1:
        raise Misconfigured(f"there cannot be {processes} engines: give a number from 1")
    command = [sys.executable, "-m", "entrypoints.calls"]
    if processes == 1:
        return Kind(name="the call engine", command=command)
    if not settings.audiosocket_port:
        raise Misconfigured("AUDIOSOCKET_PORT is 0: several processes cannot share a port without a number; set one")
    shares = {
        "MAX_CALLS": str(-(-settings.max_calls // processes)),
        "MAX_CONNECTIONS": str(-(-settings.max_connections // processes)),
    }
    return Kind(name="the call engine", command=[*command, "--sharing"], variables=shares, processes=processes)
