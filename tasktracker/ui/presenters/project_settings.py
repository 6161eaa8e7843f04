"""The settings of a project: what its pages show and do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission, ProjectRole
from tasktracker.realtime.hub import Patch
from tasktracker.services import projects
from tasktracker.services.project_copies import duplicate_project
from tasktracker.services.queries.members import MemberView, list_members
from tasktracker.services.queries.projects import get_project
from tasktracker.services.queries.shell import get_shell
from tasktracker.services.undo.blockers import own_last
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter

MANAGERS_NAMED = 3


class ProjectSettings(ProjectPresenter):
    """The settings of one project, open before one person."""

    def __init__(self, actor: Actor, key: str) -> None:
        super().__init__(actor, key)
        self.members: list[MemberView] = []

    async def open(self, on_patch: Callable[[Patch], None]) -> tuple[UUID, Callable[[], None]]:
        project_id, leave = await super().open(on_patch)
        try:
            self.members = await list_members(self.actor, self.key)
        except BaseException:
            leave()
            raise
        return project_id, leave

    async def reload(self) -> None:
        """Read again what the project is."""
        self.project = await get_project(self.actor, self.key)
        self.members = await list_members(self.actor, self.key)
        self.shell = await get_shell(self.actor)

    @property
    def is_manager(self) -> bool:
        return Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[ProjectRole(self.project.role)]

    @property
    def can_manage(self) -> bool:
        """Whether to offer what changes settings; the commands ask again."""
        return self.is_manager and self.project.archived_at is None

    @property
    def why_not(self) -> str:
        """Why this person can change nothing; empty if they can."""
        if not self.is_manager:
            return why_not_manager(self.project.role, [each.name for each in self.members if each.role == "manager"])
        if self.project.archived_at:
            return t(
                "This project is archived, so nothing in it changes. It can be taken out of the archive below "
                "“Danger zone”."
            )
        return ""

    async def edit_project(self, fields: Mapping[str, Any]) -> None:
        await projects.edit_project(self.actor, self.key, fields)
        await self.reload()

    async def archive(self, *, is_wanted: bool) -> None:
        act = projects.archive_project if is_wanted else projects.unarchive_project
        await act(self.actor, self.key)

    async def duplicate(self, fields: Mapping[str, Any], *, with_tasks: bool) -> str:
        """Make another project like this one; returns its key."""
        return await duplicate_project(self.actor, self.key, fields, with_tasks=with_tasks)

    async def latest_command(self) -> int | None:
        """The person's own latest command here, for a button that takes it back."""
        return await own_last(self.actor, self.key)


def why_not_manager(role: str, managers: Sequence[str]) -> str:
    """What somebody with another role is told, and whom they may ask."""
    if not managers:
        return t(
            "You are {role} here. Only managers change these settings: ask an admin of the workspace.",
            role=role_name(role),
        )
    names = ", ".join(managers[:MANAGERS_NAMED])
    return t(
        "You are {role} here. Only managers change these settings: ask {names}.", role=role_name(role), names=names
    )


def role_name(role: str) -> str:
    """A role in a project or in the workspace, as people read it."""
    return {
        "manager": t("Manager"),
        "editor": t("Editor"),
        "commenter": t("Commenter"),
        "viewer": t("Viewer"),
        "owner": t("Owner"),
        "admin": t("Admin"),
        "member": t("Member"),
        "guest": t("Guest"),
    }[role]
