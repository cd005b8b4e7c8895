"""HTTP around the demo shop: ids of requests, the key, the envelope of answers and errors, faults."""

import hashlib
import json
import logging
import re
import socket
import struct
from collections.abc import Callable, Coroutine, Mapping
from hmac import compare_digest
from itertools import count
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import anyio
from sanic import HTTPResponse, Request, Sanic
from sanic.config import Config
from sanic.exceptions import SanicException

from adapters.demo_shop.refusals import Conflict, Invalid, Refusal, Unknown
from adapters.demo_shop.shop import DemoShop
from entrypoints.demo_shop.admin import admin
from entrypoints.demo_shop.faults import Fault, Faults, When
from entrypoints.demo_shop.operations import Answer, Asked, Operation
from entrypoints.demo_shop.reading import Fields, Malformed
from entrypoints.demo_shop.store_api import store_api

BASE = "/api/v1"
_LOG = logging.getLogger(__name__)
_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,128}")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_STATUSES: dict[type[Refusal], int] = {Unknown: 404, Conflict: 409, Invalid: 422}
_CODES = {400: "bad_request", 401: "unauthorized", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_FAULT_CODES = {429: "rate_limited", 500: "internal_error", 503: "unavailable"}
_RETRY_AFTER_SECONDS = 1
_RESET_AT_ONCE = struct.pack("ii", 1, 0)
"""Linger for no time: what closes is reset, and says no goodbye."""
_numbers = count(1)

App = Sanic[Config, SimpleNamespace]


class _Refused(Exception):
    """The request does not get as far as the shop."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.code, self.headers = status, code, {n.replace("_", "-"): v for n, v in headers.items()}


def shop_app(shop: DemoShop, faults: Faults, *, key: str) -> App:
    """Make the application; each has a name of its own, for there may be several in a process."""
    app: App = Sanic(f"demo-shop-{next(_numbers)}", configure_logging=False, strict_slashes=True)
    app.config.ACCESS_LOG = False
    app.config.TOUCHUP = False
    app.config.REQUEST_MAX_SIZE = 1_000_000
    door = _Door(faults, key)
    for base, operations in ((BASE, store_api(shop)), ("", admin(shop, faults))):
        for operation in operations:
            app.add_route(
                door.handler(operation, base),
                base + operation.path,
                methods=[operation.method],
                name=re.sub(r"\W+", "_", f"{operation.method}{operation.path}"),
            )
    app.error_handler.add(Exception, door.failed)
    return app


class _Door:
    """What every request passes."""

    def __init__(self, faults: Faults, key: str) -> None:
        self._faults = faults
        self._authorization = f"Bearer {key}".encode()
        self._methods: list[tuple[re.Pattern[str], str]] = []

    def handler(self, operation: Operation, base: str) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
        self._methods.append((re.compile(re.sub(r"<\w+>", "[^/]+", base + operation.path)), operation.method))

        async def handle(request: Request, **path: str) -> HTTPResponse:
            fault = self._faults.next(request.method, request.path.removeprefix(base)) if base else None
            if fault and fault.when is When.BEFORE:
                return await self._spoil(fault, request) or self._answer(operation, request, path)
            answer = self._answer(operation, request, path)
            return (fault and await self._spoil(fault, request)) or answer

        return handle

    def failed(self, request: Request, error: Exception) -> HTTPResponse:
        """Answer what went wrong on the way to an operation, or in it."""
        match error:
            case SanicException():
                code = _CODES.get(error.status_code, "bad_request")
                allowed = [method for path, method in self._methods if path.fullmatch(request.path)]
                headers = {"Allow": ", ".join(allowed)} if error.status_code == 405 else {}
                return _failure(request, error.status_code, code, str(error) or code, headers)
            case _:
                _LOG.exception("the demo shop failed", exc_info=error)
                return _failure(request, 500, "internal_error", "something went wrong in the shop")

    def _answer(self, operation: Operation, request: Request, path: Mapping[str, str]) -> HTTPResponse:
        try:
            if not operation.public:
                self._authorize(request)
            return _success(request, operation.answer(_asked(operation, request, path)))
        except _Refused as error:
            return _failure(request, error.status, error.code, str(error), error.headers)
        except Malformed as error:
            return _failure(request, 400, "bad_request", str(error))
        except Refusal as error:
            return _failure(request, _STATUSES[type(error)], error.code, str(error))

    def _authorize(self, request: Request) -> None:
        given = request.headers.get("authorization", "").encode("utf-8", "surrogateescape")
        if not compare_digest(given, self._authorization):
            raise _Refused(401, "unauthorized", "the key is missing or wrong", WWW_Authenticate="Bearer")

    async def _spoil(self, fault: Fault, request: Request) -> HTTPResponse | None:
        """Do what the fault says; None when it was only slow."""
        await anyio.sleep(fault.latency_seconds)
        if fault.reset:
            transport: Any = request.transport
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
            transport.abort()
            return HTTPResponse(status=500)
        if fault.broken_json:
            return HTTPResponse('{"data": {"id": "', headers=_headers(request), content_type="application/json")
        if fault.status is None:
            return None
        headers = {}
        if fault.status != 500:
            seconds = _RETRY_AFTER_SECONDS if fault.retry_after_seconds is None else fault.retry_after_seconds
            headers = {"Retry-After": str(seconds)}
        return _failure(request, fault.status, _FAULT_CODES[fault.status], "told to fail", headers)


def _asked(operation: Operation, request: Request, path: Mapping[str, str]) -> Asked:
    key = request.headers.get("idempotency-key", "")
    if operation.keyed and not _KEY.fullmatch(key):
        raise _Refused(400, "idempotency_key_required", "a write needs an Idempotency-Key")
    if request.body and request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise _Refused(400, "bad_request", "the body must be application/json")
    query = request.get_query_args(keep_blank_values=True)
    body = Fields.of_body(request.body)
    return Asked(
        path=path,
        query=Fields.of_query(query),
        body=body,
        key=key,
        request=hashlib.sha256(
            f"{request.method} {request.path} {sorted(query)} {body.canonical}".encode()
        ).hexdigest(),
    )


def _success(request: Request, answer: Answer) -> HTTPResponse:
    document: dict[str, object] = {"data": answer.data}
    if answer.pagination is not None:
        document["pagination"] = answer.pagination
    return _json(request, document, answer.status)


def _failure(
    request: Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> HTTPResponse:
    error = {"code": code, "message": message, "request_id": _request_id(request)}
    return _json(request, {"error": error}, status, headers)


def _json(
    request: Request, document: Mapping[str, object], status: int, headers: Mapping[str, str] | None = None
) -> HTTPResponse:
    return HTTPResponse(
        json.dumps(document, ensure_ascii=False),
        status=status,
        headers=_headers(request) | dict(headers or {}),
        content_type="application/json",
    )


def _headers(request: Request) -> dict[str, str]:
    return {"X-Request-Id": _request_id(request)}


def _request_id(request: Request) -> str:
    """Return the caller's id of this request, or one that is made now and kept."""
    if not hasattr(request.ctx, "request_id"):
        given = request.headers.get("x-request-id", "")
        request.ctx.request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid4())
    request_id: str = request.ctx.request_id
    return request_id
