"""The web application: the admin's pages, and what machines ask for."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from time import monotonic
from types import SimpleNamespace
from typing import Any, cast

from sanic import HTTPResponse, Request, Sanic
from sanic.config import Config
from sanic.response import json, redirect

from application.calls.try_agent import TryAgent
from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from application.ports.operators import Operators
from application.ports.people import Staff
from application.ports.records import Ledger
from domain.costs import Prices
from domain.price_list import PRICES
from ui.access import Door
from ui.api.page import api_page
from ui.api.routes import api_blueprint
from ui.api.table import ApiParts, api_routes
from ui.audit import audit_pages
from ui.call import call_pages
from ui.callbacks import callbacks_pages
from ui.calls import calls_pages
from ui.costs import costs_pages
from ui.customer_records import Customers
from ui.customers import customers_pages
from ui.dashboard import dashboard_pages
from ui.draft import draft_pages
from ui.exports.desk import ExportDesk
from ui.exports.pages import exports_pages
from ui.failures import as_json, status_of
from ui.gate import Gate, NotPermitted, TooFast, is_api
from ui.guard import PACES, PaceGuard, Paces
from ui.languages import tongues
from ui.live import LiveParts, live_pages
from ui.operations import Vitals, operations_pages
from ui.operators import operators_pages
from ui.own_password import password_pages
from ui.render import Pages
from ui.sign_in import sign_in_pages
from ui.static_files import StaticFiles
from ui.status import StatusParts, status_pages
from ui.tokens import tokens_pages
from ui.trial_desk import TrialDesk
from ui.trials import trial_pages
from ui.users import Users, users_pages

App = Sanic[Config, SimpleNamespace]

_LOG = logging.getLogger(__name__)
_REQUEST_BYTES = 100_000
_numbers = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebParts:
    """What the pages need."""

    archive: CallArchive
    ledger: Ledger
    audit: AuditLog
    live: LiveParts
    trials: TryAgent
    operators: Operators
    staff: Staff
    door: Door
    paces: Paces = PACES
    vitals: Vitals
    status: StatusParts
    exports: ExportDesk
    prices: Prices = PRICES
    now: Callable[[], datetime]


def web_app(parts: WebParts) -> App:
    """Make the application; each has a name of its own, for there may be several in a process."""
    app: App = Sanic(f"web-{next(_numbers)}", configure_logging=False)
    app.config.ACCESS_LOG = False
    app.config.MOTD = False
    app.config.TOUCHUP = False
    app.config.REQUEST_MAX_SIZE = _REQUEST_BYTES
    app.ctx.live, app.ctx.trials = parts.live.feed, parts.trials
    languages, static = tongues(), StaticFiles()
    pages = Pages(languages, static.url)
    gate = Gate(parts.door, languages, PaceGuard(parts.paces, monotonic))
    app.register_middleware(gate.enter, "request")
    app.register_middleware(cast(Any, gate.leave), "response")
    app.blueprint(operations_pages(parts.vitals))
    app.blueprint(static.blueprint())
    app.blueprint(sign_in_pages(parts.door, pages))
    users = Users(parts.staff, parts.audit, parts.door, parts.now)
    app.blueprint(users_pages(users, pages))
    app.blueprint(password_pages(users, parts.door, pages))
    app.blueprint(tokens_pages(parts.staff, parts.audit, parts.door, pages, parts.now))
    app.blueprint(dashboard_pages(parts.archive, pages, parts.now))
    app.blueprint(calls_pages(parts.archive, pages, parts.now))
    app.blueprint(exports_pages(parts.exports, parts.audit, pages))
    app.blueprint(call_pages(parts.archive, parts.audit, pages, parts.now))
    app.blueprint(draft_pages(parts.archive, parts.audit, pages, parts.now))
    app.blueprint(costs_pages(parts.archive, parts.prices, pages, parts.now))
    app.blueprint(live_pages(parts.live, parts.audit, pages, parts.door))
    desk = TrialDesk(parts.trials, parts.audit, parts.now)
    app.blueprint(trial_pages(desk, parts.live.feed, parts.archive, pages, parts.door))
    system = status_pages(parts.status, parts.vitals.readiness, pages), audit_pages(parts.audit, pages)
    app.blueprint([operators_pages(parts.operators, parts.archive, pages), *system])
    app.blueprint(callbacks_pages(parts.ledger, parts.audit, pages, parts.now))
    customers = Customers(parts.archive, parts.ledger, parts.audit, parts.now)
    app.blueprint(customers_pages(customers, pages))
    _add_api(app, parts, customers, pages)

    @app.get("/")
    async def start(_: Request) -> HTTPResponse:
        return redirect("/admin")

    app.error_handler.add(Exception, _failure_pages(pages))
    return app


def _add_api(app: App, parts: WebParts, customers: Customers, pages: Pages) -> None:
    routes = api_routes(
        ApiParts(
            archive=parts.archive,
            ledger=parts.ledger,
            audit=parts.audit,
            live=parts.live,
            customers=customers,
            staff=parts.staff,
            vitals=parts.vitals,
            now=parts.now,
        )
    )
    app.blueprint(api_blueprint(routes))
    app.blueprint(api_page(routes, pages))


def _failure_pages(pages: Pages) -> Callable[[Request, Exception], Awaitable[HTTPResponse]]:
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        status = status_of(error)
        if status == 500:
            _LOG.error("a page failed", exc_info=error)
        if is_api(request.path):
            return as_json(error)
        if not request.path.startswith("/admin") or not hasattr(request.ctx, "visit"):
            return json({"error": status}, status=status)
        answer = pages.render(
            request, "error.html", block="", status=status, code=status, role=isinstance(error, NotPermitted)
        )
        if isinstance(error, TooFast):
            answer.headers.update(error.headers)
        return answer

    return failed
