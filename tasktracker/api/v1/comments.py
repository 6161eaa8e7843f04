"""What is said about a task."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from tasktracker.api import examples
from tasktracker.api.deps import IfMatch, Paged, Ref, SignedIn, based_on, part_of_list, tagged
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, CONFLICT, NOT_FOUND
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import CommentEdit, NewComment
from tasktracker.services import comments, reactions
from tasktracker.services.queries import history
from tasktracker.services.views import CommentView, EventView

router = api_router("Comments")
_COMMENTS = "/tasks/{ref:segment}/comments"
_COMMENT = _COMMENTS + "/{comment_id:segment}"
_REACTION = _COMMENT + "/reactions/{emoji:segment}"
_TAGGED = ("ETag",)

Emoji = Annotated[str, Path(description="A single emoji.", examples=["👍"])]


@router.get(
    _COMMENTS,
    summary="List a task's comments",
    responses=answers([examples.COMMENT], NOT_FOUND, headers=("Link",)),
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
    responses=answers(examples.COMMENT, NOT_FOUND, CLASH, status=201, headers=_TAGGED),
)
async def add_comment(
    ref: Ref, body: Annotated[NewComment, example_body(examples.NEW_COMMENT)], actor: SignedIn, answer: Response
) -> CommentView:
    """Says something about a task."""
    return tagged(answer, await comments.add_comment(actor, ref, body["body"]))


@router.patch(
    _COMMENT,
    summary="Edit a comment",
    responses=answers(examples.COMMENT, NOT_FOUND, CLASH, CONFLICT, headers=_TAGGED),
)
async def edit_comment(
    ref: Ref,
    comment_id: UUID,
    body: Annotated[CommentEdit, example_body(examples.NEW_COMMENT)],
    if_match: IfMatch,
    actor: SignedIn,
    answer: Response,
) -> CommentView:
    """Changes one of your own comments. Its ETag is its `version`, in quotes."""
    fields: dict[str, Any] = {**body}
    version = based_on(if_match, fields)
    return tagged(answer, await comments.edit_comment(actor, ref, comment_id, fields["body"], version=version))


@router.delete(
    _COMMENT,
    status_code=204,
    summary="Delete a comment",
    responses=answers(None, NOT_FOUND, CLASH, status=204),
)
async def delete_comment(ref: Ref, comment_id: UUID, actor: SignedIn) -> None:
    """Deletes one of your own comments, or anybody's if you manage the project."""
    await comments.delete_comment(actor, ref, comment_id)


@router.get(
    _COMMENT + "/history",
    summary="Read a comment's history",
    responses=answers([examples.COMMENT_EDITED], NOT_FOUND, headers=("Link",)),
)
async def list_comment_history(
    ref: Ref, comment_id: UUID, page: Paged, actor: SignedIn, request: Request, answer: Response
) -> list[EventView]:
    """How a comment came to say what it says: its texts with who wrote them and when, newest first."""
    found = await history.list_comment_history(actor, ref, comment_id, limit=page.limit, cursor=page.cursor)
    return part_of_list(request, answer, found)


@router.put(_REACTION, summary="React to a comment", responses=answers(examples.COMMENT, NOT_FOUND, CLASH))
async def react_to_comment(ref: Ref, comment_id: UUID, emoji: Emoji, actor: SignedIn) -> CommentView:
    """Answers a comment with an emoji, once however often it is sent."""
    return await reactions.react(actor, ref, comment_id, emoji)


@router.delete(_REACTION, summary="Take a reaction back", responses=answers(examples.COMMENT, NOT_FOUND, CLASH))
async def take_reaction_back(ref: Ref, comment_id: UUID, emoji: Emoji, actor: SignedIn) -> CommentView:
    """Takes your own emoji off a comment."""
    return await reactions.take_back(actor, ref, comment_id, emoji)
