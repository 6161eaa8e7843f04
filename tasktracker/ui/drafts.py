"""Drafts: what is being typed is kept in the browser (static/drafts.js) until the server says that it is saved."""

import json
from collections.abc import Callable, Iterable

from nicegui import ui
from nicegui.events import GenericEventArguments


def draft(field: ui.element, name: str) -> None:
    """Keep what is typed into the field under this name, and put it back when a field of that name appears again."""
    field.props["data-draft"] = name


def draft_based_on(field: ui.element, version: int, rebased: Callable[[int], None]) -> None:
    """Note the version that typing in the field would be based on; `rebased` is told when it is another one.

    A draft that comes back after somebody else has changed the text must not pass for an edit of the newest one. After
    `draft_overtaken` the newest one is told, if nobody has typed.
    """
    field.props["data-draft-base"] = version

    def tell(event: GenericEventArguments) -> None:
        if isinstance(event.args, int) and event.args > 0:
            rebased(event.args)

    field.on("draftrebased", tell, js_handler="(event) => emit(event.detail)")


def opens_draft(opener: ui.element, name: str) -> None:
    """Press this button when there is a draft of that name: it brings the draft's field."""
    opener.props["data-draft-opens"] = name


def keep_draft(name: str, text: str) -> None:
    """Keep a text that was not typed into its field but moved there."""
    ui.run_javascript(f"window.tasktrackerKeepDraft({json.dumps(name)}, {json.dumps(text)})")


def put_draft_aside(name: str) -> None:
    """The text is given up, perhaps by accident: a toast can bring it back, by the button of `opens_draft`."""
    ui.run_javascript(f"window.tasktrackerPutAside({json.dumps(name)})")


def forget_draft(*names: str) -> None:
    """The texts are given up on purpose."""
    for name in names:
        ui.run_javascript(f"window.tasktrackerForgetDraft({json.dumps(name)})")


def draft_saved(name: str, text: str, *, version: int | None = None, shown: str | None = None) -> None:
    """That text is saved. What has been typed instead of it meanwhile stays a draft, based on that `version` now.

    Only the browser knows that: what is typed may still be on its way here. So it is the browser, too, that writes what
    is `shown` in the place of the saved text into the field, and `when_saved` that closes it.
    """
    more = json.dumps({"base": version, "shown": shown})
    ui.run_javascript(f"window.tasktrackerDraftSaved({json.dumps(name)}, {json.dumps(text)}, {more})")


def draft_overtaken(name: str, texts: Iterable[str], *, version: int, shown: str) -> None:
    """Somebody else has changed the text: that `version` of it is to be `shown`, unless somebody is typing.

    The field shows one of these texts as long as nobody does. Only the browser knows, as above.
    """
    untyped = json.dumps([*dict.fromkeys(texts)])
    more = json.dumps({"base": version, "shown": shown})
    ui.run_javascript(f"window.tasktrackerDraftOvertaken({json.dumps(name)}, {untyped}, {more})")


def when_saved(field: ui.element, close: Callable[[], None]) -> None:
    """Close the field once it has been saved as it is. Nobody can type on in it until then."""
    field.on("draftsaved", close, js_handler="(event) => { event.target.readOnly = true; emit() }")


def draft_sent(name: str, text: str) -> None:
    """That text is saved, and its field is for the next one: it keeps only what has been typed since."""
    ui.run_javascript(f"window.tasktrackerDraftSent({json.dumps(name)}, {json.dumps(text)})")
