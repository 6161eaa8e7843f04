"""One maker per noun, with sensible values for whatever a test does not care about."""

import itertools
import secrets
from dataclasses import dataclass
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.models import Account, Membership, Project, Workspace
from tasktracker.models.people import Session
from tasktracker.services import projects, sessions, tasks
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.views import ColumnView, TaskView

_counter = itertools.count(1)
_run = secrets.token_hex(4)  # several processes may fill one database

PASSWORD = "correct horse battery"


async def make_workspace() -> Workspace:
    """An empty workspace."""
    return await Workspace.create(name=f"Team {next(_counter)}")


async def make_person(workspace: Workspace, role: str = "member", **fields: Any) -> Actor:
    """Somebody with a role in the workspace; their password is not set."""
    number = next(_counter)
    handle = f"p{number}.{_run}"
    fields = {"name": f"Person {number}", "email": f"{handle}@example.org", "handle": handle, **fields}
    account = await Account.create(**fields)
    await Membership.create(workspace=workspace, account=account, role=role)
    return Actor(account.id, workspace.id)


@dataclass
class Team:
    """A workspace with an owner and one project."""

    workspace: Workspace
    owner: Actor
    key: str
    project: Project
    columns: dict[str, ColumnView]

    async def person(self, role: str = "member", **fields: Any) -> Actor:
        return await make_person(self.workspace, role, **fields)

    async def task(self, title: str = "Fix the login", **fields: Any) -> TaskView:
        if isinstance(fields.get("column"), str):
            fields["column_id"] = str(self.columns[fields.pop("column")].id)
        return await tasks.create_task(self.owner, self.key, {"title": title, **fields})

    def ref(self, number: int) -> TaskRef:
        return TaskRef(self.key, number)


async def make_team(**fields: Any) -> Team:
    """A team ready to work: owner, project with the usual columns."""
    workspace = await make_workspace()
    owner = await make_person(workspace, "owner")
    key = await projects.create_project(owner, {"key": f"T{next(_counter)}", "name": "Web site", **fields})
    columns = {column.name: column for column in await list_columns(owner, key)}
    project = await Project.get(workspace_id=workspace.id, key=key)
    return Team(workspace, owner, key, project, columns)


async def second_project(team: Team, **fields: Any) -> Team:
    """Another project of the same workspace, seen as a team."""
    key = await projects.create_project(team.owner, {"key": f"T{next(_counter)}", "name": "Shop", **fields})
    columns = {column.name: column for column in await list_columns(team.owner, key)}
    project = await Project.get(workspace_id=team.workspace.id, key=key)
    return Team(team.workspace, team.owner, key, project, columns)


async def make_session(actor: Actor) -> tuple[str, Session]:
    """An open browser session: its secret and its row."""
    secret = await sessions.open_session(actor, days=1)
    return secret, await Session.get(secret_hash=sessions.hash_of(secret))
