"""What is understood of lines that are to become tasks, for whoever is still typing them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.domain.quick_add import Context, QuickAdd, parse, split_lines
from tasktracker.domain.text import clean_body
from tasktracker.services.access import READERS, VISIBLE, project_role, read_in_project
from tasktracker.services.clock import now
from tasktracker.services.queries.dates import context_of
from tasktracker.services.queries.filters.clocks import CLOCK

WORDS = f"""
    {CLOCK}::text AS clock,
    (SELECT coalesce(json_agg(json_build_array(p.handle, p.id, p.name)), '[]') FROM ({READERS}) reader
        JOIN account p ON p.id = reader.account_id WHERE reader.project_id = {{project}})::text AS people,
    (SELECT coalesce(json_object_agg(l.name, l.id), '{{{{}}}}') FROM label l WHERE l.project_id = {{project}})::text
        AS labels,
    (SELECT coalesce(json_object_agg(c.name, c.id), '{{{{}}}}') FROM board_column c
        WHERE c.project_id = {{project}})::text AS columns
"""
"""SQL for what `words_in` takes, of the project with that id; the account is $2."""

_PROJECTS = f"""
    (SELECT json_agg(json_build_object('key', v.key, 'workspace_role', v.workspace_role,
        'project_role', v.project_role, 'is_private', v.is_private))
        FROM ({VISIBLE}) v WHERE v.archived_at IS NULL)::text AS projects
"""
_READ = f"{WORDS.format(project='access.id')}, {_PROJECTS}"


@dataclass(frozen=True, slots=True)
class Words:
    """What the markers may name in a project, and the ids of labels and columns by their names."""

    context: Context
    labels: Mapping[str, str]
    columns: Mapping[str, str]

    def fields(self, said: QuickAdd) -> dict[str, Any]:
        """The fields of a task, as people send them."""
        fields = {
            "priority": said.priority,
            "assignee_ids": list(said.assignee_ids),
            "label_ids": [self.labels[name] for name in said.labels],
            "column_id": said.column and self.columns[said.column],
            "start": said.start,
            "due": said.due,
            "estimate": said.estimate,
            "recurrence": said.recurrence,
        }
        return {"title": said.title} | {name: value for name, value in fields.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class LinesReading:
    """Lines without the signs of a list, and what each says; `project` is the key of where the tasks would be."""

    project: str
    lines: list[str]
    said: list[QuickAdd]


async def read_quick_add(actor: Actor, key: str, text: Any, *, others: bool = True) -> LinesReading:
    """What is understood of a text, in one round trip.

    One line may name another project in which the asker may change tasks, unless `others` is false: then it is read
    again there, in another one, with the names of that project. Several lines stay in theirs.
    Raises NotFound, Forbidden, Invalid.
    """
    lines = lines_of(text)
    words = await _words(actor, key, others=others and len(lines) == 1)
    said = [parse(line, words.context) for line in lines]
    goal = (said[0].project if len(said) == 1 else None) or key
    if goal != key:
        words = await _words(actor, goal, others=True)
        said = [parse(line, words.context) for line in lines]
    return LinesReading(goal, lines, said)


def lines_of(text: Any) -> list[str]:
    """The lines that become tasks. One alone is taken as it is, since "1. Chapter" may be a title. Raises Invalid."""
    clean = clean_body(text, "").strip()
    return split_lines(clean) if "\n" in clean else [clean] if clean else []


def words_in(row: Mapping[str, Any], account_id: UUID, at: datetime, projects: Collection[str]) -> Words:
    """The words of a project, from a row of `WORDS`, as they are meant by that person at that moment."""
    clock, people, labels, columns = (orjson.loads(row[name]) for name in ("clock", "people", "labels", "columns"))
    context = context_of(
        account_id,
        clock,
        at,
        people={handle: person_id for handle, person_id, _ in people},
        names={handle: name for handle, _, name in people},
        projects=projects,
        labels=labels,
        columns=columns,
    )
    return Words(context, labels, columns)


async def _words(actor: Actor, key: str, *, others: bool) -> Words:
    row = await read_in_project(actor, key, _READ, permission=Permission.EDIT_TASKS)
    known = [each["key"] for each in orjson.loads(row["projects"] or "[]") if _may_edit(each)] if others else [key]
    return words_in(row, actor.account_id, now(), known)


def _may_edit(row: Mapping[str, Any]) -> bool:
    return Permission.EDIT_TASKS in PROJECT_ROLE_MAY[project_role(row)]
