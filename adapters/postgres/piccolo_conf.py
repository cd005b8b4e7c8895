"""Where Piccolo finds the database and the application."""

from piccolo.conf.apps import AppRegistry

from adapters.postgres.engine import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["adapters.postgres.piccolo_app"])
