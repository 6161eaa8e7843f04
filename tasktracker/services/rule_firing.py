"""Doing what a rule says to one task, as the person who saved the rule last."""

from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import Permission
from tasktracker.domain.rule_chain import answer_to
from tasktracker.models import Project, Rule, Task
from tasktracker.services.command import ProjectCommand, program_command, project_command
from tasktracker.services.rule_actions import perform
from tasktracker.services.rule_conditions import fits
from tasktracker.services.rules import RULE
from tasktracker.services.transaction import attempt


async def fire_rule(rule: Rule, task_id: UUID, request_id: str) -> bool:
    """Answer an event of that request, all in one command; False if the task does not fit, or the rule has changed.

    If anything is refused, nothing is done. Raises NotFound (also where the owner may not see the project any more),
    Forbidden, Invalid, Clash, ColumnFull.
    """
    project = await Project.get(id=rule.project_id)
    actor = Actor(rule.owner_id, project.workspace_id, request_id=answer_to(request_id, rule.id))  # type: ignore[attr-defined]
    async with attempt(), project_command(actor, project.key, Permission.EDIT_TASKS) as command:
        current = await RULE.find_or_none(command, rule.id)
        task = await _task(command, task_id)
        if current is None or current.since != rule.since or not current.is_enabled or task is None:
            return False
        if not await fits(command, task.id, rule.condition):
            return False
        await perform(command, task, rule.actions)
    return True


async def note_error(rule: Rule, error: str | None) -> None:
    """Note at the rule why it could not be done, or that it could again."""
    if rule.error == error:
        return
    project = await Project.get(id=rule.project_id)
    actor = Actor(rule.owner_id, project.workspace_id)  # type: ignore[attr-defined]
    async with program_command(actor, project.id) as command:
        current = await RULE.find_or_none(command, rule.id)
        if current is not None:
            await RULE.edit(command, current, {"error": error})
    rule.error = error


async def _task(command: ProjectCommand, task_id: UUID) -> Task | None:
    """The task, if it is still in the project and not in the trash."""
    found = Task.filter(id=task_id, project_id=command.project.id, trashed_at=None)
    return await found.using_db(command.db).first()
