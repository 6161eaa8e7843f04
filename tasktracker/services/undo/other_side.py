"""The other half of what one command did in two projects, which both logs tell of.

A relation is kept on both of its tasks. A task that is carried over leaves one project, and arrives in the other.
"""

from dataclasses import dataclass

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import CannotUndo
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services.access import VISIBLE, read_in_project

_FIELDS = ", ".join(f"'{relation}_ids'" for relation in RELATIONS)
_SEEN_FROM_THERE = " ".join(f"WHEN '{one}_ids' THEN '{other}_ids'" for one, other in RELATIONS.items())
# The task may have gone elsewhere since: its half stays in the log in which it was told.
_RELATED = f"""
    SELECT told.log_id, told.command FROM jsonb_array_elements(mine.changes) change
    CROSS JOIN LATERAL jsonb_array_elements_text((change -> 'old') || (change -> 'new')) related(id)
    CROSS JOIN LATERAL (
        SELECT e.log_id, coalesce(e.command, e.revision) AS command FROM event e
        CROSS JOIN LATERAL jsonb_array_elements(e.changes) theirs
        WHERE e.task_id = related.id::uuid AND e.subject_id = e.task_id AND e.kind = 'TaskEdited'
          AND e.request_id = mine.request_id AND e.actor_id = mine.actor_id
          AND theirs ->> 'field' = CASE change ->> 'field' {_SEEN_FROM_THERE} END
          AND (theirs -> 'old') ? mine.subject_id::text = (change -> 'old') ? related.id
          AND (theirs -> 'new') ? mine.subject_id::text = (change -> 'new') ? related.id
        ORDER BY abs(extract(epoch FROM e.at - mine.at)) LIMIT 1) told
    WHERE mine.kind = 'TaskEdited' AND change ->> 'field' IN ({_FIELDS})
      AND (change -> 'old') ? related.id <> (change -> 'new') ? related.id
"""
_CARRIED = """
    SELECT e.log_id, coalesce(e.command, e.revision) AS command FROM event e
    WHERE e.task_id = mine.task_id AND ((mine.kind, e.kind, e.version - mine.version)
        IN (('TaskLeft', 'TaskArrived', 1), ('TaskArrived', 'TaskLeft', -1)))
"""
_OTHER = f"""(SELECT json_build_object('key', v.key, 'revision', theirs.command)
    FROM (SELECT coalesce(e.command, e.revision) AS first FROM event e
        WHERE e.log_id = access.id AND e.revision = $5) wanted
    JOIN event mine ON mine.log_id = access.id AND mine.kind IN ('TaskEdited', 'TaskLeft', 'TaskArrived')
        AND (mine.command = wanted.first OR (mine.command IS NULL AND mine.revision = wanted.first))
    CROSS JOIN LATERAL ({_RELATED} UNION ALL {_CARRIED}) theirs
    LEFT JOIN ({VISIBLE}) v ON v.id = theirs.log_id
    WHERE theirs.log_id <> access.id
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
        raise CannotUndo("It changed another project as well, which you may not see.")
    return OtherSide(**other)
