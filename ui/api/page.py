"""The API's document as a page: what can be asked, what it takes, and what is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from ui.api.document import Json
from ui.api.operations import AnyRoute
from ui.api.routes import ROOT, described_by
from ui.render import Pages

_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter, or a field of a shape."""

    name: str
    kind: str
    shapes: tuple[str, ...]
    """The shapes that the kind names."""
    about: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What can be asked by one method of one path."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parts: tuple[Part, ...]
    said: str
    """The shape of the body, "" where none is read."""
    told: str
    """The shape of the answer, "" where it is none."""
    kinds: tuple[str, ...]
    """The content types of the answer."""
    refusals: tuple[str, ...]


def api_page(routes: Sequence[AnyRoute], pages: Pages) -> Blueprint:
    blueprint = Blueprint("api-page", url_prefix="/admin/api")
    described = described_by(routes)
    subjects = {tag["name"]: list(_asked(described, tag["name"])) for tag in described["tags"]}
    schemas = sorted(described["components"]["schemas"].items())
    shapes = {name: (schema.get("description", ""), _fields(schema)) for name, schema in schemas}

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        site = f"{request.scheme}://{request.host}"
        return pages.render(request, "api.html", site=site, root=ROOT, subjects=subjects, shapes=shapes)

    return blueprint


def _asked(described: Json, subject: str) -> Iterator[Asked]:
    for path, methods in described["paths"].items():
        for method, each in methods.items():
            if subject in each["tags"]:
                answer = each["responses"]["200"]["content"]
                yield Asked(
                    name=each["operationId"],
                    method=method.upper(),
                    path=path,
                    summary=each["summary"],
                    description=each["description"],
                    parts=tuple(
                        _part(part["name"], part["schema"], part.get("description", ""), needed=part["required"])
                        for part in each["parameters"]
                    ),
                    said=_body(each.get("requestBody", {}).get("content", {})),
                    told=_body(answer),
                    kinds=tuple(answer),
                    refusals=tuple(status for status in each["responses"] if status != "200"),
                )


def _fields(schema: Json) -> tuple[Part, ...]:
    if "enum" in schema:
        return (_part("", schema, ""),)
    return tuple(
        _part(name, each, each.get("description", ""), needed=name in schema.get("required", ()))
        for name, each in schema.get("properties", {}).items()
    )


def _body(content: Json) -> str:
    return next((_name(each["schema"]) for each in content.values() if "$ref" in each["schema"]), "")


def _name(schema: Json) -> str:
    return str(schema["$ref"]).removeprefix(_REF)


def _part(name: str, schema: Json, about: str, *, needed: bool = False) -> Part:
    return Part(name, _kind(schema), tuple(dict.fromkeys(_named(schema))), about, needed)


def _named(schema: Any) -> Iterator[str]:
    match schema:
        case {"$ref": _}:
            yield _name(schema)
        case dict():
            yield from (name for key, each in schema.items() if key != "mapping" for name in _named(each))
        case list():
            yield from (name for each in schema for name in _named(each))


def _kind(schema: Json) -> str:
    """Return in a few words what a value may be."""
    match schema:
        case {"$ref": _}:
            return _name(schema)
        case {"enum": values}:
            return " | ".join(map(str, values))
        case {"const": value}:
            return str(value)
        case {"anyOf": each} | {"oneOf": each}:
            return " | ".join(_kind(one) for one in each)
        case {"type": "array", "items": items}:
            return f"[{_kind(items)}]"
        case {"type": "object", "additionalProperties": dict() as values}:
            return f"{{name: {_kind(values)}}}"
        case {"type": kind}:
            return _bounded(str(schema.get("format") or kind), schema)
        case _:
            return "any"


def _bounded(kind: str, schema: Json) -> str:
    if "minimum" in schema:
        kind += f" {schema['minimum']}–{schema['maximum']}"
    if "maxLength" in schema:
        kind += f", {schema['maxLength']} letters at most"
    if "default" in schema and schema["default"] != "":
        kind += f" (default {schema['default']})"
    return kind
