"""Who has a role of their own in a project, as rows, and who could get one."""

from typing import Any
from uuid import UUID

from tasktracker.services import projects
from tasktracker.services.queries.members import list_members
from tasktracker.services.queries.projects import list_people
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import ProjectSettings


class Members:
    items: list[dict[str, Any]]
    others: dict[str, str]

    def __init__(self, settings: ProjectSettings) -> None:
        self.actor, self.key = settings.actor, settings.key

    async def load(self) -> None:
        found, people = await list_members(self.actor, self.key), await list_people(self.actor)
        self.items = [
            {
                "id": str(each.account_id),
                "name": each.name,
                "role": each.role,
                "handle": f"@{each.handle}",
                "tag": t("You") if each.account_id == self.actor.account_id else "",
            }
            for each in found
        ]
        members = {each.account_id for each in found}
        self.others = {str(each.id): f"{each.name} · @{each.handle}" for each in people if each.id not in members}

    def name_of(self, account_id: str) -> str:
        return next((str(item["name"]) for item in self.items if item["id"] == account_id), "")

    async def set_role(self, account_id: str, role: str) -> None:
        await projects.set_project_member(self.actor, self.key, UUID(account_id), role)

    async def remove(self, account_id: UUID) -> None:
        await projects.remove_project_member(self.actor, self.key, account_id)


def role_meanings() -> dict[str, str]:
    """The roles in a project, most first, and what each may do."""
    return {
        "manager": t("Changes everything here, these settings too."),
        "editor": t("Makes, changes and moves tasks."),
        "commenter": t("Reads everything, and says something about it."),
        "viewer": t("Reads everything."),
    }
