"""From a filter to SQL: a condition on task `t`, where every value that somebody wrote is a parameter."""

from tasktracker.domain.filter_language.nodes import And, Comparison, Node, Not, Or, Text
from tasktracker.services.queries.filters.condition import Build, Condition, Context, all_of, any_of
from tasktracker.services.queries.filters.fields import comparison, text


def compile_filter(node: Node | None, context: Context) -> Condition:
    """The condition that a filter is; None, the empty one, lets every task through.

    Raises FilterProblem for a date that is out of all calendars.
    """
    build = Build(context)
    sql = "true" if node is None else _compile(node, build)
    return Condition(sql, tuple(build.params), tuple(build.claims), build.is_dated)


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
