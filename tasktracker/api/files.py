"""Answers that are files: whole or in part (RFC 9110, section 14), and only if the caller has not got them already."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

from fastapi import Request, Response
from starlette.responses import StreamingResponse

from tasktracker.api.problems import Explained
from tasktracker.api.routing import Route, is_known

Span = tuple[int, int]
"""From the first byte to before the last one."""

_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


class FileRoute(Route):
    """An endpoint that answers the bytes of a file."""


async def file_answer(
    request: Request,
    size: int,
    headers: Mapping[str, str],
    read: Callable[[Span | None], Awaitable[AsyncIterator[bytes]]],
) -> Response:
    """A file of `size` bytes, or the part of it that is asked for; `headers` must hold its `ETag`.

    Raises Explained (416) for a part that begins behind its end.
    """
    headers = {"Accept-Ranges": "bytes", **headers}
    if is_known(request, headers["ETag"]):
        return Response(headers=headers)  # which the route makes a 304
    span = _span(request, size, headers["ETag"])
    start, end = span or (0, size)
    headers["Content-Length"] = str(end - start)
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(await read(span), 206 if span else 200, headers)


def _span(request: Request, size: int, tag: str) -> Span | None:
    """The one range that is asked for; None for the whole, and for whatever else may be passed over (section 14.2)."""
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    is_of_this = request.headers.get("if-range", tag) == tag
    if found is None or size == 0 or not is_of_this or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2] or size) + 1)
        if found[2] and int(found[2]) < start:
            return None
    if start >= size:
        detail = f"The file has {size:,} bytes, and ends before the range that you ask for begins."
        raise Explained(416, detail, {"Content-Range": f"bytes */{size}"})
    return start, end
