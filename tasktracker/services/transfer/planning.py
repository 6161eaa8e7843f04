"""Which task each draft is, if it is one that exists, and which has to be written before which."""

from collections.abc import Container, Iterable, Sequence

from tasktracker.domain.errors import Invalid, NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.services.command import ProjectCommand
from tasktracker.services.transfer.drafts import Draft

OWN_SOURCE = "tasktracker"
"""The `external_source` of what comes from another project: its id is then its reference there."""
_FOUND = """
    SELECT t.number, t.external_source, t.external_id FROM task t
    JOIN unnest($2::text[], $3::text[]) AS wanted(source, outside_id)
      ON t.external_source = wanted.source AND t.external_id = wanted.outside_id
    WHERE t.project_id = $1
"""
_NUMBERS = "SELECT number FROM task WHERE project_id = $1 AND number = ANY($2::int[])"
_INT_MAX = 2**31 - 1
Outside = tuple[str, str]
"""An `external_source` and an `external_id`."""


async def match(command: ProjectCommand, drafts: Sequence[Draft], *, is_own: bool) -> None:
    """Find the tasks that exist already: by reference, if the file comes from this project, or by where they are from.

    A task that is to be new and comes from another project is marked with its reference there, so that it is known the
    next time.
    """
    refs = {draft: ref for draft in drafts if is_own and (ref := _own_ref(command, draft))}
    rows = await command.db.execute_query_dict(_NUMBERS, [command.project.id, [ref.number for ref in refs.values()]])
    numbers = {row["number"] for row in rows}
    for draft, ref in refs.items():
        draft.number = ref.number if ref.number in numbers else None
    open_drafts = [draft for draft in drafts if draft.number is None]
    outside = {draft: pair for draft in open_drafts if (pair := _outside(draft))}
    sources, ids = ([pair[place] for pair in outside.values()] for place in (0, 1))
    found = await command.db.execute_query_dict(_FOUND, [command.project.id, sources, ids])
    known = {(row["external_source"], row["external_id"]): row["number"] for row in found}
    for draft, pair in outside.items():
        draft.number = known.get(pair)
    _refuse_doubles(drafts, outside)


def _own_ref(command: ProjectCommand, draft: Draft) -> TaskRef | None:
    ref = _ref(draft)
    return ref if ref and ref.key == command.project.key and ref.number <= _INT_MAX else None


def _outside(draft: Draft) -> Outside | None:
    source, outside_id = (draft.fields.get(field) for field in ("external_source", "external_id"))
    if source and outside_id:
        return source, outside_id
    if ref := _ref(draft):
        draft.fields |= {"external_source": OWN_SOURCE, "external_id": str(ref)}
        return OWN_SOURCE, str(ref)
    return None


def _ref(draft: Draft) -> TaskRef | None:
    text = draft.line.raw.get("ref")
    if not text:
        return None
    try:
        return TaskRef.parse(str(text))
    except NotFound:
        draft.line.refuse(Invalid.at("/ref", "A reference is written as WEB-12."))
        return None


def _refuse_doubles(drafts: Iterable[Draft], outside: dict[Draft, Outside]) -> None:
    seen: dict[object, Draft] = {}
    for draft in drafts:
        who = draft.number or outside.get(draft)
        if who is not None and seen.setdefault(who, draft) is not draft:
            pointer = "/external_id" if draft.fields.get("external_source") != OWN_SOURCE else "/ref"
            draft.line.refuse(Invalid.at(pointer, f"Line {seen[who].line.number} is the same task."))


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts as they come, but each after its parent, if that is in the file; a circle is noted on a line of it."""
    named = by_name(drafts)
    for draft in drafts:
        if name := draft.line.raw.get("parent"):
            draft.parent = named.get(str(name).strip().upper(), str(name))
    ordered: dict[Draft, None] = {}
    for draft in drafts:
        ordered |= dict.fromkeys(reversed(_way_up(draft, ordered)))
    return [*ordered]


def by_name(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Drafts by what a parent or a relation may call them: a reference, or an outside id."""
    named: dict[str, Draft] = {}
    for draft in drafts:
        for field in ("external_id", "ref"):
            if name := draft.line.raw.get(field):
                named[str(name).strip().upper()] = draft
    return named


def _way_up(draft: Draft, done: Container[Draft]) -> list[Draft]:
    """The draft and those above it that are not done yet. It may be a long way, so it is no recursion."""
    way: dict[Draft, None] = {}
    here: Draft | str | None = draft
    while isinstance(here, Draft) and here not in done:
        if here in way:
            here.line.refuse(Invalid.at("/parent", "This task is below itself; the tree would be a circle."))
            here.parent = None
            break
        way[here] = None
        here = here.parent
    return [*way]
