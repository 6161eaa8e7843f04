"""A file that comes in as a form (multipart/form-data, RFC 7578), and is passed on as it comes."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request, Response
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from tasktracker.api.deps import authenticated
from tasktracker.api.json_body import Malformed
from tasktracker.api.problems import Explained
from tasktracker.api.routing import Handler, Route, once
from tasktracker.domain.errors import Invalid
from tasktracker.domain.references import TaskRef
from tasktracker.services.files import Upload, uploaded

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MEDIA_TYPE = "multipart/form-data"
FIELD = "file"


class UploadRoute(Route):
    """An endpoint for a task (`{ref}`) that takes a file, which is stored before anything else happens.

    So no transaction waits for a slow caller. An `Idempotency-Key` stands for the file's name and content.
    """

    async def answer(self, request: Request, handle: Handler) -> Response:
        actor = request.state.actor = await authenticated(request)
        ref = TaskRef.parse(request.path_params["ref"])
        form = _Form(request)
        name = await form.file_name()
        async with uploaded(actor, ref, name, form.file_bytes()) as upload:
            request.state.upload = upload
            content = f"{upload.sha256}\n{upload.name}".encode()
            return await once(request, content, lambda: self.handle_json(request, handle))


def _upload(request: Request) -> Upload:
    upload: Upload = request.state.upload  # put there by UploadRoute
    return upload


Uploaded = Annotated[Upload, Depends(_upload)]
"""The file that came in."""


class _Form:
    """A form of one file, read from the request as far as somebody asks."""

    def __init__(self, request: Request) -> None:
        self._stream = request.stream()
        self._parser = _parser(request, self)
        self._header, self._value = b"", b""
        self._name: str | None = None
        self._pieces: list[bytes] = []
        self._parts = 0
        self._is_whole = False

    async def file_name(self) -> str:
        """What the file is called. Raises Invalid, Malformed."""
        while self._name is None:
            if self._is_whole or not await self._read_on():
                raise Invalid.at(f"/{FIELD}", f"Send a file, as the field “{FIELD}” of the form.")
        return self._name

    async def file_bytes(self) -> AsyncIterator[bytes]:
        """The file, as it comes. Raises Malformed if it ends too early, Invalid if there is another one."""
        while True:
            pieces, self._pieces = self._pieces, []
            for piece in pieces:
                yield piece
            if self._is_whole:
                return
            if not await self._read_on():
                raise Malformed("The form ends in the middle of the file. Send it again.")

    async def _read_on(self) -> bool:
        """Whether there was more to read."""
        try:
            async for chunk in self._stream:
                self._parser.write(chunk)
                return True
        except FormParserError as error:
            raise Malformed(f"The form cannot be read: {error}.") from None
        except ClientDisconnect:
            raise Malformed("The caller went away before the form was whole.") from None
        return False

    def on_part_begin(self) -> None:
        self._parts += 1
        if self._parts > 1:
            raise Invalid.at(f"/{FIELD}", f"Send one file and nothing else, as the field “{FIELD}” of the form.")

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            if options.get(b"name") == FIELD.encode() and b"filename" in options:
                self._name = _decoded(options[b"filename"])
        self._header, self._value = b"", b""

    def on_headers_finished(self) -> None:
        if self._name is None:
            raise Invalid.at(f"/{FIELD}", f"Send the file as the field “{FIELD}” of the form, with its name.")

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._pieces.append(data[start:end])

    def on_end(self) -> None:
        self._is_whole = True


_EVENTS = ("part_begin", "header_field", "header_value", "header_end", "headers_finished", "part_data", "end")


def _parser(request: Request, form: _Form) -> MultipartParser:
    media_type, options = parse_options_header(request.headers.get("content-type"))
    if media_type != MEDIA_TYPE.encode() or b"boundary" not in options:
        raise Explained(415, f"Send the file as a form: {MEDIA_TYPE}, with a boundary.", {"Accept": MEDIA_TYPE})
    calls = {f"on_{name}": getattr(form, f"on_{name}") for name in _EVENTS}
    try:
        return MultipartParser(options[b"boundary"], cast("MultipartCallbacks", calls))
    except FormParserError as error:
        raise Malformed(f"The form cannot be read: {error}.") from None


def _decoded(name: bytes) -> str:
    """The name as browsers send it: in UTF-8, a quote in it as %22 (WHATWG HTML, multipart/form-data encoding)."""
    return name.decode(errors="replace").replace("%22", '"')
