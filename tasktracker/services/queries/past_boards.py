"""Time travel: a board as it was at a moment.

What is there now is read together with everything that the log says since, and that is played backwards. So a moment
close to the present costs little, however long the log is.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.services.access import read_in_project
from tasktracker.services.queries.boards import PEOPLE
from tasktracker.services.queries.past_sql import CARD, COLUMNS, EVENTS, EVENTS_LIMIT, LABELS, bounded
from tasktracker.services.rewind import Past, State, rewind

_SINCE = EVENTS.format(which="e.log_id = access.id AND e.at > $5 ORDER BY e.revision DESC", limit=EVENTS_LIMIT + 1)
_BOARD = f"""(SELECT json_build_object(
    'project', json_build_object('key', access.key, 'name', access.name, 'color', access.color,
        'archived_at', access.archived_at),
    'revision', coalesce((SELECT max(e.revision) FROM event e WHERE e.log_id = access.id AND e.at <= $5), 0),
    'columns', {COLUMNS.format(projects="ARRAY[access.id]")}, 'labels', {LABELS}, 'people', {PEOPLE},
    'tasks', (SELECT coalesce(json_object_agg(t.id, json_build_object({CARD})), '{{}}')
        FROM task t WHERE t.project_id = access.id),
    'events', {_SINCE}) FROM project p WHERE p.id = access.id)::text AS past"""
_CARD_FIELDS = (
    *("number", "title", "column_id", "position", "priority", "assignee_ids", "label_ids", "start", "due", "estimate"),
    *("comment_count", "version"),
)


async def board_at(actor: Actor, key: str, at: datetime) -> dict[str, Any]:
    """The board as `boards.board_json` would have answered at that moment, with the people of today.

    Raises NotFound (also for a moment before the project was made), Invalid.
    """
    row = await read_in_project(actor, key, _BOARD, at)
    return await asyncio.to_thread(_board, row["past"], key)


def _board(text: str, key: str) -> dict[str, Any]:
    read = orjson.loads(text)
    if not read["revision"]:
        raise NotFound("project", f"{key} at that time")
    past = rewind(Past(read["tasks"], read["columns"], read["labels"], read["project"]), bounded(read["events"]))
    cards = [card for card in past.tasks.values() if not card["archived_at"] and not card["trashed_at"]]
    ordered = sorted(cards, key=lambda card: (card["column_id"], card["position"]))
    return {
        "revision": read["revision"],
        "project": {**_frame(past), "people": read["people"]},
        "cards": [_card(card, past.tasks) for card in ordered],
    }


def _card(card: State, tasks: Mapping[str, State]) -> State:
    related = [tasks[task_id]["number"] for task_id in card["blocked_by_ids"] if task_id in tasks]
    parent = tasks.get(card["parent_id"] or "", {}).get("number")
    return {**_only(card, *_CARD_FIELDS), "parent": parent, "blocked_by": sorted(related)}


def _frame(past: Past) -> State:
    columns = sorted(past.columns.values(), key=lambda column: str(column["position"]))
    labels = sorted(past.labels.values(), key=lambda label: str(label["name"]).lower())
    return {
        **_only(past.project, "key", "name", "color"),
        "archived": past.project["archived_at"] is not None,
        "columns": [_only(column, "id", "name", "category", "wip_limit") for column in columns],
        "labels": [_only(label, "id", "name", "color") for label in labels],
    }


def _only(state: State, *names: str) -> State:
    return {name: state.get(name) for name in names}  # what was deleted is told without the fields that were null
