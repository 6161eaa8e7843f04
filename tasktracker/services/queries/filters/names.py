"""The things that a filter names, as arrays of ids, each with the claim that it is there."""

from collections.abc import Iterable

from tasktracker.domain.filter_language.nodes import Me, Person, Reference, Value, Word
from tasktracker.services.queries.filters.condition import ME, Build, Named

_PEOPLE = "SELECT a.id FROM account a JOIN membership m ON m.account_id = a.id AND m.workspace_id = $1"
_IN_SCOPE = "SELECT x.id FROM {table} x WHERE x.project_id IN (SELECT id FROM scope)"
_TASK = """SELECT x.id, x.trashed_at FROM seen JOIN task x ON x.project_id = seen.id
    WHERE seen.key = {key} AND x.number = {number}
    UNION ALL SELECT x.id, x.trashed_at FROM seen was JOIN task_alias old ON old.project_id = was.id
    JOIN task x ON x.id = old.task_id JOIN seen ON seen.id = x.project_id
    WHERE was.key = {key} AND old.number = {number}"""


def people(build: Build, values: Iterable[Value], *, unless: str = "false") -> str:
    """The people among the values. `unless` is SQL: when that is so, somebody who is not there is no mistake."""
    listed = list(values)
    parts = [f"SELECT {ME}"] if any(isinstance(value, Me) for value in listed) else []
    handles = [value for value in listed if isinstance(value, Person)]
    if handles:
        parts.append(f"{_PEOPLE} WHERE a.handle = ANY({build.param([each.handle for each in handles], 'text[]')})")
    for each in handles:
        exists = f"EXISTS ({_PEOPLE} WHERE a.handle = {build.param(each.handle, 'text')})"
        build.claim(Named("person", each.handle, each.span, f"({exists} OR {unless})"))
    return f"ARRAY({' UNION ALL '.join(parts)})"


def in_projects(build: Build, table: str, noun: str, values: Iterable[Value]) -> str:
    """The labels or columns of that name, in whichever of the projects that are asked about."""
    select = _IN_SCOPE.format(table=table)
    words = [value for value in values if isinstance(value, Word)]
    for each in words:
        exists = f"EXISTS ({select} AND lower(x.name) = lower({build.param(each.text, 'text')}))"
        build.claim(Named(noun, each.text, each.span, exists))
    names = build.param([each.text for each in words], "text[]")
    return f"ARRAY({select} AND lower(x.name) IN (SELECT lower(word) FROM unnest({names}) word))"


def projects(build: Build, values: Iterable[Value]) -> str:
    """The projects with these keys, as far as they exist for whoever asks."""
    words = [value for value in values if isinstance(value, Word)]
    for each in words:
        exists = f"EXISTS (SELECT FROM seen WHERE key = {build.param(each.text, 'text')})"
        build.claim(Named("project", each.text, each.span, exists))
    return f"ARRAY(SELECT id FROM seen WHERE key = ANY({build.param([each.text for each in words], 'text[]')}))"


def tasks(build: Build, values: Iterable[Value], *, trashed: bool = True) -> str:
    """The tasks of these names, as far as they exist for whoever asks, also by what they were called once."""
    parts = []
    for each in values:
        if isinstance(each, Reference):
            key, number = build.param(each.ref.key, "text"), build.param(each.ref.number, "int")
            build.claim(Named("task", str(each.ref), each.span, f"EXISTS ({_TASK.format(key=key, number=number)})"))
            parts.append(_TASK.format(key=key, number=number))
    wanted = f"SELECT found.id FROM ({' UNION ALL '.join(parts)}) found"
    return f"ARRAY({wanted})" if trashed else f"ARRAY({wanted} WHERE found.trashed_at IS NULL)"
