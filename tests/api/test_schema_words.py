"""Schemas in the words of the reference."""

from typing import Any

import pytest

from tasktracker.api.schema_words import in_words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "uuid"}, "text (uuid)"),
        ({"type": "string", "minLength": 1, "maxLength": 100}, "text, 1 to 100 characters"),
        ({"type": "string", "maxLength": 100_000}, "text, at most 100,000 characters"),
        ({"type": "integer", "minimum": 1, "maximum": 2**31 - 1}, "whole number, 1 or more"),
        ({"type": "integer", "minimum": 0, "maximum": 25}, "whole number, 0 to 25"),
        ({"type": "number", "minimum": 0.5, "maximum": 10000.0}, "number, 0.5 to 10,000"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}], "maxLength": 50}, "text or null, at most 50 characters"),
        ({"type": "string", "anyOf": [{"format": "uuid"}, {"const": "me"}]}, "text"),
        ({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, "list of a | b"),
        ({"type": "boolean"}, "true or false"),
        ({"$ref": "#/components/schemas/TaskView"}, "object"),
    ],
)
def test_a_schema_reads_as_words(schema: dict[str, Any], words: str) -> None:
    assert in_words(schema) == words
