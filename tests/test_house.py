"""What must hold of the tree as a whole."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOTS = ("domain", "application", "adapters", "entrypoints", "ui")
MODULES = sorted(
    ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
    for root in ROOTS
    for path in (HOUSE / root).rglob("*.py")
)
LOCKS = ("requirements.lock", "requirements-dev.lock")

IMPORT_ALL = """
import importlib, json, sys, threading
effects = []
sys.addaudithook(lambda event, args: effects.append(event) if event in WATCHED else None)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
own = {name: sys.modules[name].__file__ for name in json.loads(sys.argv[1])}
print(json.dumps({"effects": effects, "threads": threading.active_count(), "own": own}))
""".replace("WATCHED", repr({"socket.connect", "subprocess.Popen", "os.system", "os.mkdir", "os.remove"}))


def test_every_module_is_imported_without_a_side_effect_and_is_ours(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", IMPORT_ALL, json.dumps(MODULES)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(HOUSE), "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert told.returncode == 0, told.stderr
    assert told.stderr == ""
    seen = json.loads(told.stdout.splitlines()[-1])
    assert told.stdout.count("\n") == 1, "a module printed while it was imported"
    assert seen["effects"] == []
    assert seen["threads"] == 1
    assert {name: path for name, path in seen["own"].items() if not Path(path).is_relative_to(HOUSE)} == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_every_package_has_hashes(lock: str) -> None:
    text = (HOUSE / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert re.findall(r"^--", text, re.MULTILINE) == []
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(packages) > 40
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_running_lock_is_part_of_the_developers_lock() -> None:
    running, developing = (
        set(re.findall(r"^([a-z0-9-]+==\S+)", (HOUSE / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert running - developing == set()


@pytest.mark.parametrize(("extra", "lock"), [((), LOCKS[0]), (("dev",), LOCKS[1])])
def test_every_dependency_is_locked(extra: tuple[str, ...], lock: str) -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for name in extra for each in project["optional-dependencies"][name])]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (HOUSE / lock).read_text(encoding="utf-8"), re.MULTILINE))
    assert {re.match(r"[a-z0-9-]+", each)[0] for each in asked} - locked == set()  # type: ignore[index]


def test_nothing_is_locked_under_the_name_of_a_root_of_ours() -> None:
    for lock in LOCKS:
        locked = set(re.findall(r"^([a-z0-9-]+)==", (HOUSE / lock).read_text(encoding="utf-8"), re.MULTILINE))
        assert locked.isdisjoint(ROOTS)
