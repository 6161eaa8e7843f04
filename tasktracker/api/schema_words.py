"""Reading the OpenAPI document: where a reference leads, and a schema in a few words."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]


ANYTHING = 2**31 - 1
"""A limit from here on is the database's, and says nothing to people."""


def in_words(schema: Json) -> str:
    """What a value may be: `text (uuid)`, `list of text`, `whole number or null, 1 to 100`."""
    return _kind(schema) + _limits(schema)


def _limits(schema: Json) -> str:
    for low, high, unit in (("minimum", "maximum", ""), ("minLength", "maxLength", " characters")):
        least, most = schema.get(low, 0), schema.get(high, ANYTHING)
        if most < ANYTHING:
            return f", {least:,.12g} to {most:,.12g}{unit}" if low in schema else f", at most {most:,.12g}{unit}"
        if least:
            return f", {least:,.12g} or more{unit}"
    return ""


def _kind(schema: Json) -> str:
    if "anyOf" in schema and "type" not in schema:
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
