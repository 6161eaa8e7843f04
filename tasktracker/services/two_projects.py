"""A command on two projects at once: to join tasks of both, or to carry a task from one to the other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.services.access import VISIBLE, asker, require_key
from tasktracker.services.command import ProjectCommand, project_command
from tasktracker.services.transaction import Work, unit_of_work

_IDS = VISIBLE.replace("SELECT p.*", "SELECT p.id, p.key", 1) + " AND p.key = ANY($4)"


@asynccontextmanager
async def two_projects_command(
    actor: Actor, key_a: str, key_b: str, permission: Permission
) -> AsyncIterator[tuple[ProjectCommand, ProjectCommand]]:
    """Lock both projects, check that the actor may in both, run the block, append to both logs in one transaction.

    Yields the command on `key_a` and the one on `key_b`; for one key twice, its one command twice. Everybody takes the
    locks in the order of the projects' ids, so that no two such commands wait for each other: open it before any other
    command of the transaction. Raises NotFound, Forbidden, Clash.
    """
    if key_a == key_b:
        async with project_command(actor, key_a, permission) as command:
            yield command, command
        return
    async with unit_of_work() as work:
        first, second = sorted((key_a, key_b), key=(await _ids(work, actor, key_a, key_b)).__getitem__)
        # A key is its project's for good, so their order holds. Everything else is asked again under the locks.
        async with (
            project_command(actor, first, permission) as one,
            project_command(actor, second, permission) as other,
        ):
            yield (one, other) if first == key_a else (other, one)


async def _ids(work: Work, actor: Actor, *keys: str) -> dict[str, UUID]:
    """The ids of the projects with these keys. Raises NotFound for one that does not exist for the actor."""
    for key in keys:
        require_key(key)
    rows = await work.db.execute_query_dict(_IDS, [*asker(actor), list(keys)])
    found = {row["key"]: row["id"] for row in rows}
    for key in keys:
        if key not in found:
            raise NotFound("project", key)
    return found
