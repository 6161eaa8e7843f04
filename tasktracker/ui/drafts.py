"""Drafts: what is being typed is kept in the browser (static/drafts.js) until the server says that it is saved."""

import json

from nicegui import ui


def draft(field: ui.element, name: str) -> None:
    """Keep what is typed into the field under this name, and put it back when a field of that name appears again."""
    field.props["data-draft"] = name


def opens_draft(opener: ui.element, name: str) -> None:
    """Press this button when there is a draft of that name: it brings the draft's field."""
    opener.props["data-draft-opens"] = name


def forget_draft(*names: str) -> None:
    """The texts are saved, or given up on purpose."""
    for name in names:
        ui.run_javascript(f"window.tasktrackerForgetDraft({json.dumps(name)})")
