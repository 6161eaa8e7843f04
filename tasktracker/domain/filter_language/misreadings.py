"""Why a text is no filter, in words for the person who wrote it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from lark import Token, UnexpectedInput, UnexpectedToken

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.fields import find_field
from tasktracker.domain.filter_language.wording import shown

_BETWEEN = {"_OR", "_AND"}
_WANT_A_TERM = {*_BETWEEN, "NOT", "MINUS"}
_WANT_A_VALUE = {"FIELD", "OPERATOR", "RANGE", "_COMMA"}

_STRAY = {
    ",": "Write a list without spaces, as label:bug,urgent. To find a comma, put it into quotes.",
    ".": "Write a range without spaces, as due:2026-01..2026-03. To find dots, put them into quotes.",
    ":": "Write a field’s name directly before its colon, as state:started. To find a colon, put it into quotes.",
    "-": "Write directly after “-” what to leave out. To find a dash, put it into quotes.",
}
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the reader of the grammar could not go on: at `found`, whose type is empty if it is nothing that it knows.

    `before` are the marks read so far that still wait for something; the last thing read may be no mark: then `last`
    has no type.
    """

    text: str
    start: int
    found: Token
    before: list[Token]
    last: Token


def explain(error: UnexpectedInput, text: str) -> FilterProblem:
    """The problem behind an error of the reader of the grammar."""
    stop = _stop(error, text)
    problems = (look(stop) for look in _LOOKS)
    return next(each for each in problems if each)


def _stop(error: UnexpectedInput, text: str) -> _Stop:
    stack = error.interactive_parser.parser_state.value_stack
    before = [each for each in stack if isinstance(each, Token)]
    last = before[-1] if before and before[-1] is stack[-1] else _NO_TOKEN
    found = error.token if isinstance(error, UnexpectedToken) else _NO_TOKEN
    start = len(text) if found.type == "$END" else cast("int", error.pos_in_stream)
    return _Stop(text, start, found, before, last)


def _open_quote(stop: _Stop) -> FilterProblem | None:
    if not stop.text.startswith('"', stop.start) or _QUOTED.match(stop.text, stop.start):
        return None
    return FilterProblem("This quote is not closed. Write another one where it ends.", stop.start, len(stop.text))


def _missing_value(stop: _Stop) -> FilterProblem | None:
    if stop.last.type not in _WANT_A_VALUE:
        return None
    name = _last(stop, "FIELD")
    start, end = _start(name), _end(stop.last)
    field = find_field(name.removesuffix(":"), start)
    if stop.text.startswith("(", end):
        detail = f"Write several values as {field.name}:one,two, and a value that holds a parenthesis in quotes."
        return FilterProblem(detail, end, end + 1)
    if stop.text.startswith(("<", ">", "="), end):
        return FilterProblem("Put a value that begins with this sign into quotes.", end, end + 1)
    detail = f"“{shown(stop.text[start:end])}” lacks a value. Write it directly after, without a space."
    return FilterProblem(detail, start, end)


def _stray_mark(stop: _Stop) -> FilterProblem | None:
    if (advice := _STRAY.get(stop.text[stop.start : stop.start + 1])) is None:
        return None
    return FilterProblem(advice, stop.start, stop.start + 1)


def _missing_term(stop: _Stop) -> FilterProblem | None:
    if stop.last.type not in _WANT_A_TERM:
        return None
    detail = f"“{stop.last}” lacks what comes after it. Write a term there, or put “{stop.last}” into quotes."
    return FilterProblem(detail, _start(stop.last), _end(stop.last))


def _nothing_before(stop: _Stop) -> FilterProblem | None:
    if stop.found.type not in _BETWEEN:
        return None
    detail = f"“{stop.found}” lacks what comes before it. Write a term there, or put “{stop.found}” into quotes."
    return FilterProblem(detail, stop.start, stop.start + len(stop.found))


def _not_opened(stop: _Stop) -> FilterProblem | None:
    if stop.found.type != "RPAR":
        return None
    if stop.last.type == "LPAR":
        detail = "There is nothing between these parentheses. Write a term there, or take them away."
        return FilterProblem(detail, _start(stop.last), stop.start + 1)
    detail = "This parenthesis was not opened. Take it away, or write “(” where it begins."
    return FilterProblem(detail, stop.start, stop.start + 1)


def _not_closed(stop: _Stop) -> FilterProblem:
    opening = _last(stop, "LPAR")
    detail = "This parenthesis is not closed. Take it away, or write “)” where it ends."
    return FilterProblem(detail, _start(opening), _end(opening))


def _last(stop: _Stop, kind: str) -> Token:
    return next(each for each in reversed(stop.before) if each.type == kind)


def _start(token: Token) -> int:
    return token.start_pos or 0


def _end(token: Token) -> int:
    return _start(token) + len(token)


_NO_TOKEN = Token("", "")
_LOOKS: tuple[Callable[[_Stop], FilterProblem | None], ...] = (
    _open_quote,
    _missing_value,
    _stray_mark,
    _missing_term,
    _nothing_before,
    _not_opened,
    _not_closed,
)
