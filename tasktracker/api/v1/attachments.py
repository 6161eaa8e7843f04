"""The files at a task."""

from pathlib import PurePath
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import Ref, SignedIn
from tasktracker.api.describe import Answers, answers
from tasktracker.api.files import FileRoute, Span, file_answer
from tasktracker.api.problems import CLASH, NO_SUCH_RANGE, NOT_FOUND
from tasktracker.api.routing import PREFIX, api_router, is_known
from tasktracker.api.uploads import FIELD, MEDIA_TYPE, Uploaded, UploadRoute
from tasktracker.domain.errors import NotFound
from tasktracker.services import attachments
from tasktracker.services.files import files
from tasktracker.services.queries import attachments as queries
from tasktracker.services.views import AttachmentView
from tasktracker.storage.headers import safe_headers
from tasktracker.storage.thumbnails import MEDIA_TYPE as THUMBNAIL_TYPE

router = api_router("Attachments")
upload = api_router("Attachments", UploadRoute)
content = api_router("Attachments", FileRoute)

_ATTACHMENTS = "/tasks/{ref:segment}/attachments"
_ATTACHMENT = _ATTACHMENTS + "/{attachment_id:segment}"
_ONE: dict[str, Any] = {
    "id": "019a5c25-80b2-7345-af60-9182a3b4c5d6", "uploader_id": examples.PERSON["id"],
    "name": "login.png", "media_type": "image/png", "size": 48_213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "width": 1440, "height": 900,
    "created_at": "2026-11-23T09:15:00Z",
}  # fmt: skip
_FORM = {
    "required": True,
    "content": {
        MEDIA_TYPE: {
            "schema": {
                "type": "object",
                "required": [FIELD],
                "properties": {
                    FIELD: {"type": "string", "format": "binary", "description": "The file, with its name."}
                },
            }
        }
    },
}
Download = Annotated[bool, Query(description="True: a browser saves the file, and does not show it.")]


def _bytes_of(media_type: str, *more: Any, partial: bool = False) -> Answers:
    described = answers(None, NOT_FOUND, *more, headers=("ETag",))
    described[200] |= {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}
    return {**described, 206: {**described[200], "description": "Partial Content."}} if partial else described


@router.get(_ATTACHMENTS, summary="List a task's attachments", responses=answers([_ONE], NOT_FOUND))
async def list_attachments(ref: Ref, actor: SignedIn) -> list[AttachmentView]:
    """Oldest first."""
    return await queries.list_attachments(actor, ref)


@upload.post(
    _ATTACHMENTS,
    status_code=201,
    summary="Attach a file",
    openapi_extra={"requestBody": _FORM},
    responses=answers(_ONE, NOT_FOUND, CLASH, status=201, headers=("Location",)),
)
async def add_attachment(ref: Ref, file: Uploaded, actor: SignedIn, answer: Response) -> AttachmentView:
    """Attaches a file to a task. What it is, its bytes say and not the caller; of a picture a thumbnail is made.

    To a retry with the same `Idempotency-Key` belong the same content and the same name.
    """
    attachment = await attachments.attach_upload(actor, ref, file)
    answer.headers["Location"] = f"{PREFIX}/tasks/{ref}/attachments/{attachment.id}"
    return attachment


@router.get(_ATTACHMENT, summary="Read about an attachment", responses=answers(_ONE, NOT_FOUND))
async def get_attachment(ref: Ref, attachment_id: UUID, actor: SignedIn) -> AttachmentView:
    """What is known of the file; its bytes have addresses of their own."""
    return await queries.get_attachment(actor, ref, attachment_id)


@content.get(
    _ATTACHMENT + "/content",
    summary="Download an attachment",
    response_class=Response,
    responses=_bytes_of("*/*", NO_SUCH_RANGE, partial=True),
)
async def get_content(
    ref: Ref, attachment_id: UUID, actor: SignedIn, request: Request, *, download: Download = False
) -> Response:
    """The file, or one `Range` of it. Browsers show pictures and plain text, and save everything else."""
    attachment = await queries.get_attachment(actor, ref, attachment_id)
    headers = safe_headers(attachment.name, attachment.media_type, download=download)
    headers["ETag"] = f'"{attachment.sha256}"'

    async def read(span: Span | None) -> Any:
        return await files.read(attachment.id, span)

    return await file_answer(request, attachment.size, headers, read)


@content.get(
    _ATTACHMENT + "/thumbnail",
    summary="See a small picture of an attachment",
    response_class=Response,
    responses=_bytes_of(THUMBNAIL_TYPE),
)
async def get_thumbnail(ref: Ref, attachment_id: UUID, actor: SignedIn, request: Request) -> Response:
    """A picture's thumbnail, at most 640 pixels wide and high. An attachment without `width` has none."""
    attachment = await queries.get_attachment(actor, ref, attachment_id)
    if attachment.width is None:
        raise NotFound("thumbnail of", attachment.name)
    headers = safe_headers(f"{PurePath(attachment.name).stem}.webp", THUMBNAIL_TYPE, download=False)
    headers["ETag"] = f'"{attachment.sha256}-thumbnail"'
    if is_known(request, headers["ETag"]):
        return Response(headers=headers)
    return Response(b"".join([chunk async for chunk in await files.read_thumbnail(attachment.id)]), headers=headers)


@router.delete(
    _ATTACHMENT, status_code=204, summary="Delete an attachment", responses=answers(None, NOT_FOUND, CLASH, status=204)
)
async def delete_attachment(ref: Ref, attachment_id: UUID, actor: SignedIn) -> None:
    """Deletes one of your own attachments, or anybody's if you may change tasks. It can be undone."""
    await attachments.delete_attachment(actor, ref, attachment_id)
