"""A project as exports read it: what surrounds the tasks, and the tasks page by page, so that memory stays flat.

Each page is one statement that asks for the permission again. Pages are read one after another: what is changed while
an export runs may be in it or not, task by task.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.task_fields import RELATIONS
from tasktracker.services.access import VISIBLE, read_in_project

PAGE = 200
"""Tasks in one statement."""

_HEAD = """json_build_object(
    'project', json_build_object('id', access.id, 'key', access.key, 'name', access.name,
        'description', access.description, 'color', access.color, 'is_private', access.is_private,
        'requires_version', access.requires_version),
    'columns', (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'category', c.category,
        'wip_limit', c.wip_limit) ORDER BY c.position), '[]') FROM board_column c WHERE c.project_id = access.id),
    'labels', (SELECT coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color)
        ORDER BY l.name), '[]') FROM label l WHERE l.project_id = access.id),
    'custom_fields', (SELECT coalesce(json_agg(json_build_object('key', f.key, 'name', f.name, 'kind', f.kind,
        'options', f.options) ORDER BY f.position), '[]') FROM custom_field f WHERE f.project_id = access.id),
    'templates', (SELECT coalesce(json_agg(json_build_object('name', x.name, 'content', x.content) ORDER BY x.name),
        '[]') FROM template x WHERE x.project_id = access.id),
    'people', (SELECT coalesce(json_object_agg(a.id, a.handle), '{}') FROM membership m
        JOIN account a ON a.id = m.account_id WHERE m.workspace_id = access.workspace_id))::text AS head"""
_ALIVE = "x.trashed_at IS NULL"
_RELATED = ", ".join(
    f"""'{kind}', CASE WHEN t.{kind}_ids = '{{}}' THEN '[]' ELSE (
        SELECT coalesce(json_agg(v.key || '-' || x.number ORDER BY v.key, x.number), '[]')
        FROM unnest(t.{kind}_ids) AS other(id) JOIN task x ON x.id = other.id AND {_ALIVE}
        JOIN ({VISIBLE}) v ON v.id = x.project_id) END"""
    for kind in RELATIONS
)
_WHEN = """coalesce(to_char(t.{0}_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), t.{0}_on::text)"""
_TASK = f"""json_build_object(
    'ref', access.key || '-' || t.number, 'title', t.title, 'description', t.description,
    'column_id', t.column_id, 'state', c.category, 'position', t.position,
    'priority', (ARRAY['none','low','medium','high','urgent'])[t.priority + 1], 'label_ids', t.label_ids,
    'assignee_ids', t.assignee_ids, 'watcher_ids', t.watcher_ids, 'start', {_WHEN.format("start")},
    'due', {_WHEN.format("due")}, 'estimate', t.estimate, 'parent', (SELECT access.key || '-' || x.number FROM task x
        WHERE x.id = t.parent_id AND {_ALIVE}),
    'relations', json_build_object({_RELATED}), 'custom', t.custom, 'recurrence', t.recurrence,
    'external_source', t.external_source, 'external_id', t.external_id, 'created_by', t.created_by_id,
    'created_at', t.created_at, 'updated_at', t.updated_at, 'completed_at', t.completed_at,
    'archived_at', t.archived_at"""
_COMMENTS = """, 'comments', (SELECT coalesce(json_agg(json_build_object(
        'author', k.author_id, 'created_at', k.created_at, 'body', k.body, 'reactions', k.reactions)
        ORDER BY k.created_at, k.id), '[]') FROM comment k WHERE k.task_id = t.id AND k.deleted_at IS NULL)"""


def _page(comments: str) -> str:
    return f"""(SELECT coalesce(json_agg(found.task ORDER BY found.number), '[]') FROM (
        SELECT t.number, {_TASK}{comments}) AS task FROM task t JOIN board_column c ON c.id = t.column_id
        WHERE t.project_id = access.id AND t.trashed_at IS NULL AND t.number > $5 ORDER BY t.number LIMIT $6
        ) found)::text AS tasks"""


_PAGES = {is_wanted: _page(_COMMENTS if is_wanted else "") for is_wanted in (True, False)}


async def read_head(actor: Actor, key: str) -> dict[str, Any]:
    """`{project, columns, labels, custom_fields, templates, people}`; people are handles by id. Raises NotFound."""
    row = await read_in_project(actor, key, _HEAD)
    head: dict[str, Any] = orjson.loads(row["head"])
    return head


async def read_tasks(actor: Actor, key: str, *, comments: bool) -> AsyncIterator[list[dict[str, Any]]]:
    """The tasks by number, page by page; not those in the trash. Raises NotFound."""
    last = 0
    while True:
        row = await read_in_project(actor, key, _PAGES[comments], last, PAGE)
        tasks: list[dict[str, Any]] = orjson.loads(row["tasks"])
        if tasks:
            yield tasks
        if len(tasks) < PAGE:
            return
        last = int(tasks[-1]["ref"].rpartition("-")[2])


class Called:
    """What ids are called in a file: columns, labels and people by their names."""

    def __init__(self, head: Mapping[str, Any]) -> None:
        self._columns = {column["id"]: column["name"] for column in head["columns"]}
        self._labels = {label["id"]: label["name"] for label in head["labels"]}
        self._people: Mapping[str, str] = head["people"]
        self._kinds = {field["key"]: field["kind"] for field in head["custom_fields"]}

    def task(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """A task, or the content of a template, with names in the place of ids."""
        named = dict(raw)
        for ids, names, known in (
            ("label_ids", "labels", self._labels),
            ("assignee_ids", "assignees", self._people),
            ("watcher_ids", "watchers", self._people),
        ):
            if ids in named:
                named[names] = [known[each] for each in named.pop(ids) if each in known]
        if "column_id" in named:
            named["column"] = self._columns.get(named.pop("column_id"))
        if "created_by" in named:
            named["created_by"] = self._people.get(named["created_by"])
        if "custom" in named:
            named["custom"] = {key: self._custom(key, value) for key, value in named["custom"].items()}
        if "comments" in named:
            named["comments"] = [self._comment(each) for each in named["comments"]]
        return named

    def _custom(self, key: str, value: Any) -> Any:
        return self._people.get(value) if self._kinds.get(key) == "person" else value

    def _comment(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        given = {
            emoji: [self._people[each] for each in ids if each in self._people]
            for emoji, ids in raw["reactions"].items()
        }
        return {**raw, "author": self._people.get(raw["author"]), "reactions": given}
