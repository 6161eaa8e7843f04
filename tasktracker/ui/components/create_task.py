"""Quick create: a line is enough, Enter creates, and what was typed survives whatever happens."""

from typing import Any

from nicegui import background_tasks, ui

from tasktracker.domain.references import TaskRef
from tasktracker.ui.components.create_task_fields import CreateTaskFields
from tasktracker.ui.components.dialog import dialog_card, retitle
from tasktracker.ui.components.quick_line.quick_line import LinesIntent, QuickLine, ReadIntent
from tasktracker.ui.components.writing.writing import markdown_field
from tasktracker.ui.drafts import draft, draft_saved, draft_sent, keep_draft
from tasktracker.ui.feedback import created_toast, refusals_shown
from tasktracker.ui.language import t, tn
from tasktracker.ui.presenters.create_task import CreateTaskPresenter, Made
from tasktracker.ui.presenters.project import ProjectPresenter


class CreateTaskDialog:
    """One for each page. The board draws the new card when the change comes back to it."""

    def __init__(self, presenter: ProjectPresenter) -> None:
        self._task = CreateTaskPresenter(presenter)
        self._of = presenter.key
        self._client = ui.context.client
        self._is_drawn = False

    def _draw(self) -> None:
        """Draw it when it is needed first: most pages are left without."""
        self._is_drawn = True
        with self._client, dialog_card("") as self._dialog:
            self._line = QuickLine(
                on_read=self._read,
                on_create=self._create,
                on_cancel=self._dialog.close,
                on_fold=self._fold,
            )
            with self._line:
                self._description = self._body()
                self._fields = CreateTaskFields(self._task, self._chosen, self._template_chosen)

    def open(self, column_id: str | None = None, due: str | None = None, parent: TaskRef | None = None) -> None:
        """Open with a column chosen, else the usual one; with a due date if there is one, as a subtask of `parent`."""
        if not self._is_drawn:
            self._draw()
        self._task.begin(parent)
        self._draft_for(str(parent or self._task.key))
        self._show_place()
        self._fields.begin(column_id, due)
        self._dialog.open()
        background_tasks.create(self._offer_templates(), name="templates of a new task", context=self._client)

    def _body(self) -> ui.textarea:
        placeholder = t("Add a description… Markdown works")
        field = markdown_field(self._task.key, t("Description"), placeholder=placeholder)
        return field.props("dense").classes("tt-body-input")

    @property
    def _drafts(self) -> tuple[str, str]:
        """The names under which the line and the description are kept."""
        return f"{self._of}:new:title", f"{self._of}:new:description"

    def _draft_for(self, name: str) -> None:
        """Subtasks of each task have a draft of their own: what is typed for another one waits in the browser."""
        if name != self._of:
            self._of, self._description.value = name, ""
        line, description = self._drafts
        self._line.keeps(line)
        draft(self._description, description)

    def _show_place(self) -> None:
        """Say where the task will be, and know the names that there are."""
        retitle(self._dialog, t("New task in {project}", project=self._task.frame["name"]))
        self._line.knows(self._task.names())

    async def _offer_templates(self) -> None:
        with refusals_shown():
            await self._task.load_templates()
            self._fields.offer_templates()

    async def _read(self, question: ReadIntent) -> None:
        before = self._task.key
        reading = await self._task.read(question.turn, question.text)
        if reading is None:
            return
        if self._task.key != before:
            self._moved()
        self._line.answered(question.turn, reading)

    def _moved(self) -> None:
        self._show_place()
        self._fields.show_project()

    async def _create(self, intent: LinesIntent) -> None:
        """What is made depends on the text alone, not on whether it was understood before."""
        made, description = None, self._description.value or ""
        with refusals_shown():
            if not await self._task.settle(intent.text):
                self._moved()
            made = await self._task.create(intent.text, self._beside(intent.text, description))
        if made is not None:
            self._begin_anew(intent, description if len(made.refs) == 1 else "")
            self._tell(made)
        self._line.done(is_made=made is not None)  # then: what was typed meanwhile is a draft again

    def _beside(self, text: str, description: str) -> Any:
        """A description belongs to one task: of many, each has only what the fields say."""
        is_many = "\n" in text.strip()
        return self._fields.beside({} if is_many else {"description": description})

    def _begin_anew(self, sent: LinesIntent, described: str) -> None:
        """Keep nothing of what is saved now, and all that has been typed since."""
        line, description = self._drafts
        draft_saved(line, sent.text)
        if described:
            draft_sent(description, described)
        if not sent.another:
            if self._description.value == described:  # the browser cannot empty what it shows no more
                self._description.value = ""
            self._fields.clear()
            self._dialog.close()

    def _tell(self, made: Made) -> None:
        [first, *others] = made.refs
        n = len(made.refs)
        message = tn("{n} task created", "{n} tasks created", n) if others else t("{task} created", task=first)
        command = made.command if self._task.is_at_home else None
        created_toast(message, command, None if others else first)

    def _fold(self, rest: str) -> None:
        """The lines behind the first one are the description, behind what it says already."""
        whole = "\n\n".join(filter(None, [self._description.value, rest]))
        self._description.value = whole
        keep_draft(self._drafts[1], whole)

    def _chosen(self) -> None:
        self._line.overrules(self._fields.overruled())

    def _template_chosen(self, content: dict[str, Any], before: dict[str, Any]) -> None:
        """Begin with its texts, unless somebody has typed others."""
        self._line.begin_with(content.get("title", ""), before.get("title", ""))
        if (self._description.value or "") == before.get("description", ""):
            self._description.value = content.get("description", "")
