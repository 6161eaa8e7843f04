"""Markdown as its reader sees it: with the titles of the tasks and the names of the people that it speaks of."""

from collections.abc import Sequence
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.linking import Known, KnownTask, names_in
from tasktracker.domain.markdown import to_html
from tasktracker.domain.references import TaskRef
from tasktracker.domain.text import clean_body
from tasktracker.services.access import VISIBLE, read_in_workspace

LIMIT = 1_000
"""References and handles that are looked up at once; what is beyond stays text."""
_KNOWN = f"""(SELECT coalesce(json_object_agg(wanted.key || '-' || wanted.number, json_build_object(
        'ref', home.key || '-' || t.number, 'title', t.title, 'column', c.name, 'state', c.category)), '{{}}')
    FROM unnest($4::text[], $5::int[]) AS wanted(key, number)
    JOIN ({VISIBLE}) named ON named.key = wanted.key
    LEFT JOIN task_alias alias ON alias.project_id = named.id AND alias.number = wanted.number
    JOIN task t ON t.trashed_at IS NULL AND t.id = coalesce(alias.task_id, (
        SELECT own.id FROM task own WHERE own.project_id = named.id AND own.number = wanted.number))
    JOIN ({VISIBLE}) home ON home.id = t.project_id JOIN board_column c ON c.id = t.column_id)::text AS tasks,
    (SELECT coalesce(json_object_agg(a.handle, a.name), '{{}}') FROM account a
    JOIN membership m ON m.account_id = a.id AND m.workspace_id = member.workspace_id
    WHERE a.handle = ANY($6::text[]) AND a.is_active)::text AS people"""


async def render(actor: Actor, texts: Sequence[str]) -> list[str]:
    """Safe HTML for each text, in one round trip for all of them; none if no text names anything.

    A reference to a task that the actor may not see stays text. A task that has moved goes by its old name too.
    """
    refs, handles = names_in(texts)
    known = await _known(actor, refs[:LIMIT], handles[:LIMIT]) if refs or handles else Known()
    return [to_html(text, known.pieces) for text in texts]


async def render_markdown(actor: Actor, text: Any) -> str:
    """The same for one text that somebody sends. Raises Invalid."""
    return (await render(actor, [clean_body(text, "/text")]))[0]


async def _known(actor: Actor, refs: list[TaskRef], handles: list[str]) -> Known:
    keys, numbers = [ref.key for ref in refs], [ref.number for ref in refs]
    row = await read_in_workspace(actor, _KNOWN, keys, numbers, handles)
    tasks = {said: KnownTask(**task) for said, task in orjson.loads(row["tasks"]).items()}
    return Known(tasks, orjson.loads(row["people"]))
