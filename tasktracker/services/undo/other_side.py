"""The other half of what one command did in two projects: a relation is kept on both tasks, and told in both logs."""

from dataclasses import dataclass

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import CannotUndo
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services.access import VISIBLE, read_in_project

_FIELDS = ", ".join(f"'{relation}_ids'" for relation in RELATIONS)
_OTHER = f"""(SELECT json_build_object('key', v.key, 'revision', theirs.command)
    FROM event mine
    CROSS JOIN LATERAL jsonb_array_elements(mine.changes) change
    CROSS JOIN LATERAL jsonb_array_elements_text((change -> 'old') || (change -> 'new')) related(id)
    JOIN task t ON t.id = related.id::uuid AND t.project_id <> access.id
    LEFT JOIN ({VISIBLE}) v ON v.id = t.project_id
    CROSS JOIN LATERAL (
        SELECT coalesce(e.command, e.revision) AS command FROM event e
        WHERE e.task_id = t.id AND e.subject_id = t.id AND e.log_id = t.project_id
          AND e.request_id = mine.request_id AND e.actor_id = mine.actor_id
        ORDER BY abs(extract(epoch FROM e.at - mine.at)) LIMIT 1) theirs
    WHERE mine.log_id = access.id AND mine.kind = 'TaskEdited' AND change ->> 'field' IN ({_FIELDS})
      AND (change -> 'old') ? related.id <> ((change -> 'new') ? related.id)
      AND coalesce(mine.command, mine.revision) = (
          SELECT coalesce(e.command, e.revision) FROM event e WHERE e.log_id = access.id AND e.revision = $5)
    LIMIT 1) AS other"""


@dataclass(frozen=True, slots=True)
class OtherSide:
    """Another project whose log tells of the same command, and the first revision of it there."""

    key: str
    revision: int


async def other_side(actor: Actor, key: str, revision: int) -> OtherSide | None:
    """Where else the command has to be taken back, if anywhere. Read before the locks are taken, since it says which.

    Raises NotFound, CannotUndo for a project that the asker may not see.
    """
    found = (await read_in_project(actor, key, _OTHER, revision))["other"]
    if found is None:
        return None
    other = orjson.loads(found)
    if other["key"] is None:
        raise CannotUndo("It joins a task to one of a project that you may not see.")
    return OtherSide(**other)
