"""What goes wrong, as those who ask are told of it: the status, and for machines a code and the cause."""

from sanic import HTTPResponse
from sanic.exceptions import SanicException
from sanic.response import json

from application.ports.calls import UnknownCall
from application.ports.records import UnknownCallback
from domain.callback import HeldByAnother
from domain.errors import Unavailable

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "too_large",
    415: "unread_kind",
    429: "too_many_requests",
    503: "unavailable",
}


def status_of(error: Exception) -> int:
    match error:
        case UnknownCall() | UnknownCallback():
            return 404
        case HeldByAnother():
            return 409
        case Unavailable():
            return 503
        case SanicException(status_code=status):
            return status
        case _:
            return 500


def as_json(error: Exception) -> HTTPResponse:
    status = status_of(error)
    told = {"code": _CODES.get(status, "failed"), "message": _told(error)}
    headers = error.headers if isinstance(error, SanicException) else None
    return json({"error": told}, status=status, headers=headers)


def _told(error: Exception) -> str:
    """Return the cause; what went wrong inside is in the log alone."""
    match error:
        case UnknownCall():
            return "nothing is kept of this call"
        case UnknownCallback():
            return "nothing is kept of this callback"
        case HeldByAnother(by=by):
            return f"{by} has it"
        case Unavailable() | SanicException():
            return str(error)
        case _:
            return "something went wrong on our side"
