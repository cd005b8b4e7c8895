"""The OpenAPI document, made of the table of what can be asked."""

from collections.abc import Sequence
from typing import Any, cast

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from ui.api.operations import AnyRoute, Download, Operation
from ui.api.shapes import Shape
from ui.gate import TICKET

Json = dict[str, Any]
Named = tuple[type[Shape], JsonSchemaMode]

_SCHEMAS = "#/components/schemas/"
_JSON = "application/json"
_ALWAYS = (401, 403, 429, 503)
"""What any request may be refused with."""
_REFUSALS = {
    400: "What is asked or said does not fit; the message says what, and what would.",
    401: "No token, or one that opens nothing.",
    403: "The role does not permit this.",
    404: "There is no such thing.",
    409: "Another has it.",
    413: "The body is too long.",
    415: "The body is no JSON.",
    429: "Too much at once: ask again later.",
    503: "What it takes is away just now: ask again later.",
}


class Failure(Shape):
    code: str
    """For programs: `bad_request`, `not_found`, …"""
    message: str
    """For people: the cause, and the cure where there is one."""


class Refused(Shape):
    error: Failure


def document(routes: Sequence[AnyRoute], *, version: str, root: str) -> Json:
    """Return the whole of it, as JSON knows it."""
    shapes = dict.fromkeys(each for route in routes for each in _shapes(route))
    found, defined = models_json_schema([*shapes, (Refused, "serialization")], ref_template=_SCHEMAS + "{model}")
    schemas: Json = defined["$defs"]
    names: dict[Named, str] = {}
    for (shape, mode), reference in found.items():
        names[cast(type[Shape], shape), mode] = reference["$ref"].removeprefix(_SCHEMAS)
    asked = {route.name: schemas[names[_asked(route)]] for route in routes}
    for name in {names[_asked(route)] for route in routes}:
        del schemas[name]
    paths: dict[str, Json] = {}
    for route in routes:
        at = paths.setdefault(route.path, {})
        at[route.method.lower()] = _operation(route, asked[route.name], names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Call center",
            "version": version,
            "description": "Calls, callbacks, customers and figures of the call center, for other programs. A token is"
            " made in the admin and does what its role may.",
        },
        "servers": [{"url": root}],
        "security": [{"token": []}, {"ticket": []}],
        "tags": [{"name": name} for name in dict.fromkeys(route.subject for route in routes)],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "ticket": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": TICKET,
                    "description": "Of whoever has signed in to the admin. What changes something carries the seal of"
                    " its pages as X-Seal.",
                },
            },
        },
    }


def _shapes(route: AnyRoute) -> list[Named]:
    shapes = [_asked(route)]
    if isinstance(route, Operation):
        shapes.append((route.told, "serialization"))
        if route.said.model_fields:
            shapes.append((route.said, "validation"))
    return shapes


def _asked(route: AnyRoute) -> Named:
    return route.asked, "validation"


def _operation(route: AnyRoute, asked: Json, names: dict[Named, str]) -> Json:
    described: Json = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [route.subject],
        "description": _who_may(route),
        "parameters": [_parameter(route, asked, name) for name in asked.get("properties", {})],
    }
    refusals = [*_ALWAYS, *route.refusals, *([400] if route.asked.model_fields else [])]
    if isinstance(route, Operation) and route.said.model_fields:
        refusals += [400, 413, 415]
        described["requestBody"] = {"required": True, "content": _as_json(names[route.said, "validation"])}
    described["responses"] = {
        "200": {"description": "Done.", "content": _told(route, names)},
        **{
            str(status): {
                "description": _REFUSALS[status],
                "content": _as_json(names[Refused, "serialization"]),
            }
            for status in sorted(set(refusals))
        },
    }
    return described


def _who_may(route: AnyRoute) -> str:
    return f"Takes the permission `{route.permission.value}`." if route.permission else "Any token will do."


def _told(route: AnyRoute, names: dict[Named, str]) -> Json:
    match route:
        case Download(kinds=kinds):
            return {kind: {"schema": {"type": "string", "description": of}} for kind, of in kinds.items()}
        case _:
            return _as_json(names[route.told, "serialization"])


def _as_json(name: str) -> Json:
    return {_JSON: {"schema": {"$ref": f"{_SCHEMAS}{name}"}}}


def _parameter(route: AnyRoute, asked: Json, name: str) -> Json:
    schema = _given(asked["properties"][name])
    in_path = name in route.in_path
    described: Json = {
        "name": name,
        "in": "path" if in_path else "query",
        "required": in_path or name in asked.get("required", ()),
        "schema": schema,
    }
    if description := schema.pop("description", ""):
        described["description"] = description
    return described


def _given(schema: Json) -> Json:
    """Return the schema of what is there: in an address, null is left out and not written."""
    kept = {key: value for key, value in schema.items() if key not in ("anyOf", "title")}
    kept |= next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), {})
    if kept.get("default", "") is None:
        del kept["default"]
    return kept
