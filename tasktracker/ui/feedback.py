"""Telling people what happened."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nicegui import ui

from tasktracker.domain.errors import NotSignedIn, Refusal
from tasktracker.domain.references import TaskRef
from tasktracker.ui.language import t
from tasktracker.ui.refusals import refusal_text


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Show a refusal as a toast; anything else is a fault and goes on up."""
    with refusals_told(lambda reason: toast(reason, kind="warning")):
        yield


@contextmanager
def refusals_told(tell: Callable[[str], object]) -> Iterator[None]:
    """Have a refusal told elsewhere, such as at its field. The one place of the UI that catches them."""
    try:
        yield
    except NotSignedIn:
        ui.navigate.reload()
    except Refusal as refusal:
        tell(refusal_text(refusal))


def toast(message: str, *, kind: str = "info") -> None:
    """A short message at the edge of the page, read out by screen readers. `kind` is info, success or warning."""
    milliseconds = 6000 if kind == "warning" else 3500
    ui.notify(message, position="bottom", classes=f"tt-toast tt-toast-{kind}", timeout=milliseconds)


def created_toast(message: str, command: int | None, task: TaskRef | None) -> None:
    """Tell what was created, with ways to open it, and to take it back: those of them that there are."""
    values = ", ".join(json.dumps(each) for each in (message, command, t("Undo"), task and str(task), t("Open task")))
    ui.run_javascript(f"window.tasktracker.created({values})")


def done_toast(message: str, command: int | None = None, label: str = "") -> None:
    """Tell what was done, with a button that takes it back (static/undo.js).

    `command` is the revision of what was done; without one, the person's latest change in the project is meant.
    """
    values = ", ".join(json.dumps(each) for each in (message, command, label or t("Undo")))
    ui.run_javascript(f"window.tasktracker.did({values})")


def done_toast_on_arrival(message: str) -> None:
    """As `done_toast`, on the page that people are taken to next."""
    ui.run_javascript(f"window.tasktracker.didOnArrival({json.dumps(message)}, null, {json.dumps(t('Undo'))})")
