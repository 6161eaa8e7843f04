"""Plain forms that post to the JSON API by static/forms.js: password managers know them, and they need no socket."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui import ui

from tasktracker.ui.elements import box, text
from tasktracker.ui.static_files import address_of


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the API; `type` and `autocomplete` are those of HTML."""

    name: str
    label: str
    type: str
    autocomplete: str
    hint: str = ""


@contextmanager
def plain_form(fields: Iterable[FormField], *, action: str, target: str) -> Iterator[ui.element]:
    """Draw the fields, and where their problems are told; the block draws what sends them.

    They go to the address `action`, and the browser then goes to `target`.
    """
    ui.add_body_html(f'<script defer src="{address_of("forms.js")}"></script>')
    with box("tt-form", tag="form") as form:
        form.props.update({"data-action": action, "data-target": target, "novalidate": True})
        for field in fields:
            _input(field)
        text("", "tt-form-problem", tag="p").props("role=alert data-problem=/")
        yield form


def _input(field: FormField) -> None:
    with box("tt-field"):
        label = text(field.label, "tt-field-label", tag="label")
        label.props["for"] = f"field-{field.name}"
        element = box("tt-input", tag="input")
        element.props.update(
            {"id": f"field-{field.name}", "name": field.name, "type": field.type, "autocomplete": field.autocomplete}
        )
        element.props["aria-describedby"] = f"hint-{field.name}"
        text(field.hint, "tt-field-hint", tag="p").props(f"id=hint-{field.name} data-problem=/{field.name}")
