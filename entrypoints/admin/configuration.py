"""`call-center-admin config`: what the settings are, and whether they are enough."""

import re
from dataclasses import fields
from pathlib import Path

from entrypoints.environment import environment
from entrypoints.settings import Settings

_PASSWORD_IN_URL = re.compile(r"(?<=//)[^/@\s]*@")


def check() -> None:
    """Say what `callcenter serve` would refuse, and what it would do without."""
    settings = Settings.for_serving(environment(Path.cwd()))
    print("The settings are good: callcenter serve can start.")
    if settings.shop_is_absent:
        print("without the shop: STORE_API_URL is empty, so the agent has nothing to sell")
    if settings.switchboard_is_absent:
        print("without the switchboard: ARI_URL is empty, so callers go to the operators by the dialplan")
    if not settings.database_url:
        print(f"PostgreSQL beside the program: DATABASE_URL is empty, so the records are in {settings.data_dir}")
    if not settings.redis_url:
        print(f"Redis beside the program: REDIS_URL is empty, so its data are in {settings.data_dir}")


def show() -> None:
    """Show every setting; of a secret only whether it is set."""
    settings = Settings.from_env(environment(Path.cwd()))
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        print(f"{setting.name.upper()}={shown(value, secret=not setting.repr)}")


def shown(value: object, *, secret: bool) -> str:
    """Write a setting; of a secret, only whether it is set."""
    if secret:
        return "[set]" if value else ""
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return ",".join(value)
        case _:
            return _PASSWORD_IN_URL.sub("[secret]@", str(value))
