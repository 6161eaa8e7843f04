"""Quick create: a title is enough, Enter creates, and what was typed survives whatever happens."""

from nicegui import ui

from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.components.writing.writing import markdown_field
from tasktracker.ui.drafts import draft, forget_draft
from tasktracker.ui.elements import box, button, if_empty, named
from tasktracker.ui.feedback import refusals_shown, toast
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.words import priority_choices

_PROPS = "borderless dense options-dense"


class CreateTaskDialog:
    """One for each page. The board draws the new card when the change comes back to it."""

    def __init__(self, presenter: ProjectPresenter) -> None:
        self._presenter = presenter
        with dialog_card(t("New task in {project}", project=presenter.project.name)) as self._dialog:
            self._title = named(ui.textarea(placeholder=t("What needs to be done?")), t("Title")).classes(
                "tt-title-input"
            )
            self._title.props("borderless dense autogrow autofocus maxlength=300 rows=1")
            self._title.on("keydown.enter.prevent", self._create)
            draft(self._title, f"{presenter.key}:new:title")
            self._description = markdown_field(
                presenter.key, t("Description"), placeholder=t("Add a description… Markdown works")
            )
            self._description.props("dense").classes("tt-body-input")
            self._description.on("keydown.ctrl.enter", self._create).on("keydown.meta.enter", self._create)
            draft(self._description, f"{presenter.key}:new:description")
            with box("tt-chips"):
                self._selects()
            with box("tt-dialog-foot"):
                button(t("Cancel"), self._dialog.close, kind="quiet")
                button(t("Create task"), self._create, kind="primary")

    def open(self, column_id: str | None = None, due: str | None = None) -> None:
        """Open with a column chosen, else the usual one, and with a due date if there is one."""
        if due:
            self._due.value = due
        columns = self._presenter.columns()
        self._column.set_options(columns, value=column_id if column_id in columns else _usual(self._presenter))
        self._assignees.set_options(self._presenter.people())
        self._labels.set_options(self._presenter.labels())
        self._dialog.open()

    def _selects(self) -> None:
        self._column = named(ui.select({}), t("State")).props(_PROPS).classes("tt-chip-select")
        priorities = ui.select(priority_choices(), value="none")
        self._priority = named(priorities, t("Priority")).props(_PROPS).classes("tt-chip-select")
        self._assignees = named(ui.select({}, multiple=True, value=[]), t("Assignees")).props(f"{_PROPS} use-chips")
        self._labels = named(ui.select({}, multiple=True, value=[]), t("Labels")).props(f"{_PROPS} use-chips")
        for select, empty in ((self._assignees, t("Assignees")), (self._labels, t("Labels"))):
            if_empty(select, empty).classes("tt-chip-select")
        self._due = named(ui.input(), t("Due date")).props("type=date borderless dense").classes("tt-chip-select")

    async def _create(self) -> None:
        with refusals_shown():
            task = await self._presenter.create(self._fields())
            forget_draft(f"{self._presenter.key}:new:title", f"{self._presenter.key}:new:description")
            self._dialog.close()
            self._reset()
            toast(t("{task} created", task=task.ref), kind="success")

    def _fields(self) -> dict[str, object]:
        return {
            "title": self._title.value or "",
            "description": self._description.value or "",
            "column_id": self._column.value,
            "priority": self._priority.value,
            "assignee_ids": self._assignees.value,
            "label_ids": self._labels.value,
            "due": self._due.value or None,
        }

    def _reset(self) -> None:
        self._title.value = self._description.value = self._due.value = ""
        self._priority.value, self._assignees.value, self._labels.value = "none", [], []


def _usual(presenter: ProjectPresenter) -> str | None:
    columns = presenter.frame["columns"]
    return next((column["id"] for column in columns if column["category"] == "unstarted"), None) or next(
        (column["id"] for column in columns), None
    )
