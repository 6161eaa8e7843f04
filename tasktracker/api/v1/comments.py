"""What is said about a task."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import IfMatch, Paged, Ref, SignedIn, based_on, part_of_list
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, CONFLICT, INVALID, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import CommentEdit, NewComment
from tasktracker.services import comments
from tasktracker.services.queries import history
from tasktracker.services.views import CommentView

router = api_router("Comments")
_COMMENTS = "/tasks/{ref:segment}/comments"
_COMMENT = _COMMENTS + "/{comment_id:segment}"


@router.get(
    _COMMENTS,
    summary="List a task's comments",
    responses=answers([examples.COMMENT], NOT_FOUND, INVALID, headers=("Link",)),
)
async def list_comments(
    ref: Ref, page: Paged, actor: SignedIn, request: Request, answer: Response
) -> list[CommentView]:
    """Oldest first. A deleted comment keeps its place and loses its text."""
    found = await history.list_comments(actor, ref, limit=page.limit, cursor=page.cursor)
    return part_of_list(request, answer, found)


@router.post(
    _COMMENTS,
    status_code=201,
    summary="Comment on a task",
    responses=answers(examples.COMMENT, NOT_FOUND, CLASH, status=201),
)
async def add_comment(
    ref: Ref, body: Annotated[NewComment, example_body(examples.NEW_COMMENT)], actor: SignedIn
) -> CommentView:
    """Says something about a task."""
    return await comments.add_comment(actor, ref, body["body"])


@router.patch(_COMMENT, summary="Edit a comment", responses=answers(examples.COMMENT, NOT_FOUND, CLASH, CONFLICT))
async def edit_comment(
    ref: Ref,
    comment_id: UUID,
    body: Annotated[CommentEdit, example_body(examples.NEW_COMMENT)],
    if_match: IfMatch,
    actor: SignedIn,
) -> CommentView:
    """Changes one of your own comments."""
    fields: dict[str, Any] = {**body}
    version = based_on(if_match, fields)
    return await comments.edit_comment(actor, ref, comment_id, fields["body"], version=version)


@router.delete(
    _COMMENT,
    status_code=204,
    summary="Delete a comment",
    responses=answers(None, NOT_FOUND, CLASH, status=204),
)
async def delete_comment(ref: Ref, comment_id: UUID, actor: SignedIn) -> None:
    """Deletes one of your own comments, or anybody's if you manage the project."""
    await comments.delete_comment(actor, ref, comment_id)
