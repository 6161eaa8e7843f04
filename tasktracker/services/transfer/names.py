"""What a project calls things: from the names in a file to the ids of columns, labels and people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.errors import Invalid, Problem
from tasktracker.domain.ids import new_id
from tasktracker.domain.permissions import PROJECT_ROLE_MAY, Permission
from tasktracker.domain.task_fields import CATEGORIES, LIST_LIMIT
from tasktracker.domain.text import clean_line, gather
from tasktracker.models import BoardColumn, CustomField, Label
from tasktracker.services.access import READERS
from tasktracker.services.command import ProjectCommand
from tasktracker.services.labels import GREY, LABEL

_PEOPLE = f"""
    SELECT a.id, a.handle, a.name, a.email FROM ({READERS}) reader JOIN account a ON a.id = reader.account_id
    WHERE reader.project_id = $1
"""


class Names:
    """What the project of a command knows, as it was read once.

    People whom a file names and nobody knows are refused, or (`is_lenient`) left out and noted in `strangers`.
    """

    def __init__(self, command: ProjectCommand, *, is_lenient: bool) -> None:
        self._command = command
        self._is_lenient = is_lenient
        self._new_labels: dict[str, str] = {}
        self.strangers: set[str] = set()

    async def read(self) -> None:
        """Read all of it: an import asks ten thousand times."""
        command = self._command
        columns = BoardColumn.filter(project_id=command.project.id).using_db(command.db).order_by("position")
        self._columns = await columns
        labels = await Label.filter(project_id=command.project.id).using_db(command.db)
        self._labels = {label.name: str(label.id) for label in labels}
        fields = await CustomField.filter(project_id=command.project.id).using_db(command.db).order_by("position")
        self.custom = {field.key: field for field in fields}
        self._people = _by_name(await command.db.execute_query_dict(_PEOPLE, [command.project.id]))

    def column_id(self, raw: Mapping[str, Any]) -> str | None:
        """By the column's name, or else by what it means (`state`). Raises Invalid."""
        if name := raw.get("column"):
            found = [column for column in self._columns if column.name.lower() == str(name).strip().lower()]
            known = ", ".join(column.name for column in self._columns)
            advice = f"There is no column “{name}”; there are {known}."
            return _first(found, "/column", advice)
        if state := raw.get("state"):
            found = [column for column in self._columns if column.category == str(state).strip().lower()]
            return _first(found, "/state", f"No column means “{state}”. The groups are {', '.join(CATEGORIES)}.")
        return None

    def label_ids(self, names: Any) -> list[str]:
        """By their names; a missing one is made when it is needed, if the actor may. Raises Invalid."""
        may_add = Permission.MANAGE_PROJECT in PROJECT_ROLE_MAY[self._command.role]
        ids: list[str] = []
        problems: list[Problem] = []
        for index, each in enumerate(_list(names, "/labels")):
            pointer = f"/labels/{index}"
            name = clean_line(each, pointer, limit=50)
            if name not in self._labels and not may_add:
                problems.append(Problem(pointer, f"There is no label “{name}”, and you may not add one."))
            elif name not in self._labels:
                self._labels[name] = self._new_labels[name] = str(new_id())
            ids.append(self._labels.get(name, ""))
        gather(problems)
        return list(dict.fromkeys(ids))

    @property
    def new_label_ids(self) -> list[str]:
        """Of the labels that were named and are still missing."""
        return [*self._new_labels.values()]

    async def add_labels(self, label_ids: list[str]) -> list[str]:
        """Make those of the labels that are still missing; returns their names."""
        missing = [name for name, label_id in self._new_labels.items() if label_id in label_ids]
        for name in missing:
            label_id = UUID(self._new_labels.pop(name))
            await LABEL.add(self._command, {"name": name, "color": GREY}, id=label_id)
        return missing

    def person_ids(self, names: Any, pointer: str) -> list[str]:
        """By handle, e-mail address or name, of those who can see the project. Raises Invalid."""
        problems: list[Problem] = []
        ids: list[str] = []
        for index, name in enumerate(_list(names, pointer)):
            try:
                ids += [found] if (found := self.person_id(name, f"{pointer}/{index}")) else []
            except Invalid as refusal:
                problems.extend(refusal.problems)
        gather(problems)
        return list(dict.fromkeys(ids))

    def person_id(self, name: Any, pointer: str) -> str | None:
        """One person; None for a stranger who is left out. Raises Invalid."""
        if (known := self.known_person(name)) or self._is_lenient:
            return known
        if self._called(name):
            raise Invalid.at(pointer, f"Several people are called “{name}”. Use a handle or an e-mail address.")
        raise Invalid.at(
            pointer, f"Nobody who can see the project is called “{name}”. Use a handle or an e-mail address."
        )

    def known_person(self, name: Any) -> str | None:
        """The one whom the name means, or None, and then it is noted."""
        found = self._called(name)
        if len(found) != 1:
            self.strangers.add(str(name))
            return None
        return next(iter(found))

    def _called(self, name: Any) -> set[str]:
        return self._people.get(str(name).strip().lower().removeprefix("@"), set())


def _by_name(rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Ids by everything that people are called. A handle or an address is somebody's own; a name may not be."""
    people: dict[str, set[str]] = {}
    for row in rows:
        people.setdefault(row["name"].lower(), set()).add(str(row["id"]))
    own = {row[name]: {str(row["id"])} for row in rows for name in ("email", "handle")}
    return people | own


def _list(value: Any, pointer: str) -> list[Any]:
    if not isinstance(value, list):
        raise Invalid.at(pointer, "This must be a list of names.")
    if len(value) > LIST_LIMIT:
        raise Invalid.at(pointer, f"At most {LIST_LIMIT} of these fit on one task.")
    return value


def _first(columns: list[BoardColumn], pointer: str, advice: str) -> str:
    if not columns:
        raise Invalid.at(pointer, advice)
    return str(columns[0].id)
