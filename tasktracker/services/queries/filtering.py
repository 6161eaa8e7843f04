"""From a filter to SQL: a condition on task `t`, where every value that somebody wrote is a parameter."""

from tasktracker.domain.filter_language.nodes import And, Comparison, Node, Not, Or, Text, Word, terms
from tasktracker.services.queries.filters.condition import Build, Condition, Context, all_of, any_of
from tasktracker.services.queries.filters.fields import comparison, text

_LEFT_OUT = {"archived": "t.archived_at IS NULL", "trashed": "t.trashed_at IS NULL"}


def compile_filter(node: Node | None, context: Context) -> Condition:
    """The condition that a filter is; None, the empty one, lets every task through.

    Raises FilterProblem for a date that is out of all calendars.
    """
    build = Build(context)
    sql = "true" if node is None else _compile(node, build)
    return Condition(sql, tuple(build.params), tuple(build.claims), build.is_dated)


def left_out(node: Node | None) -> list[str]:
    """Conditions that keep the archive and the trash out of a list, as far as the filter does not name them."""
    return [sql for word, sql in _LEFT_OUT.items() if node is None or not _names(node, word)]


def _compile(node: Node, build: Build) -> str:
    match node:
        case And():
            return all_of([_compile(part, build) for part in node.parts])
        case Or():
            return any_of([_compile(part, build) for part in node.parts])
        case Not():
            return f"(NOT {_compile(node.part, build)})"
        case Comparison():
            return comparison(node, build)
        case Text():
            return text(node, build)


def _names(node: Node, word: str) -> bool:
    """Whether the filter asks about what is archived or trashed, in whichever way."""
    compared = (term for term in terms(node) if isinstance(term, Comparison))
    return any(
        term.field.name == word or (term.field.name == "is" and any(_is(value, word) for value in term.values))
        for term in compared
    )


def _is(value: object, word: str) -> bool:
    return isinstance(value, Word) and value.text == word
