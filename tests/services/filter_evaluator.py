"""What a filter means, said a second time and as plainly as possible: is it so of this task?"""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tasktracker.domain.filter_language.dates import resolve_date
from tasktracker.domain.filter_language.fields import Kind
from tasktracker.domain.filter_language.nodes import (
    And,
    Anything,
    Comparison,
    Date,
    Me,
    Node,
    Not,
    Nothing,
    Operator,
    Or,
    Person,
    Range,
    Reference,
    Text,
    Word,
)
from tasktracker.domain.filter_language.values import as_kind
from tasktracker.domain.task_fields import PRIORITIES
from tests.services.filter_world import NOW, OPTIONS, Fact, World

OPEN = {"backlog", "unstarted", "started"}
KINDS = {
    "text": Kind.TEXT, "url": Kind.TEXT, "number": Kind.NUMBER, "date": Kind.DATE, "person": Kind.PERSON,
    "checkbox": Kind.FLAG, "select": Kind.CHOICE, "multi_select": Kind.CHOICE,
}  # fmt: skip


class Evaluator:
    """For `me` in `zone`, with weeks that begin on Monday."""

    def __init__(self, world: World, me: str, zone: str) -> None:
        self.world, self.me, self.zone = world, me, ZoneInfo(zone)

    def fits(self, node: Node | None, task: Fact) -> bool:
        match node:
            case None:
                return True
            case And():
                return all(self.fits(part, task) for part in node.parts)
            case Or():
                return any(self.fits(part, task) for part in node.parts)
            case Not():
                return not self.fits(node.part, task)
            case Text():
                return _has_words(node, task)
            case Comparison():
                return self._compares(node, task)

    def _compares(self, node: Comparison, task: Fact) -> bool:
        if key := node.field.custom_key:
            return self._custom(node, key, task)
        if node.field.name in {"has", "is"}:
            return any(self._word(f"{node.field.name}:{value.text}", task) for value in node.values)  # type: ignore[union-attr]
        have = self._values(node.field.name, task)
        return any(self._one(node, value, have) for value in node.values)

    def _one(self, node: Comparison, value: object, have: list[Any]) -> bool:
        if isinstance(value, Nothing):
            return not have
        if isinstance(value, Anything):
            return bool(have)
        return any(self._is(node, value, each) for each in have)

    def _is(self, node: Comparison, value: Any, have: Any) -> bool:
        match node.field.kind:
            case Kind.TEXT:
                wanted = value.text.lower()
                return bool(have.lower() == wanted if node.operator is Operator.EXACT else wanted in have.lower())
            case Kind.DATE:
                return self._is_dated(node.operator, value, have)
            case Kind.NUMBER | Kind.COUNT | Kind.RANK:
                return _is_ordered(node.operator, value, have)
            case _:
                return have in self._meant(value)

    def _meant(self, value: Any) -> set[str]:
        match value:
            case Me():
                return {self.me}
            case Person():
                return {value.handle}
            case Reference():
                return {str(value.ref)}
            case Word(text="open"):
                return {*OPEN, "open"}
            case Word(text="closed"):
                return {"done", "cancelled", "closed"}
            case _:
                return {value.text.lower()}

    def _is_dated(self, operator: Operator, value: Any, have: Any) -> bool:
        if isinstance(value, Range):
            ends = (value.low, Operator.AT_LEAST), (value.high, Operator.AT_MOST)
            return all(self._is_dated(sign, end, have) for end, sign in ends if end)
        start, end = self._stretch(value, have)
        before, in_or_before = have < start, have < end
        return bool(_by_sign(operator, before, in_or_before))

    def _stretch(self, value: Date, like: date | datetime) -> tuple[Any, Any]:
        when = resolve_date(value, now=NOW, zone=self.zone)
        return (when.start, when.end) if isinstance(like, datetime) else (when.first_day, when.day_after)

    def _values(self, name: str, task: Fact) -> list[Any]:
        """What stands in the field: nothing, one value, or several. Names are in lower case."""
        every: dict[str, Any] = {
            "title": task.title, "description": task.description or None, "state": task.category,
            "column": task.column.lower(), "priority": PRIORITIES.index(task.priority),
            "assignee": task.assignees, "watcher": task.watchers, "creator": task.creator,
            "commenter": set(task.commenters), "label": {each.lower() for each in task.labels},
            "estimate": task.estimate, "comments": len(task.commenters), "subtasks": self._subtasks(task),
            "number": task.number, "project": task.project.lower(), "ref": task.ref, "parent": task.parent,
            "blocks": self._related(task, "blocks"), "blocked-by": self._related(task, "blocked_by"),
            "relates": self._related(task, "relates_to"), "duplicates": self._related(task, "duplicates"),
            "source": task.source and task.source.lower(), "external": task.external,
        }  # fmt: skip
        found = every[name] if name in every else getattr(task, name)
        return [] if found is None else list(found) if isinstance(found, set) else [found]

    def _related(self, task: Fact, kind: str) -> set[str]:
        return {ref for ref in task.related[kind] if self.world.facts[ref].trashed is None}

    def _subtasks(self, task: Fact) -> int:
        below = [each for each in self.world.facts.values() if each.parent == task.ref and each.trashed is None]
        return sum((each.category != "cancelled") + self._subtasks(each) for each in below)

    def _word(self, word: str, task: Fact) -> bool:
        is_open = task.category in OPEN
        others = {kind: [self.world.facts[ref] for ref in self._related(task, kind)] for kind in task.related}
        due = task.due
        answers: dict[str, Any] = {
            "has:description": lambda: task.description, "has:due": lambda: due, "has:start": lambda: task.start,
            "has:estimate": lambda: task.estimate is not None, "has:labels": lambda: task.labels,
            "has:assignee": lambda: task.assignees, "has:subtasks": lambda: self._subtasks(task),
            "has:parent": lambda: task.parent, "has:comments": lambda: task.commenters,
            "has:attachments": lambda: task.attachments, "has:relations": lambda: any(others.values()),
            "has:recurrence": lambda: task.recurs, "is:open": lambda: is_open, "is:closed": lambda: not is_open,
            "is:overdue": lambda: is_open and due is not None and due < self._now(due),
            "is:blocked": lambda: any(each.category in OPEN for each in others["blocked_by"]),
            "is:blocking": lambda: any(each.category in OPEN for each in others["blocks"]),
            "is:archived": lambda: task.archived, "is:trashed": lambda: task.trashed,
            "is:recurring": lambda: task.recurs, "is:subtask": lambda: task.parent,
            "is:watched": lambda: self.me in task.watchers,
        }  # fmt: skip
        return bool(answers[word]())

    def _now(self, like: date | datetime) -> Any:
        return NOW if isinstance(like, datetime) else NOW.astimezone(self.zone).date()

    def _custom(self, node: Comparison, key: str, task: Fact) -> bool:
        kind = self.world.kinds[task.project].get(key)
        if kind is None:
            return False
        typed = as_kind(node, KINDS[kind], tuple(option.lower() for option in OPTIONS))
        value = task.custom.get(key)
        if kind == "checkbox":
            return any(self._ticks(each, value) for each in typed.values)
        have = [] if value is None else value if isinstance(value, list) else [value]
        if kind == "date":
            have = [date.fromisoformat(each) for each in have]
        if kind.endswith("select"):
            have = [each.lower() for each in have]
        return any(self._one(typed, each, have) for each in typed.values)

    def _ticks(self, wanted: Any, value: Any) -> bool:
        if isinstance(wanted, Nothing | Anything):
            return (value is None) == isinstance(wanted, Nothing)
        return bool(value) is (wanted.text == "yes")


def _is_ordered(operator: Operator, value: Any, have: float) -> bool:
    if isinstance(value, Range):
        ends = (value.low, Operator.AT_LEAST), (value.high, Operator.AT_MOST)
        return all(_is_ordered(sign, end, have) for end, sign in ends if end)
    amount = PRIORITIES.index(value.text) if isinstance(value, Word) else float(value.value)
    return _by_sign(operator, have < amount, have <= amount)


def _by_sign(operator: Operator, is_below: bool, is_at_most: bool) -> bool:  # noqa: FBT001 -- two facts, and no choice
    answers = {
        Operator.IS: is_at_most and not is_below,
        Operator.BELOW: is_below,
        Operator.AT_MOST: is_at_most,
        Operator.ABOVE: not is_at_most,
        Operator.AT_LEAST: not is_below,
    }
    return answers[operator]


def _has_words(node: Text, task: Fact) -> bool:
    text = f"{task.title} {task.description}".lower()
    wanted, there = (re.findall(r"\w+", each.replace("_", " ")) for each in (node.words.lower(), text))
    if not wanted:
        return node.words in task.title or node.words in task.description
    if not node.is_phrase:
        return set(wanted) <= set(there)
    return any(there[place : place + len(wanted)] == wanted for place in range(len(there)))
