"""What the settings of a project list: columns, labels and custom fields as rows, and what is done to them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.custom_fields import WITH_OPTIONS
from tasktracker.services import columns, custom_fields, labels
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.queries.projects import list_columns, list_labels
from tasktracker.services.queries.uses import UsesView, count_uses
from tasktracker.services.views import CustomFieldView
from tasktracker.ui.language import t, tc, tn
from tasktracker.ui.presenters.project_settings import ProjectSettings

Item = dict[str, Any]


def tasks_told(n: int) -> str:
    """How many tasks use a thing."""
    return tn("{n} task", "{n} tasks", n) if n else t("No tasks")


class _Things:
    """The rows of one list; `uses` tells how many tasks hang on each."""

    def __init__(self, settings: ProjectSettings) -> None:
        self.settings = settings
        self.actor, self.key = settings.actor, settings.key
        self.items: list[Item] = []

    def name_of(self, item_id: str) -> str:
        return next((str(item["name"]) for item in self.items if item["id"] == item_id), "")

    def used(self, item_id: str) -> int:
        """How many tasks use the thing of that row."""
        return next((int(item["used"]) for item in self.items if item["id"] == item_id), 0)


class Columns(_Things):
    async def load(self) -> None:
        found, uses = await list_columns(self.actor, self.key), await count_uses(self.actor, self.key)
        self.items = [
            {
                "id": str(each.id),
                "name": each.name,
                "category": each.category,
                "wip_limit": each.wip_limit,
                "used": (used := uses.columns.get(str(each.id), 0)),
                "words": tasks_told(used),
            }
            for each in found
        ]

    async def add(self, fields: Mapping[str, Any]) -> None:
        await columns.add_column(self.actor, self.key, fields)

    async def change(self, column_id: str, field: str, value: Any) -> None:
        await columns.edit_column(self.actor, self.key, UUID(column_id), {field: value})

    async def move(self, column_id: str, after: str | None) -> None:
        await columns.move_column(self.actor, self.key, UUID(column_id), after=UUID(after) if after else None)

    async def delete(self, column_id: str, move_to: str | None) -> None:
        target = UUID(move_to) if move_to else None
        await columns.delete_column(self.actor, self.key, UUID(column_id), move_to=target)

    def others(self, column_id: str) -> dict[str, str]:
        """Where the tasks of a column could go: those that mean the same first."""
        own = next(item["category"] for item in self.items if item["id"] == column_id)
        others = [item for item in self.items if item["id"] != column_id]
        return {item["id"]: item["name"] for item in sorted(others, key=lambda item: item["category"] != own)}


class Labels(_Things):
    async def load(self) -> None:
        found, uses = await list_labels(self.actor, self.key), await count_uses(self.actor, self.key)
        self.items = [
            {
                "id": str(each.id),
                "name": each.name,
                "color": each.color,
                "used": (used := uses.labels.get(str(each.id), 0)),
                "words": tasks_told(used),
            }
            for each in found
        ]

    async def add(self, fields: Mapping[str, Any]) -> None:
        await labels.add_label(self.actor, self.key, fields)

    async def change(self, label_id: str, field: str, value: Any) -> None:
        await labels.edit_label(self.actor, self.key, UUID(label_id), {field: value})

    async def delete(self, label_id: str) -> None:
        await labels.delete_label(self.actor, self.key, UUID(label_id))


class CustomFields(_Things):
    fields: dict[str, CustomFieldView]

    async def load(self) -> None:
        found, uses = await list_custom_fields(self.actor, self.key), await count_uses(self.actor, self.key)
        self.fields = {str(each.id): each for each in found}
        self.items = [_custom_field(each, uses) for each in found]

    async def add(self, raw: Mapping[str, Any]) -> None:
        """Add a field; a select gets the options that are written with commas between them."""
        fields = {name: raw[name] for name in ("name", "kind") if name in raw}
        if raw.get("kind") in WITH_OPTIONS:
            fields["options"] = [each for part in str(raw.get("options", "")).split(",") if (each := part.strip())]
        await custom_fields.add_custom_field(self.actor, self.key, fields)

    async def change(self, field_id: str, field: str, value: Any) -> None:
        await custom_fields.edit_custom_field(self.actor, self.key, UUID(field_id), {field: value})

    async def move(self, field_id: str, after: str | None) -> None:
        await custom_fields.move_custom_field(
            self.actor, self.key, UUID(field_id), after=UUID(after) if after else None
        )

    async def delete(self, field_id: str) -> None:
        await custom_fields.delete_custom_field(self.actor, self.key, UUID(field_id))

    def options(self, field_id: str) -> list[Item]:
        """The options of a select, as rows that are called what they are."""
        return [{"id": option, "name": option} for option in self.fields[field_id].options]

    async def set_options(self, field_id: str, options: list[str], rename: Mapping[str, str] | None = None) -> None:
        """Give a select its options; `rename` has new names by old ones, which tasks take over."""
        wanted = {"options": options, **({"rename": dict(rename)} if rename else {})}
        await custom_fields.edit_custom_field(self.actor, self.key, UUID(field_id), wanted)
        await self.load()


def _custom_field(field: CustomFieldView, uses: UsesView) -> Item:
    used = uses.custom_fields.get(field.key, 0)
    return {
        "id": str(field.id),
        "name": field.name,
        "kind": field.kind,
        "used": used,
        "key": field.key,
        "words": tasks_told(used),
        "fixed": ["kind"],
        "without": [] if field.kind in WITH_OPTIONS else ["options"],
    }


def kind_names() -> dict[str, str]:
    """The kinds of custom fields, as people read them."""
    return {
        "text": t("Text"),
        "number": t("Number"),
        "date": t("Date"),
        "select": t("One of a list"),
        "multi_select": t("Several of a list"),
        "person": t("Person"),
        "url": t("Link"),
        "checkbox": t("Checkbox"),
    }


def category_names() -> dict[str, str]:
    """What a column can mean, as people read it."""
    return {
        "backlog": t("Backlog"),
        "unstarted": t("Not started"),
        "started": t("Started"),
        "done": tc("state", "Done"),
        "cancelled": t("Cancelled"),
    }
