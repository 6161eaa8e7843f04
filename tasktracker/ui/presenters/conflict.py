"""A conflict as people are shown it: what the field was, what they made of it, what somebody else made of it."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from tasktracker.domain.errors import Conflict
from tasktracker.domain.merging import differences, merge_lists, merge_texts
from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.views import CustomFieldView
from tasktracker.ui.formats import list_text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.task_fields import field_names, value_words

SIDES = ("base", "yours", "theirs")
_TEXTS = ("title", "description")
_ONE_AT_A_TIME = ThreadPoolExecutor(1, thread_name_prefix="comparison")
"""Where texts are compared, so that meanwhile the loop serves everybody else. More threads at it would be no faster,
since Python runs one of them at a time; and the loop would wait for its turn behind each of them."""


@dataclass(frozen=True, slots=True)
class Names:
    """What stands for what: `things` by id, columns, labels, people and tasks alike; custom fields by their keys."""

    things: Mapping[str, str]
    custom: Mapping[str, CustomFieldView]


def told(conflict: Conflict, names: Names) -> str:
    """What has happened, in one sentence."""
    changed = list_text([_changed(field, names) for field in conflict.fields])
    return t("Somebody else changed {fields} while you were editing. Nothing is lost: choose.", fields=changed)


async def choices(conflict: Conflict, names: Names) -> list[dict[str, Any]]:
    """For each field what `task_conflict.js` draws: three values in words; and both together, where that can be.

    No transaction is open by now: the command that raised the conflict has been rolled back.
    """
    texts = {field: sides for field, sides in conflict.fields.items() if _is_text(field, names)}
    compare = asyncio.get_running_loop().run_in_executor
    compared = await compare(_ONE_AT_A_TIME, _compared, texts) if texts else {}
    return [
        {"field": field, "name": _name(field, names), **(compared.get(field) or _in_words(field, sides, names))}
        for field, sides in conflict.fields.items()
    ]


def api_fields(log_fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the log that a person may set together, as the API names them."""
    custom = {name.removeprefix(CUSTOM): value for name, value in log_fields.items() if name.startswith(CUSTOM)}
    others = {name: value for name, value in log_fields.items() if not name.startswith(CUSTOM)}
    return {**others, **({"custom": custom} if custom else {})}


def with_typed(fields: Mapping[str, Any], typed: Mapping[str, str | None]) -> dict[str, Any]:
    """What the person wanted to save, with what they have typed since, an emptied text as well; None is nothing."""
    return {name: value if typed.get(name) is None else typed[name] for name, value in fields.items()}


def custom_of(*sides: Mapping[str, Any]) -> dict[str, Any]:
    """The custom fields of both, the latter's last."""
    custom = {key: value for side in sides for key, value in side.get("custom", {}).items()}
    return {"custom": custom} if custom else {}


def draft_names(fields: Mapping[str, Any]) -> list[str]:
    """What the drafts of fields are called, as the log calls the fields."""
    custom = [CUSTOM + key for key in fields.get("custom", {})]
    return [*custom, *(field for field in fields if field != "custom")]


def _compared(texts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Texts side by side, with what differs in them, and merged."""
    return {field: _side_by_side(field, *(sides[side] or "" for side in SIDES)) for field, sides in texts.items()}


def _side_by_side(field: str, base: str, yours: str, theirs: str) -> dict[str, Any]:
    merged = merge_texts(base, yours, theirs)
    sides = {"yours": yours, "theirs": theirs}
    pieces = {side: [asdict(each) for each in differences(base, text)] for side, text in sides.items()}
    is_long = field == "description"
    text = merged.text if is_long else merged.text.replace("\n", " ")
    return {"pieces": pieces, "merged": text, "clean": merged.is_clean, "long": is_long}


def _in_words(field: str, sides: Mapping[str, Any], names: Names) -> dict[str, Any]:
    base, yours, theirs = (sides[side] for side in SIDES)
    words = {side: _words(field, sides[side], names) for side in SIDES}
    if not isinstance(yours or theirs, list):
        return {"words": words}
    both = merge_lists(base or [], yours or [], theirs or [])
    return {"words": {**words, "both": _words(field, both, names)}, "both": both}


def _is_text(field: str, names: Names) -> bool:
    return field in _TEXTS or _kind(field, names) == "text"


def _kind(field: str, names: Names) -> str:
    found = names.custom.get(field.removeprefix(CUSTOM)) if field.startswith(CUSTOM) else None
    return found.kind if found else ""


def _words(field: str, value: Any, names: Names) -> str:
    return value_words(field, value, names.things, _kind(field, names))


def _name(field: str, names: Names) -> str:
    """The field above its values."""
    return field_names().get(field) or _custom_name(field, names)


def _changed(field: str, names: Names) -> str:
    """The field in the sentence."""
    own = {
        "title": t("the title"),
        "description": t("the description"),
        "column_id": t("the state"),
        "priority": t("the priority"),
        "assignee_ids": t("the assignees"),
        "label_ids": t("the labels"),
        "start": t("the start"),
        "due": t("the due date"),
        "estimate": t("the estimate"),
        "parent_id": t("the parent"),
        "recurrence": t("how it repeats"),
        "position": t("the place"),
    }
    return own.get(field) or t("“{field}”", field=_custom_name(field, names))


def _custom_name(field: str, names: Names) -> str:
    key = field.removeprefix(CUSTOM)
    return names.custom[key].name if key in names.custom else key
