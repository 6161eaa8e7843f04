"""What stands in a project and its workspace: what an undo must bring back."""

from typing import Any

from tasktracker.models import (
    Attachment,
    BoardColumn,
    Comment,
    CustomField,
    Label,
    Project,
    ProjectMembership,
    Task,
)
from tasktracker.services.task_state import task_state
from tests.factories import Team

Snapshot = dict[str, Any]


async def snapshot(team: Team) -> Snapshot:
    """Everything that an undo must put back, in whatever project: no versions, no counters of the log."""
    project, workspace = await Project.get(id=team.project.id), team.workspace
    found = await Task.filter(project__workspace_id=workspace.id)
    said = await Comment.filter(task__project__workspace_id=workspace.id)
    places = await BoardColumn.filter(project=project)
    fields = await CustomField.filter(project=project)
    members = await ProjectMembership.filter(project=project).values_list("account_id", "role")
    return {
        "project": (project.name, project.description, project.color, project.is_private, project.archived_at),
        "tasks": {(task.project_id, task.number): task_state(task) for task in found},
        "counts": {(task.project_id, task.number): (task.comment_count, task.attachment_count) for task in found},
        "comments": {(comment.id, comment.body, bool(comment.deleted_at)) for comment in said},
        "reactions": {comment.id: comment.reactions for comment in said if comment.reactions},
        "columns": {(each.id, each.name, each.category, each.wip_limit, each.position) for each in places},
        "labels": {
            (label.id, label.name, label.color) for label in await Label.filter(project__workspace_id=workspace.id)
        },
        "files": {
            (each.id, bool(each.deleted_at))
            for each in await Attachment.filter(task__project__workspace_id=workspace.id)
        },
        "fields": {(each.id, each.key, each.name, tuple(each.options), each.position) for each in fields},
        "members": set(members),
    }


async def head(team: Team) -> int:
    return int((await Project.get(id=team.project.id)).revision)


def without_new_ones(now: Snapshot, was: Snapshot) -> Snapshot:
    """What was made since is in the trash, or is a deleted comment: as good as gone."""
    made = now["tasks"].keys() - was["tasks"].keys()
    assert all(now["tasks"][each]["trashed_at"] for each in made)
    files = {each for each in now["files"] if each in was["files"]}
    assert all(is_deleted for _, is_deleted in now["files"] - files)
    kept = {each for each in now["comments"] if each in was["comments"]}
    assert all(is_deleted for _, _, is_deleted in now["comments"] - kept)
    return {
        **now,
        "tasks": {each: state for each, state in now["tasks"].items() if each not in made},
        "counts": {each: count for each, count in now["counts"].items() if each not in made},
        "comments": kept,
        "files": files,
    }
