"""A Chromium for the tests: the machine's own, else one that `./start.sh setup` and `./start.sh test` bring.

Rule 1: what CHROMIUM names is taken, else what is on PATH, else what was brought; each only if it runs.
Rule 2: root of a Debian or Ubuntu installs the package; who is not root unpacks it, and what it needs, in .venv.
Rule 3: where there is no such package, Playwright fetches its own.
"""

import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

_HOME = Path(sys.prefix) / "chromium"
_LAUNCHER = _HOME / "chromium"
_DRIVER = _HOME / "node"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PACKAGES = ("chromium", "libatomic1")
"""The second is what Playwright's own program needs, and a small machine lacks."""
_INSTALL = ("install", "-y", "--no-install-recommends")
_LETTERS = 100
_CURE = "Install Chromium or Google Chrome, or name one with CHROMIUM=/path/to/it, and start again."

Run = Callable[..., None]
"""Runs a command and shows how far it is."""


class NoChromium(Exception):
    """The message names the cure."""


def chromium(environ: Mapping[str, str] = os.environ, brought: Path = _LAUNCHER) -> str:
    """Return the path of one that runs."""
    if named := environ.get("CHROMIUM"):
        if _runs(named):
            return named
        raise NoChromium(f"CHROMIUM names {named}, and that does not run. {_CURE}")
    for path in (*(shutil.which(name, path=environ.get("PATH", "")) for name in _NAMES), str(brought)):
        if path and _runs(path):
            return path
    raise NoChromium(f"No Chromium was found for the tests: ./start.sh setup brings one. {_CURE}")


def ready() -> str:
    """Return the path of a Chromium, when Playwright can run it."""
    path = chromium()
    if _DRIVER.exists():
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(_DRIVER)
    driver = os.environ.get("PLAYWRIGHT_NODEJS_PATH") or str(_driver_of_playwright())
    if not _runs(driver):
        raise NoChromium(f"{driver} does not run: ./start.sh setup brings the library that it lacks, libatomic.so.1.")
    return path


def bring() -> None:
    """Install one in the first way that works here."""
    failures = []
    for way in _ways():
        try:
            with _progress() as run:
                way(run)
            ready()
            return
        except (subprocess.CalledProcessError, OSError) as error:
            failures.append(str(getattr(error, "output", None) or error))
        except NoChromium:
            failures.append(f"{way.__name__.strip('_')}: it was installed and does not run")
    raise NoChromium("\n".join(["No Chromium could be installed for the tests:", *failures, _CURE]))


def _ways() -> Iterator[Callable[[Run], None]]:
    if shutil.which("apt-get"):
        yield _installed if os.geteuid() == 0 else _unpacked
    yield _fetched


def _installed(run: Run) -> None:
    apt = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120")
    try:
        run(*apt, *_INSTALL, *_PACKAGES)
    except subprocess.CalledProcessError:  # the lists of packages are old, or not there
        run(*apt, "update")
        run(*apt, *_INSTALL, *_PACKAGES)


def _unpacked(run: Run) -> None:
    """Take out of their packages, without installing, Chromium and what this machine lacks for it."""
    lists, cache, root = _HOME / "lists", _HOME / "cache", _HOME / "root"
    for folder in (lists / "partial", cache / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    own = (f"Dir::State::lists={lists}", f"Dir::Cache={cache}", "Debug::NoLocking=1")
    apt = ("apt-get", "-q", *(word for each in own for word in ("-o", each)))
    run(*apt, "update")
    run(*apt, *_INSTALL, "--download-only", *_PACKAGES)
    for package in sorted(cache.glob("archives/*.deb")):
        run("dpkg-deb", "-x", str(package), str(root))
    shutil.rmtree(lists)
    shutil.rmtree(cache)
    libraries = sorted({str(path.parent) for path in root.rglob("*.so*")})
    preparations = (
        f"export LD_LIBRARY_PATH={':'.join(libraries)} XDG_DATA_HOME={root}/usr/share",
        f"[ -e /etc/fonts/fonts.conf ] || export FONTCONFIG_PATH={root}/etc/fonts",
    )
    _launch(_DRIVER, _driver_of_playwright(), *preparations)
    _launch(_LAUNCHER, root / "usr/lib/chromium/chromium", *preparations)


def _fetched(run: Run) -> None:
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(_HOME)
    with_libraries = ("--with-deps",) if shutil.which("apt-get") and os.geteuid() == 0 else ()
    run(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")
    asked = "from playwright.sync_api import sync_playwright as p\nwith p() as it: print(it.chromium.executable_path)"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    _launch(_LAUNCHER, Path(told.stdout.strip()))


def _launch(launcher: Path, program: Path, *preparations: str) -> None:
    launcher.write_text("\n".join(["#!/bin/sh", *preparations, f'exec "{program}" "$@"', ""]), encoding="utf-8")
    launcher.chmod(0o755)


def _driver_of_playwright() -> Path:
    spec = find_spec("playwright")
    if spec is None or spec.origin is None:
        raise NoChromium("Playwright is not installed: ./start.sh setup")
    return Path(spec.origin).parent / "driver" / "node"


def _runs(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], check=False, capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@contextmanager
def _progress() -> Iterator[Run]:
    """Keep one line that says how far it is, where a person looks; what failed is told whole enough."""
    console = Console(stderr=True)
    with console.status("") as status:

        def run(*command: str) -> None:
            last = deque[str](maxlen=5)
            environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            with subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
            ) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    last.append(line.decode(errors="replace").strip())
                    status.update(console.render_str(last[-1][:_LETTERS], markup=False))
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, command, "\n".join(last))

        yield run


def main() -> None:
    try:
        try:
            ready()
        except NoChromium:
            if "CHROMIUM" in os.environ:
                raise
            print("==> Installing Chromium for the tests of the pages", file=sys.stderr)
            bring()
    except NoChromium as error:
        sys.exit(f"start.sh: {error}")


if __name__ == "__main__":
    main()
