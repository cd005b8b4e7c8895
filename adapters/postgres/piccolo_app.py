"""What Piccolo is told of this application."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from adapters.postgres.ledger_tables import LEDGER
from adapters.postgres.people_tables import PEOPLE
from adapters.postgres.tables import PARTITIONED

NAME = "callcenter"

APP_CONFIG = AppConfig(
    app_name=NAME,
    migrations_folder_path=str(Path(__file__).with_name("piccolo_migrations")),
    table_classes=[*PARTITIONED, *LEDGER, *PEOPLE],
)
