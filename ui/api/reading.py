"""Reading what a request asks and says; what does not fit is refused with the cause and the cure."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError
from sanic import Request
from sanic.exceptions import BadRequest, SanicException

from ui.api.shapes import Shape

S = TypeVar("S", bound=Shape)

_JSON = "application/json"
_MOST_LETTERS = 80


class UnreadKind(SanicException):
    """The body is in a language that is not read here."""

    status_code = 415
    quiet = True


def asked_of(request: Request, kind: type[S], path: Mapping[str, str]) -> S:
    """Read the address."""
    query = request.get_args(keep_blank_values=True)
    given: dict[str, object] = {name: _once(name, values) for name, values in query.items()}
    if both := given.keys() & path.keys():
        raise BadRequest(f"{min(both)} is in the path: leave it out of the query")
    try:
        return kind.model_validate({**given, **path})
    except ValidationError as error:
        raise BadRequest(_told(error, kind)) from None


def said_in(request: Request, kind: type[S]) -> S:
    """Read the body; where nothing is to be said it is not looked at."""
    if not kind.model_fields:
        return kind()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise UnreadKind(f"the body is read as JSON only: send it with Content-Type: {_JSON}")
    try:
        return kind.model_validate_json(request.body)
    except ValidationError as error:
        raise BadRequest(_told(error, kind)) from None


def _once(name: str, values: Sequence[str]) -> str:
    if len(values) > 1:
        raise BadRequest(f"{name[:_MOST_LETTERS]} is given {len(values)} times: give it once")
    return values[0]


def _told(error: ValidationError, kind: type[Shape]) -> str:
    """Say of each field what is wrong with it; never what stood there, which may be somebody's number."""
    found: list[str] = []
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        name = ".".join(str(part) for part in each["loc"])[:_MOST_LETTERS]
        if each["type"] == "extra_forbidden":
            found.append(f"{name}: there is no such field; there are {', '.join(kind.model_fields)}")
        else:
            message = each["msg"].removeprefix("Value error, ")
            found.append(f"{name}: {message}" if name else message)
    return "; ".join(found)
