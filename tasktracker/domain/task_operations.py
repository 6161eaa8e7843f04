"""The operations of a bulk call: what is asked for, and everything that is wrong with it before any task is looked at.

An operation that is refused is named by a JSON pointer into the request: `/operations/17/fields/title`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from tasktracker.domain.errors import Conflict, Invalid, NotFound, Problem, Refusal, pointer_to
from tasktracker.domain.references import TaskRef
from tasktracker.domain.task_fields import clean_id, clean_task_fields
from tasktracker.domain.text import Cleaner, gather, inside, one_of

OPERATIONS_MAX = 1_000
"""In one call."""

Version = int | Literal["*"] | None
"""What a change is based on. "*" overwrites whatever is there, and so does None where the project allows it."""

_NUMBER_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to do. `fields` are clean; `after` and `before` are numbers of tasks."""

    op: str
    ref: TaskRef | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    version: Version = None
    column_id: str = ""
    after: int | None = None
    before: int | None = None


def clean_operations(raw: Any, key: str) -> list[Operation]:
    """Read the operations on tasks of the project with that key. Raises Invalid naming every problem at once."""
    if not isinstance(raw, Sequence) or isinstance(raw, str) or not 1 <= len(raw) <= OPERATIONS_MAX:
        raise Invalid.at("/operations", f"Send a list of 1 to {OPERATIONS_MAX:,} operations.")
    clean: list[Operation] = []
    problems: list[Problem] = []
    for index, each in enumerate(raw):
        try:
            with operation_named(index):
                clean.append(_operation(each, key))
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    return clean


@contextmanager
def operation_named(index: int, ref: object = "") -> Iterator[None]:
    """Let whatever is refused in the block say in which operation it stands."""
    try:
        yield
    except Invalid as refusal:
        place = pointer_to("operations", index)
        raise Invalid([Problem(place + each.pointer, each.detail) for each in refusal.problems]) from None
    except Refusal as refusal:
        refusal.pointer = pointer_to("operations", index)
        if isinstance(refusal, Conflict):
            refusal.ref = str(ref)
        raise


def _operation(raw: Any, key: str) -> Operation:
    if not isinstance(raw, Mapping):
        raise Invalid.at("", "An operation is an object, such as {“op”: “archive”, “ref”: “WEB-12”}.")
    op = one_of(raw.get("op"), "/op", tuple(_MEMBERS))
    members = _MEMBERS[op]
    clean: dict[str, Any] = {}
    problems = [
        Problem(pointer_to(name), f"To {op} takes {', '.join(members)}, and no “{name}”.")
        for name in raw
        if name not in members and name != "op"
    ]
    problems += [
        Problem(pointer_to(name), f"To {op} needs {name}.") for name in members if name in _NEEDED and name not in raw
    ]
    for name in members.keys() & raw.keys():
        try:
            clean[name] = members[name](raw[name], pointer_to(name))
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    _require_own(clean.get("ref"), key)
    return Operation(op, **clean)


def _require_own(ref: TaskRef | None, key: str) -> None:
    if ref is not None and ref.key != key:
        raise Invalid.at("/ref", f"{ref} is in another project. All operations of a call are on tasks of {key}.")


def _ref(value: Any, pointer: str) -> TaskRef:
    try:
        return TaskRef.parse(value)
    except (NotFound, AttributeError, TypeError):
        raise Invalid.at(pointer, "Name a task as WEB-12.") from None


def _new_fields(value: Any, pointer: str) -> dict[str, Any]:
    fields = _fields(value, pointer)
    if "title" not in fields:
        raise Invalid.at(f"{pointer}/title", "A task needs a title.")
    return fields


def _fields(value: Any, pointer: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid.at(pointer, "This must be an object: the fields to set.")
    with inside(pointer):
        return clean_task_fields(value)


def _version(value: Any, pointer: str) -> Version:
    if value is None or value == "*":
        return value  # type: ignore[no-any-return]  # narrowed by value
    return _whole(value, pointer, 'This must be the version that the change is based on, or "*".')


def _number(value: Any, pointer: str) -> int | None:
    return None if value is None else _whole(value, pointer, "Name a task by its number, such as 7.")


def _whole(value: Any, pointer: str, advice: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _NUMBER_MAX:
        raise Invalid.at(pointer, advice)
    return value


_MEMBERS: dict[str, dict[str, Cleaner]] = {
    "create": {"fields": _new_fields},
    "edit": {"ref": _ref, "fields": _fields, "version": _version},
    "move": {"ref": _ref, "column_id": clean_id, "after": _number, "before": _number, "version": _version},
    **{op: {"ref": _ref} for op in ("archive", "unarchive", "trash", "restore")},
}
_NEEDED = frozenset({"ref", "fields", "column_id"})
OPERATIONS = tuple(_MEMBERS)
"""What may stand in `op`."""
