"""The fields beside the line of a new task: what is chosen in them by hand counts before what the line says."""

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui

from tasktracker.services.quick_add import Beside
from tasktracker.ui.elements import box, button, if_empty, named
from tasktracker.ui.language import t
from tasktracker.ui.presenters.create_task import CreateTaskPresenter, beside, overruled
from tasktracker.ui.presenters.words import priority_choices

_PROPS = "borderless dense options-dense"
_EMPTY: tuple[Any, ...] = ("", None, [], "none")
_NONE: dict[str, Any] = {"column_id": None, "priority": "none", "assignee_ids": [], "label_ids": [], "due": None}


class CreateTaskFields:
    """`chosen` is told when a field is changed, `template_chosen` what a template holds, and the one before it."""

    def __init__(
        self,
        task: CreateTaskPresenter,
        chosen: Callable[[], None],
        template_chosen: Callable[[dict[str, Any], dict[str, Any]], None],
    ) -> None:
        self._task = task
        self._preset = dict(_NONE)
        self._content: dict[str, Any] = {}
        self._column_id: str | None = None
        self._due_day: str | None = None
        self._template_chosen = template_chosen
        with box("tt-chips"):
            self._parent = button("", self._leave_parent, kind="quiet", icon="subdirectory_arrow_right")
            self._parent.props("icon-right=close")
            self._selects()
        for field in (self._column, self._priority, self._assignees, self._labels, self._due):
            field.on_value_change(chosen)

    def begin(self, column_id: str | None, due: str | None) -> None:
        """Offer what there is in the project, with that column and that due date."""
        if (self._due.value or None) == self._due_day:
            self._due.value = due or ""
        self._column_id, self._due_day = column_id, due
        parent = self._task.parent
        self._parent.set_visibility(parent is not None)
        self._parent.text = t("Subtask of {task}", task=parent) if parent else ""
        self._parent.props["title"] = t("Make it a task of its own")
        self.show_project()

    def show_project(self) -> None:
        """Offer what there is in the project at hand; what is chosen stays if it is there."""
        columns, people, labels = (self._task.choices(each) for each in ("columns", "people", "labels"))
        self._preset = {**self._usual(), **self._known(self._content)}
        self._column.set_options(columns, value=self._preset["column_id"])
        self._assignees.set_options(people, value=[each for each in self._assignees.value if each in people])
        self._labels.set_options(labels, value=[each for each in self._labels.value if each in labels])
        self._show_templates()

    def offer_templates(self) -> None:
        """Let people choose among the templates that the presenter knows by now."""
        names = {key: each.name for key, each in self._task.templates.items()}
        chosen = self._template.value if self._template.value in names else None
        self._template.set_options(names, value=chosen)
        self._show_templates()

    def clear(self) -> None:
        """Forget what was chosen."""
        self._template.value = None
        self._set(_NONE)

    def beside(self, more: Mapping[str, Any]) -> Beside:
        """What goes beside the line, with fields that stand elsewhere."""
        fields = {**self._fields(), **more}
        preset = {**self._preset, **{name: self._content[name] for name in more if name in self._content}}
        said = {name: value for name, value in fields.items() if value not in _EMPTY or preset.get(name) not in _EMPTY}
        return beside(said, preset, self._task.parent, self._template.value if self._task.is_at_home else None)

    def overruled(self) -> list[str]:
        """The kinds of chips that do not count."""
        return list(overruled(self._fields(), self._preset))

    def _selects(self) -> None:
        self._template = ui.select({}, on_change=self._take_template, clearable=True)
        named(self._template.props(_PROPS), t("Template")).classes("tt-chip-select")
        if_empty(self._template, t("Template"))
        self._column = named(ui.select({}), t("State")).props(_PROPS).classes("tt-chip-select")
        priorities = ui.select(priority_choices(), value="none")
        self._priority = named(priorities, t("Priority")).props(_PROPS).classes("tt-chip-select")
        self._assignees = named(ui.select({}, multiple=True, value=[]), t("Assignees")).props(f"{_PROPS} use-chips")
        self._labels = named(ui.select({}, multiple=True, value=[]), t("Labels")).props(f"{_PROPS} use-chips")
        for select, empty in ((self._assignees, t("Assignees")), (self._labels, t("Labels"))):
            if_empty(select, empty).classes("tt-chip-select")
        self._due = named(ui.input(), t("Due date")).props("type=date borderless dense").classes("tt-chip-select")

    def _show_templates(self) -> None:
        self._template.set_visibility(bool(self._template.options) and self._task.is_at_home)

    def _leave_parent(self) -> None:
        self._task.parent = None
        self._parent.set_visibility(False)

    def _take_template(self) -> None:
        """Choose what the template holds, for everybody to see and to change."""
        before, template = self._content, self._task.templates.get(self._template.value or "")
        self._content = dict(template.content) if template else {}
        self._preset = {**self._usual(), **self._known(self._content)}
        self._set(self._preset)
        self._template_chosen(self._content, before)

    def _usual(self) -> dict[str, Any]:
        """What there is before somebody chooses: where the dialog was opened from says so."""
        columns = self._task.choices("columns")
        column_id = self._column_id if self._column_id in columns else self._task.column()
        return {**_NONE, "column_id": column_id, "due": self._due_day}

    def _known(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Of a template, what the fields can show: some of it may be gone since."""
        columns, people, labels = (self._task.choices(each) for each in ("columns", "people", "labels"))
        known = {name: content[name] for name in ("priority",) if name in content}
        known |= {"assignee_ids": [each for each in content.get("assignee_ids", []) if each in people]}
        known |= {"label_ids": [each for each in content.get("label_ids", []) if each in labels]}
        return known | ({"column_id": content["column_id"]} if content.get("column_id") in columns else {})

    def _set(self, fields: Mapping[str, Any]) -> None:
        self._priority.value = fields["priority"]
        self._assignees.value, self._labels.value = list(fields["assignee_ids"]), list(fields["label_ids"])
        self._due.value = fields["due"] or ""
        if fields["column_id"]:
            self._column.value = fields["column_id"]

    def _fields(self) -> dict[str, Any]:
        return {
            "column_id": self._column.value,
            "priority": self._priority.value,
            "assignee_ids": list(self._assignees.value),
            "label_ids": list(self._labels.value),
            "due": self._due.value or None,
        }
