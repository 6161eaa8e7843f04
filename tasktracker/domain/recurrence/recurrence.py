"""The recurrence of a task, and its JSON value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from tasktracker.domain.errors import Invalid, Problem, pointer_to
from tasktracker.domain.recurrence.reading import read_rule
from tasktracker.domain.recurrence.rule import Rule
from tasktracker.domain.text import gather, one_of

Anchor = Literal["due", "completion"]
ANCHORS = ("due", "completion")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule as canonical RRULE text, and what it is counted from.

    COUNT is how often the task will still be done, the present time included: see `after_one`.
    """

    rule: str
    anchor: Anchor = "due"

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Recurrence":
        """From a value that `clean_recurrence` returned."""
        return cls(value["rule"], value["from"])

    def to_json(self) -> dict[str, str]:
        return {"rule": self.rule, "from": self.anchor}

    def parsed(self) -> Rule:
        """The rule as data. Raises `Invalid` if the text is no rule that `clean_recurrence` lets through."""
        return read_rule(self.rule, "/recurrence/rule")


def clean_recurrence(value: Any, pointer: str) -> dict[str, str] | None:
    """Check and normalise the JSON value of a recurrence; null is none. Raises `Invalid` naming every problem."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise Invalid.at(pointer, 'Write a recurrence as {"rule": "FREQ=WEEKLY", "from": "due"}, or null for none.')
    problems = [
        Problem(pointer + pointer_to(name), "A recurrence has a rule and a from, and no more.")
        for name in value
        if name not in {"rule", "from"}
    ]
    clean: dict[str, str] = {}
    for name, read in (("rule", _rule), ("from", _anchor)):
        try:
            clean[name] = read(value.get(name), f"{pointer}/{name}")
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    return clean


def after_one(recurrence: Recurrence) -> Recurrence | None:
    """What is left of the recurrence when the task has been done once more; None if that was the last time."""
    rule = recurrence.parsed()
    if rule.count is None:
        return recurrence
    return replace(recurrence, rule=str(replace(rule, count=rule.count - 1))) if rule.count > 1 else None


def _rule(value: Any, pointer: str) -> str:
    return str(read_rule(value, pointer))


def _anchor(value: Any, pointer: str) -> Anchor:
    return cast("Anchor", one_of("due" if value is None else value, pointer, ANCHORS))
