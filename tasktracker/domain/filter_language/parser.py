"""From the text of a filter to its tree."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import cast

from lark import Lark, Token, Tree, UnexpectedInput

from tasktracker.domain.errors import FilterProblem
from tasktracker.domain.filter_language.fields import find_field
from tasktracker.domain.filter_language.misreadings import explain
from tasktracker.domain.filter_language.nodes import (
    And,
    Comparison,
    Node,
    Not,
    Operator,
    Or,
    Range,
    Raw,
    Span,
    Text,
    terms,
)
from tasktracker.domain.filter_language.values import read_comparison
from tasktracker.domain.text import CONTROL

LENGTH_LIMIT = 1_000
"""Characters of a filter."""

DEPTH_LIMIT = 20
"""Parentheses and NOTs inside each other."""

TERM_LIMIT = 50
"""Terms of a filter, where each value of a list counts."""

_ESCAPED = re.compile(r'\\(["\\])')

Part = Token | Tree[Token]


def parse(text: str) -> Node | None:
    """What a filter says; None if it is empty, so that it lets everything through.

    Raises FilterProblem with the characters that are wrong.
    """
    _check_characters(text)
    if not text.strip():
        return None
    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        raise explain(error, text) from None
    node = _build(tree.children[0], 0)
    _check_number(node)
    return node


@cache
def _grammar() -> Lark:
    """Built when the first filter is read: it takes longer than reading a hundred of them."""
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr", maybe_placeholders=False)


def _check_characters(text: str) -> None:
    if len(text) > LENGTH_LIMIT:
        detail = f"This filter is {len(text):,} characters long; at most {LENGTH_LIMIT:,} are read. Shorten it."
        raise FilterProblem(detail, LENGTH_LIMIT, len(text))
    if found := CONTROL.search(text):
        detail = f"Remove the control character U+{ord(found.group()):04X}; nothing can be found by it."
        raise FilterProblem(detail, *found.span())


def _check_number(node: Node) -> None:
    spans = [each.span for term in terms(node) for each in (term.values if isinstance(term, Comparison) else [term])]
    if len(spans) > TERM_LIMIT:
        detail = f"A filter has at most {TERM_LIMIT} terms, and this one {len(spans)}. Leave some out."
        raise FilterProblem(detail, *spans[TERM_LIMIT])


def _build(part: Part, depth: int) -> Node:
    if isinstance(part, Token):
        return Text(_unquoted(part), part.type == "PHRASE", _span(part))
    match part.data:
        case "disjunction":
            return _join(Or, [_build(each, depth) for each in part.children])
        case "conjunction":
            return _join(And, _apart([_build(each, depth) for each in part.children]))
        case "negation":
            return _negation(part, depth + 1)
        case "group":
            return _group(part, depth + 1)
        case _:
            return _comparison(part)


def _join(kind: type[And | Or], parts: list[Node]) -> Node:
    """`a (b c)` says the same as `a b c`, and becomes the same."""
    span = Span(parts[0].span.start, parts[-1].span.end)
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    return kind(tuple(flat), span)


def _apart(parts: list[Node]) -> list[Node]:
    """Refuse `label:bug(s)` and `"a"b`, where one word was meant rather than two terms."""
    for before, after in pairwise(parts):
        if before.span.end == after.span.start:
            raise FilterProblem("Put a space here, or all of it into quotes if it is one text.", *after.span)
    return parts


def _negation(tree: Tree[Token], depth: int) -> Not:
    sign, part = tree.children
    _check_depth(sign, depth)
    operand = _build(part, depth)
    return Not(operand, Span(_span(sign).start, operand.span.end))


def _group(tree: Tree[Token], depth: int) -> Node:
    opening, part, closing = tree.children
    _check_depth(opening, depth)
    return replace(_build(part, depth), span=Span(_span(opening).start, _span(closing).end))


def _check_depth(sign: Part, depth: int) -> None:
    if depth > DEPTH_LIMIT:
        detail = f"Parentheses and NOTs stand inside each other at most {DEPTH_LIMIT} deep. Take some away."
        raise FilterProblem(detail, *_span(sign))


def _comparison(tree: Tree[Token]) -> Comparison:
    name, *rest = tree.children
    span = _span(tree)
    field = find_field(str(name).removesuffix(":"), span.start)
    operator = Operator.IS
    if isinstance(rest[0], Token) and rest[0].type == "OPERATOR":
        operator = Operator(str(rest.pop(0)))
    return read_comparison(field, operator, tuple(map(_value, rest)), span)


def _value(part: Part) -> Raw | Range:
    if isinstance(part, Token):
        return _raw(part)
    low, high = None, None
    match part.children:
        case [Token(type="RANGE"), last]:
            high = _raw(last)
        case [first, _]:
            low = _raw(first)
        case [first, _, last]:
            low, high = _raw(first), _raw(last)
    return Range(low, high, _span(part))


def _raw(part: Part) -> Raw:
    token = cast("Token", part)
    return Raw(_unquoted(token), token.type == "STRING", _span(token))


def _unquoted(token: Token) -> str:
    """The text of a token; of one in quotes, what they hold, with its white space folded as in everything stored."""
    if token.type not in {"PHRASE", "STRING"}:
        return str(token)
    if not (text := " ".join(_ESCAPED.sub(r"\1", token[1:-1]).split())):
        raise FilterProblem("There is nothing between these quotes. Write what to find.", *_span(token))
    return text


def _span(part: Part) -> Span:
    if isinstance(part, Token):
        return Span(cast("int", part.start_pos), cast("int", part.end_pos))
    return Span(_span(part.children[0]).start, _span(part.children[-1]).end)
