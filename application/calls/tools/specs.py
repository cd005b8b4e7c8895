"""How a tool is told to the model, in as few tokens as do."""

from collections.abc import Mapping
from enum import Enum

from application.ports.language import ToolSpec

Property = Mapping[str, object]

TEXT: Property = {"type": "string"}
WHOLE: Property = {"type": "integer"}


def described(description: str, kind: Property = TEXT) -> Property:
    return {**kind, "description": description}


def one_of(choices: type[Enum]) -> Property:
    return {"type": "string", "enum": [choice.value for choice in choices]}


def spec(
    name: str, description: str, properties: Mapping[str, Property] | None = None, *, required: tuple[str, ...] = ()
) -> ToolSpec:
    parameters: dict[str, object] = {"type": "object", "properties": dict(properties or {})}
    if required:
        parameters["required"] = list(required)
    return ToolSpec(name, description, parameters)
