"""Reading the OpenAPI document: where a reference leads, and a schema in a few words."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


def in_words(schema: Json) -> str:
    """What a value may be: `text (uuid)`, `list of text`, `whole number or null`."""
    if "anyOf" in schema:
        return " or ".join(map(in_words, schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {in_words(schema['items'])}"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    name = names.get(schema.get("type", ""), str(schema.get("type", "object")))
    return f"{name} ({schema['format']})" if "format" in schema else name


def resolved(document: Json, value: Json) -> Json:
    """The value itself, or what its `$ref` names."""
    if "$ref" not in value:
        return value
    found: Any = document
    for step in value["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    target: Json = found
    return target
