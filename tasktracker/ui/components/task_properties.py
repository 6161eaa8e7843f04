"""State, priority, people, labels and due date of a task: each saved as it is chosen."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from tasktracker.ui.elements import box, if_empty, named, text
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.formats import day_text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.presenters.words import priority_choices

_PROPS = "borderless dense options-dense"


class TaskProperties:
    """The side of the task dialog."""

    def __init__(
        self,
        project: ProjectPresenter,
        task: TaskPresenter,
        save: Callable[[dict[str, Any]], Awaitable[bool]],
        *,
        can_edit: bool,
    ) -> None:
        self._project, self._task, self._save = project, task, save
        self._fields: dict[str, ValueElement[Any]] = {}
        self._drawn: dict[str, Any] = {}  # a field that shows anything else holds what is not saved yet
        self._field("column_id", t("State"), ui.select(project.columns()))
        self._field("priority", t("Priority"), ui.select(priority_choices()))
        self._field("assignee_ids", t("Assignees"), ui.select(project.people(), multiple=True).props("use-chips"))
        self._field("label_ids", t("Labels"), ui.select(project.labels(), multiple=True).props("use-chips"))
        self._field("start", t("Start"), ui.input().props("type=date clearable"))
        self._field("due", t("Due date"), ui.input().props("type=date clearable"))
        self._typed("estimate", t("Estimate"), ui.number(min=0))
        self._typed("parent", t("Parent"), ui.input(placeholder=f"{project.key}-12"))
        for element in self._fields.values():
            element.set_enabled(can_edit)  # type: ignore[attr-defined]
        self._dates = text("", "tt-task-dates", tag="p")

    def refresh(self) -> None:
        """Show what is saved; what waits to be saved, or was refused, stays."""
        for field, element in self._fields.items():
            if field not in self._drawn or _same(element.value, self._drawn[field]):
                self._draw(field, element)
        created = self._task.task.created_at
        author = self._project.people().get(str(self._task.task.created_by), t("somebody who left"))
        self._dates.text = t("Created by {person} on {day}", person=author, day=day_text(created, "long"))

    def _draw(self, field: str, element: ValueElement[Any]) -> None:
        """Show what is saved. Ids that are gone (a deleted label) are left out of the choice."""
        value = self._task.value(field)
        if isinstance(element, ui.select) and isinstance(value, list):
            value = [each for each in value if each in element.options]
        self._drawn[field] = value
        element.value = value

    def _field(self, name: str, label: str, element: ValueElement[Any]) -> None:
        async def changed() -> None:
            shown = element.value
            if _same(shown, self._drawn.get(name)):
                return  # it is what we have drawn ourselves
            await self._save_shown(name, shown or ([] if name.endswith("_ids") else None))

        self._row(name, label, element)
        element.on_value_change(changed)

    def _typed(self, name: str, label: str, element: ValueElement[Any]) -> None:
        """Saved when it has been typed; what is refused stays, to be mended."""

        async def typed() -> None:
            await self._save_shown(name, None if element.value in ("", None) else element.value)

        self._row(name, label, element)
        element.on("blur", typed).on("keydown.enter", typed)

    async def _save_shown(self, name: str, value: Any) -> None:
        """What people have entered since goes on waiting for its own turn."""
        shown = self._fields[name].value
        with refusals_shown():
            if await self._save({name: value}):
                self._drawn[name] = shown
                self.refresh()

    def _row(self, name: str, label: str, element: ValueElement[Any]) -> None:
        with box("tt-property").props(f"data-field={name}") as row:
            text(label, "tt-property-label")
        element.move(row)
        named(element, label).props(_PROPS).classes("tt-property-value")
        if isinstance(element, ui.select) and element.multiple:
            if_empty(element, t("None"))
        self._fields[name] = element


def _same(one: Any, other: Any) -> bool:
    """Whether they are the same to the eye: a field that was emptied says nothing, or an empty text."""
    return one == other or (one in ("", None, []) and other in ("", None, []))
