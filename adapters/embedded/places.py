"""Where a server beside the program may have its files and its socket."""

import hashlib
import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

from adapters.embedded.guarded import Account

_LONGEST_SOCKET_PATH = 100  # of the 107 bytes that a Unix socket's address has room for
_OUTSIDE = Path("/var/lib/callcenter")


def folder_for(path: Path, account: Account | None) -> Path:
    """Make this folder, its owner's alone; where he cannot reach it, make one elsewhere and link to it.

    The folder that it stands in is ours: strangers may pass through it, and still not look into it.
    """
    path = path.absolute()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None and reachable(path.parent.parent):
        path.parent.chmod(path.parent.stat().st_mode | 0o001)
    if account is not None and not path.is_symlink() and not reachable(path.parent):
        elsewhere = _OUTSIDE / _mark(path)
        elsewhere.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(elsewhere)
    folder = path.resolve()
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    return folder


def socket_folder_for(folder: Path, socket: str, account: Account | None) -> Path:
    """Return a folder for this socket whose path is short enough, its owner's alone."""
    sockets = folder / "run"
    if len(os.fsencode(sockets / socket)) > _LONGEST_SOCKET_PATH:
        outside = Path(tempfile.gettempdir()) if account is None else _OUTSIDE
        sockets = outside / f"callcenter-{os.getuid()}-{_mark(folder)}"
    sockets.parent.mkdir(parents=True, exist_ok=True)
    sockets.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(sockets, account.uid, account.gid, follow_symlinks=False)
    _refuse_unless_of(sockets, account.uid if account else os.getuid())
    return sockets


def package_folder(package: str) -> Path | None:
    """Return where a package lies, without importing it."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def reachable(path: Path) -> bool:
    """Say whether strangers may pass through all these folders."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _refuse_unless_of(folder: Path, uid: int) -> None:
    """In a folder that all may write to, someone else may have been first."""
    if os.lstat(folder).st_uid != uid:
        raise PermissionError(f"{folder} belongs to someone else")
