"""What ids in the log stand for."""

from collections.abc import Collection

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.services.access import VISIBLE, read_in_workspace

_NAMES = f"""(SELECT coalesce(json_object_agg(named.id, named.name), '{{}}') FROM (
    SELECT c.id, c.name FROM board_column c JOIN ({VISIBLE}) v ON v.id = c.project_id WHERE c.id = ANY($4::uuid[])
    UNION ALL
    SELECT l.id, l.name FROM label l JOIN ({VISIBLE}) v ON v.id = l.project_id WHERE l.id = ANY($4::uuid[])
    UNION ALL
    SELECT a.id, a.name FROM account a JOIN membership m ON m.account_id = a.id AND m.workspace_id = $1
    WHERE a.id = ANY($4::uuid[])) named)::text AS names"""


async def get_names(actor: Actor, ids: Collection[str]) -> dict[str, str]:
    """The names of columns, labels and people with these ids, as far as the asker may see them. Raises NotSignedIn."""
    row = await read_in_workspace(actor, _NAMES, list(ids))
    names: dict[str, str] = orjson.loads(row["names"])
    return names
