"""One process of the storm: many writers at once, each doing one random command after the other.

Called with a plan as JSON (see `test_storm.py`). Every command that was acknowledged is a line in the file `acks`
before its writer goes on; a line that is written survives the death of this process.
"""

import asyncio
import json
import os
import random
import sys
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Refusal
from tasktracker.domain.references import TaskRef
from tasktracker.models.database import close_database, connection, open_database
from tasktracker.services import comments, tasks
from tasktracker.services.task_changes import Spot
from tasktracker.services.transaction import unit_of_work

ROLLBACKS = 0.15
"""The share of commands whose transaction fails after everything in it was done."""
_REVISION = """
    SELECT e.revision FROM project p JOIN event e ON e.log_id = p.id AND e.revision = p.revision
    WHERE p.workspace_id = $1 AND p.key = $2 AND e.request_id = $3
"""


class RollBack(Exception):
    """Something fails between a command and its commit."""


@dataclass
class Storm:
    """The writers of this process, and what they know of each project."""

    plan: dict[str, Any]
    acks: int
    luck: random.Random
    newest: dict[str, int] = field(default_factory=dict)

    async def write(self, count: int) -> None:
        for _ in range(count):
            project = self.luck.choice(self.plan["projects"])
            request = f"{self.plan['name']}-{uuid4().hex}"
            account = UUID(self.luck.choice(self.plan["accounts"]))
            actor = Actor(account, UUID(self.plan["workspace"]), request_id=request)
            self.note(request=request, key=project["key"], **await self.attempt(actor, project))

    async def attempt(self, actor: Actor, project: dict[str, Any]) -> dict[str, Any]:
        """One command, and what came of it."""
        try:
            return await self.transaction(actor, project)
        except RollBack:
            return {"outcome": "rolled back"}
        except Refusal as refusal:
            return {"outcome": "refused", "why": type(refusal).__name__}

    async def transaction(self, actor: Actor, project: dict[str, Any]) -> dict[str, Any]:
        """A command and the revision that it got, if it changed anything; or a failure after both."""
        async with unit_of_work():
            number = await self.command(actor, project)
            values = [actor.workspace_id, project["key"], actor.request_id]
            rows = await connection().execute_query_dict(_REVISION, values)
            if self.luck.random() < ROLLBACKS:
                raise RollBack
        return {"outcome": "done", "revision": rows[0]["revision"] if rows else None, "created": number}

    async def command(self, actor: Actor, project: dict[str, Any]) -> int | None:
        """A random command; returns the number of the task if it created one."""
        key, luck = project["key"], self.luck
        ref = TaskRef(key, luck.randint(1, self.newest.get(key, 1)))
        match luck.choices(("create", "edit", "move", "comment", "trash", "restore"), (30, 25, 25, 12, 5, 3))[0]:
            case "create":
                column = luck.choice(project["columns"])
                made = await tasks.create_task(actor, key, {"title": actor.request_id, "column_id": column})
                self.newest[key] = max(made.number, self.newest.get(key, 1))
                return made.number
            case "edit":
                await tasks.edit_task(actor, ref, {"title": actor.request_id, "priority": "high"})
            case "move":
                spot = Spot(luck.choice(project["columns"]), after=luck.randint(1, self.newest.get(key, 1)))
                await tasks.move_task(actor, ref, spot)
            case "comment":
                await comments.add_comment(actor, ref, actor.request_id)
            case "trash":
                await tasks.trash_task(actor, ref)
            case _:
                await tasks.restore_task(actor, ref)
        return None

    def note(self, **line: Any) -> None:
        os.write(self.acks, json.dumps(line).encode() + b"\n")


async def main(plan: dict[str, Any]) -> None:
    """Run the writers side by side, each on a connection of its own."""
    acks = os.open(plan["acks"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    await open_database(plan["database_url"], pool_min=1, pool_max=plan["writers"])
    storm = Storm(plan, acks, random.Random(plan["name"]))
    await asyncio.gather(*(storm.write(plan["commands"]) for _ in range(plan["writers"])))
    await close_database()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
