"""From the tree of a filter back to a text: the one that says it most plainly."""

import re
from types import UnionType

from tasktracker.domain.filter_language.nodes import (
    And,
    Anything,
    Comparison,
    Date,
    Me,
    Node,
    Not,
    Nothing,
    Number,
    Operator,
    Or,
    Person,
    Range,
    Raw,
    Reference,
    Single,
    Text,
    Value,
    Word,
)
from tasktracker.domain.filter_language.values import ANY, ME, NONE

_BARE_WORD = re.compile(r"""(?!(?:or|and|not)$)(?!\.\.)(?![^\W\d_][\w.-]*:)[^\s()",:-][^\s()"]*""", re.IGNORECASE)
_NEEDS_ESCAPE = re.compile(r'"|\\(?=[\\"]|\Z)')
_BARE_VALUE = re.compile(r"""(?![<>=])(?:(?!\.\.)[^\s,()"])+""")


def format_filter(node: Node | None) -> str:
    """The text of a filter: `parse` makes an equal tree of it, and it is no longer than what was parsed."""
    match node:
        case None:
            return ""
        case And():
            return " ".join(_inside(part, Or) for part in node.parts)
        case Or():
            return " OR ".join(format_filter(part) for part in node.parts)
        case Not():
            return f"-{_inside(node.part, And | Or)}"
        case Text():
            return node.words if not node.is_phrase and _BARE_WORD.fullmatch(node.words) else quoted(node.words)
        case Comparison():
            may_be_empty = node.field.may_be_empty and node.operator is Operator.IS
            values = ",".join(_value(value, (NONE, ANY) if may_be_empty else ()) for value in node.values)
            return f"{node.field.name}:{node.operator}{values}"


def bare_or_quoted(text: str, *meanings: str) -> str:
    """The text as a value: in quotes if it could not be read otherwise, or is a word with a meaning of its own."""
    return text if _BARE_VALUE.fullmatch(text) and text.lower() not in meanings else quoted(text)


def person(handle: str) -> str:
    """A handle as a value."""
    return f"@{handle}" if handle in {NONE, ANY} else bare_or_quoted(handle, ME)


def quoted(text: str) -> str:
    return '"' + _NEEDS_ESCAPE.sub(r"\\\g<0>", text) + '"'


def _inside(part: Node, looser: UnionType | type) -> str:
    text = format_filter(part)
    return f"({text})" if isinstance(part, looser) else text


def _value(value: Value, meanings: tuple[str, ...]) -> str:
    match value:
        case Nothing():
            return NONE
        case Anything():
            return ANY
        case Range():
            return "..".join("" if end is None else _single(end, meanings) for end in (value.low, value.high))
        case _:
            return _single(value, meanings)


def _single(value: Single, meanings: tuple[str, ...]) -> str:
    match value:
        case Word():
            return bare_or_quoted(value.text, *meanings)
        case Me() | Person():
            return ME if isinstance(value, Me) else person(value.handle)
        case Reference():
            return str(value.ref)
        case Number():
            return f"{value.value.normalize():f}"
        case Date():
            return value.text
        case Raw():
            return quoted(value.text) if value.is_quoted else value.text
