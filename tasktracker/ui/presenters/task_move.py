"""Carrying a task to another project, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tasktracker.domain.task_fields import CUSTOM
from tasktracker.services.queries.shell import ShellView
from tasktracker.services.translation import LeftOut
from tasktracker.ui.language import t
from tasktracker.ui.refusals import told


@dataclass(frozen=True, slots=True)
class Left:
    """What of which task the other project did not take, and why."""

    ref: str
    what: str
    why: str


def targets(shell: ShellView, key: str) -> dict[str, str]:
    """The projects that a task of the project `key` could go to, by their keys."""
    return {project.key: project.name for project in shell.projects if project.key != key}


def left_words(left_out: Iterable[LeftOut], people: Mapping[str, str], custom: Mapping[str, str]) -> list[Left]:
    """`people` are names by id, `custom` the names of custom fields by key."""
    return [Left(each.ref, _what(each.field, each.value, people, custom), told(each.reason)) for each in left_out]


def _what(field: str, value: Any, people: Mapping[str, str], custom: Mapping[str, str]) -> str:
    if field == "label_ids":
        return t("The label “{label}”", label=value)
    if field == "assignee_ids":
        return t("The assignee {person}", person=people.get(str(value), t("somebody who left")))
    if field.startswith(CUSTOM):
        key = field.removeprefix(CUSTOM)
        return t("“{field}”", field=custom.get(key, key))
    return t("Where it comes from: {id}", id=value)
