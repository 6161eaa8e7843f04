"""Boards in the shape that the server answers, for views to draw."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from tasktracker.domain.ordering import positions_after
from tasktracker.domain.task_fields import PRIORITIES

SPACE = UUID("0192f000-0000-7000-8000-000000000000")
COLUMNS = (("Backlog", "backlog"), ("To do", "unstarted"), ("In progress", "started"), ("Done", "done"))
LABELS = (("bug", "#d4552a"), ("performance", "#5155c5"), ("design", "#1d7a45"))
PEOPLE = ("Ana Souza", "Benedikt Großmann", "Chiara Rossi", "Deniz Kaya", "Emeka Obi")

Board = dict[str, Any]
Card = dict[str, Any]


def id_of(name: str) -> str:
    """The same name gets the same id."""
    return str(uuid5(SPACE, name))


def project(key: str, limits: dict[str, int] | None = None, **fields: object) -> dict[str, Any]:
    """What surrounds the cards; `limits` are WIP limits by the column's name."""
    columns = [
        {"id": id_of(name), "name": name, "category": category, "wip_limit": (limits or {}).get(name)}
        for name, category in COLUMNS
    ]
    return {
        "key": key,
        "name": "Website",
        "color": "#5155c5",
        "archived": False,
        "columns": columns,
        "labels": [{"id": id_of(name), "name": name, "color": color} for name, color in LABELS],
        "people": [{"id": id_of(name), "name": name, "handle": name.split()[0].lower()} for name in PEOPLE],
        **fields,
    }


def card(number: int, column: str, position: str, **fields: object) -> Card:
    """A card that has nothing but a title, unless fields say more."""
    return {
        "number": number,
        "title": f"Task number {number}",
        "column_id": id_of(column),
        "position": position,
        "priority": "none",
        "assignee_ids": [],
        "label_ids": [],
        "start": None,
        "due": None,
        "estimate": None,
        "parent": None,
        "blocked_by": [],
        "comment_count": 0,
        "version": 1,
        **fields,
    }


def small_board(key: str, **project_fields: Any) -> Board:
    """Cards 1 to 3 in To do, 4 and 5 in In progress, 6 in Done; the backlog is empty."""
    columns = {"To do": [1, 2, 3], "In progress": [4, 5], "Done": [6]}
    cards = [
        card(number, column, f"a{index}") for column, numbers in columns.items() for index, number in enumerate(numbers)
    ]
    return {"revision": 10, "project": project(key, **project_fields), "cards": cards}


def rich_card(number: int, column: str, position: str) -> Card:
    """A card with a bit of everything, different from its neighbours."""
    due = date.today() + timedelta(days=number % 9 - 3) if number % 3 == 0 else None  # noqa: DTZ011  the browser's day
    return card(
        number,
        column,
        position,
        title=f"Draw the {number}th thing that somebody wants on this board, sooner or later",
        priority=PRIORITIES[number % 5],
        assignee_ids=[id_of(PEOPLE[(number + each) % 5]) for each in range(number % 4)],
        label_ids=[id_of(LABELS[(number + each) % 3][0]) for each in range(number % 3)],
        due=due and due.isoformat(),
        comment_count=number % 4,
    )


def big_board(key: str, count: int) -> Board:
    """`count` rich cards, spread evenly."""
    positions = positions_after(None, count)
    cards = [rich_card(n + 1, COLUMNS[n % 4][0], positions[n]) for n in range(count)]
    return {"revision": count, "project": project(key, {"In progress": count}), "cards": cards}
