"""Projects and who has a role in them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from tasktracker.api import examples
from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND
from tasktracker.api.routing import PREFIX, api_router
from tasktracker.api.schemas import MemberRole, NewProject, ProjectCopy, ProjectEdit
from tasktracker.domain.actor import Actor
from tasktracker.services import projects
from tasktracker.services.project_copies import duplicate_project as duplicate
from tasktracker.services.queries import members
from tasktracker.services.queries import projects as queries
from tasktracker.services.queries.members import MemberView
from tasktracker.services.transaction import unit_of_work
from tasktracker.services.views import ProjectView

router = api_router("Projects")
_PROJECT = "/projects/{key:segment}"
_MEMBER = _PROJECT + "/members/{account_id:segment}"


@router.get("/projects", summary="List the projects", responses=answers([examples.PROJECT]))
async def list_projects(
    actor: SignedIn, *, archived: Annotated[bool, Query(description="Archived ones too.")] = False
) -> list[ProjectView]:
    """The projects that exist for you, by name."""
    return await queries.list_projects(actor, archived=archived)


@router.post(
    "/projects",
    status_code=201,
    summary="Create a project",
    responses=answers(examples.PROJECT, CLASH, status=201, headers=("Location",)),
)
async def create_project(
    body: Annotated[NewProject, example_body(examples.NEW_PROJECT)], actor: SignedIn, answer: Response
) -> ProjectView:
    """Makes a project with the usual columns and with you as its manager."""
    async with unit_of_work():
        key = await projects.create_project(actor, body)
        answer.headers["Location"] = f"{PREFIX}/projects/{key}"
        return await queries.get_project(actor, key)


@router.get(_PROJECT, summary="Read a project", responses=answers(examples.PROJECT, NOT_FOUND))
async def get_project(key: Key, actor: SignedIn) -> ProjectView:
    """One project, with your role in it."""
    return await queries.get_project(actor, key)


@router.patch(_PROJECT, summary="Edit a project", responses=answers(examples.PROJECT, NOT_FOUND, CLASH))
async def edit_project(
    key: Key, body: Annotated[ProjectEdit, example_body(examples.PROJECT_EDIT)], actor: SignedIn
) -> ProjectView:
    """Sets the given fields. The key stays, since people wrote it down elsewhere."""
    async with unit_of_work():
        await projects.edit_project(actor, key, body)
        return await queries.get_project(actor, key)


@router.post(_PROJECT + ":archive", summary="Archive a project", responses=answers(examples.PROJECT, NOT_FOUND))
async def archive_project(key: Key, actor: SignedIn) -> ProjectView:
    """Closes a project: it can be read, and nothing in it changes any more."""
    async with unit_of_work():
        await projects.archive_project(actor, key)
        return await queries.get_project(actor, key)


@router.post(
    _PROJECT + ":unarchive", summary="Open an archived project", responses=answers(examples.PROJECT, NOT_FOUND)
)
async def unarchive_project(key: Key, actor: SignedIn) -> ProjectView:
    """Opens an archived project again."""
    async with unit_of_work():
        await projects.unarchive_project(actor, key)
        return await queries.get_project(actor, key)


@router.post(
    _PROJECT + ":duplicate",
    status_code=201,
    summary="Duplicate a project",
    responses=answers(examples.PROJECT, NOT_FOUND, CLASH, status=201, headers=("Location",)),
)
async def duplicate_project(
    key: Key, body: Annotated[ProjectCopy, example_body(examples.PROJECT_COPY)], actor: SignedIn, answer: Response
) -> ProjectView:
    """Makes a project with the same settings, columns, labels, fields, templates and members; you become a manager.

    With the tasks on the board if wanted: their fields, subtasks and relations, and nothing that was said about them.
    """
    fields: dict[str, Any] = {**body}
    with_tasks = fields.pop("with_tasks", False)
    async with unit_of_work():
        copy = await duplicate(actor, key, fields, with_tasks=with_tasks)
        answer.headers["Location"] = f"{PREFIX}/projects/{copy}"
        return await queries.get_project(actor, copy)


@router.get(_PROJECT + "/members", summary="List a project's members", responses=answers([examples.MEMBER], NOT_FOUND))
async def list_members(key: Key, actor: SignedIn) -> list[MemberView]:
    """The people with a role of their own in the project, which counts before their role in the workspace."""
    return await members.list_members(actor, key)


@router.put(_MEMBER, summary="Give somebody a role", responses=answers(examples.MEMBER, NOT_FOUND, CLASH))
async def set_member(
    key: Key, account_id: UUID, body: Annotated[MemberRole, example_body(examples.MEMBER_ROLE)], actor: SignedIn
) -> MemberView:
    """Gives somebody of the workspace a role of their own in the project."""
    async with unit_of_work():
        await projects.set_project_member(actor, key, account_id, body["role"])
        return await _member(actor, key, account_id)


@router.delete(
    _MEMBER,
    status_code=204,
    summary="Take somebody's role away",
    responses=answers(None, NOT_FOUND, CLASH, status=204),
)
async def remove_member(key: Key, account_id: UUID, actor: SignedIn) -> None:
    """Takes a role away; in a project that is not private, the workspace's role counts again."""
    await projects.remove_project_member(actor, key, account_id)


async def _member(actor: Actor, key: str, account_id: UUID) -> MemberView:
    found = await members.list_members(actor, key)
    return next(member for member in found if member.account_id == account_id)
