"""The settings of the workspace: its name and its people."""

from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import WORKSPACE_ROLE_MAY, Permission, WorkspaceRole
from tasktracker.services import accounts
from tasktracker.services.queries.projects import list_people
from tasktracker.services.queries.shell import ShellView, get_shell
from tasktracker.services.views import AccountView
from tasktracker.services.workspaces import edit_workspace
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project_settings import role_name

_ADMINS_NAMED = 3


class WorkspaceSettings:
    shell: ShellView

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.people: list[AccountView] = []

    async def open(self) -> None:
        """Read what every section needs. Raises NotSignedIn."""
        self.shell = await get_shell(self.actor)
        await self.load()

    async def load(self) -> None:
        self.people = await list_people(self.actor)

    @property
    def can_manage(self) -> bool:
        return self._may(Permission.MANAGE_WORKSPACE)

    def _may(self, permission: Permission) -> bool:
        return permission in WORKSPACE_ROLE_MAY[WorkspaceRole(self.shell.role)]

    @property
    def why_not(self) -> str:
        """Why this person can change nothing; empty if they can."""
        if self.can_manage:
            return ""
        admins = [each.name for each in self.people if each.role in ("owner", "admin")]
        return t(
            "You are {role} in this workspace. Only its owners and admins change this: ask {names}.",
            role=role_name(self.shell.role),
            names=", ".join(admins[:_ADMINS_NAMED]),
        )

    def roles(self) -> dict[str, str]:
        """The roles that this person may give."""
        roles = [each.value for each in WorkspaceRole if each != "owner" or self._may(Permission.MANAGE_OWNERS)]
        return {role: role_name(role) for role in roles}

    def items(self) -> list[dict[str, Any]]:
        """The people as rows; only owners touch owners."""
        return [self._item(each) for each in self.people]

    def _item(self, person: AccountView) -> dict[str, Any]:
        is_beyond = person.role == "owner" and not self._may(Permission.MANAGE_OWNERS)
        return {
            "id": str(person.id),
            "name": person.name,
            "role": person.role,
            "email": person.email,
            "tag": t("You") if person.id == self.actor.account_id else "",
            "locked": is_beyond,
            "kept": is_beyond,
        }

    def name_of(self, account_id: str) -> str:
        return next((each.name for each in self.people if str(each.id) == account_id), "")

    async def rename(self, name: str) -> None:
        await edit_workspace(self.actor, {"name": name})
        self.shell = await get_shell(self.actor)

    async def add(self, name: str, email: str, password: str, role: str) -> str:
        """Add a person, and say so. Raises Invalid, Forbidden, Clash."""
        added = await accounts.add_person(self.actor, name, email, password, role)
        await self.load()
        known = self.name_of(str(added.account_id))
        if added.is_back:
            return t("{name} is here again, with the password of before", name=known)
        return t("{name} is added", name=known)

    async def set_role(self, account_id: str, role: str) -> None:
        await accounts.set_workspace_role(self.actor, UUID(account_id), role)

    async def remove(self, account_id: str) -> None:
        await accounts.remove_member(self.actor, UUID(account_id))


def workspace_role_meanings() -> dict[str, str]:
    """The roles in a workspace, most first, and what each may do."""
    return {
        "owner": t("Everything, and only owners appoint owners."),
        "admin": t("Manages people, the workspace and every project that is not private."),
        "member": t("Makes projects, and changes tasks in those that are not private."),
        "guest": t("Sees only projects in which they have a role of their own."),
    }
