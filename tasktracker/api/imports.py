"""Bodies that are whole files, and are read as such; and what a call says about one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson

from tasktracker.api.routing import Route
from tasktracker.domain.errors import Invalid, Problem, pointer_to

IMPORT_BYTES = 20 * 2**20
"""The largest file to import: ten thousand tasks, with what was said about them."""


class ImportRoute(Route):
    """An endpoint whose body is a file to import; `body_limit` lets it be larger than others."""


def file_of(content: Any, file_format: str) -> str | bytes:
    """The file that stands in a body. Raises Invalid."""
    if isinstance(content, dict) and file_format == "json":
        return orjson.dumps(content)
    if not isinstance(content, str):
        raise Invalid.at("/content", "This must be the file as a text; only JSON may stand here as it is, an object.")
    return content


def mapped_column(text: str, index: int) -> tuple[str, str]:
    """A column and its field, from `Summary=title` in the address. Raises Invalid."""
    name, sign, field = text.rpartition("=")
    if not sign:
        raise Invalid.at(f"/query/column/{index}", "Write a column and its field as Summary=title.")
    return name, field


@contextmanager
def in_address(columns: Sequence[str]) -> Iterator[None]:
    """Point at what is invalid in the block where it is said here: in the address, or in the body as a whole."""
    places = {pointer_to("mapping", each.rpartition("=")[0]): f"/column/{index}" for index, each in enumerate(columns)}
    places |= {"/content": "", "/mapping": "/column"}
    try:
        yield
    except Invalid as refusal:
        found = [(places.get(each.pointer, each.pointer), each.detail) for each in refusal.problems]
        raise Invalid([Problem(place and f"/query{place}", detail) for place, detail in found]) from None
