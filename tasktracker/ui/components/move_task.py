"""The dialog that carries a task to another project."""

from collections.abc import Callable

from nicegui import ui

from tasktracker.services.relocation import TransferView
from tasktracker.ui.components.dialog import dialog_card
from tasktracker.ui.elements import box, button, named, text, written
from tasktracker.ui.feedback import refusals_shown
from tasktracker.ui.language import t
from tasktracker.ui.presenters.project import ProjectPresenter
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.presenters.task_move import Left, left_words, targets

_UNDO = "() => { window.tasktracker.undo(); emit() }"


Moved = Callable[[TransferView, str], object]
"""Told what has become of the task, and what is still to be said of it, if anything."""


def move_task(project: ProjectPresenter, task: TaskPresenter, moved: Moved) -> None:
    """Ask where to; a refusal leaves the question open. What the other project did not take is told before `moved`."""
    choices = targets(project.shell, project.key)
    with dialog_card(t("Move {task} to another project", task=str(task.ref)), size="small") as dialog:
        dialog.on("hide", dialog.delete)
        if choices:
            _ask(project, task, choices, moved, dialog)
        else:
            text(t("There is no other project that you see."), "tt-confirm-text", tag="p")
    dialog.open()


def _ask(
    project: ProjectPresenter,
    task: TaskPresenter,
    choices: dict[str, str],
    moved: Moved,
    dialog: ui.dialog,
) -> None:
    async def agreed() -> None:
        with refusals_shown():
            custom = {each.key: each.name for each in task.custom_fields}
            was, transfer = task.ref, await task.transfer(select.value)
            dialog.close()
            if transfer.left_out:
                left = left_words(transfer.left_out, project.people(), custom)
                with dialog.client.content:  # the first dialog takes with it what is in its place
                    _tell(transfer.task.ref, left, lambda: moved(transfer, ""))
            else:
                moved(transfer, t("{was} is {ref} now", was=str(was), ref=transfer.task.ref))

    text(_words(str(task.ref)), "tt-confirm-text", tag="p")
    select = named(ui.select(choices, value=next(iter(choices))), t("Project"))
    select.props("outlined dense options-dense stack-label autofocus").props["label"] = t("Project")
    select.classes("tt-select")
    with box("tt-dialog-foot"):
        button(t("Cancel"), dialog.close, kind="quiet")
        button(t("Move task"), agreed, kind="primary")


def _words(ref: str) -> str:
    return t(
        "It gets a number of that project, and {task} goes on leading to it. "
        "Its subtasks, comments, files and history go along; its parent stays here.",
        task=ref,
    )


def _tell(ref: str, left: list[Left], read: Callable[[], object]) -> None:
    def hidden() -> None:
        dialog.delete()
        read()

    with dialog_card(t("Moved to {ref}, but for this", ref=ref), size="small") as dialog:
        dialog.on("hide", hidden)
        with box("tt-left-out", tag="ul"):
            for each in left:
                with box("tt-left-out__item", tag="li"):
                    written(t("{ref}: {what}", ref=each.ref, what=each.what), "tt-left-out__what")
                    written(each.why, "tt-quiet")
        with box("tt-dialog-foot"):
            button(t("Undo"), kind="quiet").on("click", dialog.close, js_handler=_UNDO)
            button(t("Close"), dialog.close, kind="primary").props("autofocus")
    dialog.open()
