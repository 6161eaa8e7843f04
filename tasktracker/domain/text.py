"""What may be written where: the checks that every text field goes through."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tasktracker.domain.errors import Invalid, NotFound, Problem, pointer_to

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Characters that no text may hold: the database or a screen would not take them."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}")

Cleaner = Callable[[Any, str], Any]
"""Takes a JSON value and the pointer to it; returns what to store, or raises Invalid."""

BODY_LIMIT = 100_000
"""Characters in a description or a comment."""


def clean_line(value: Any, pointer: str, *, limit: int) -> str:
    """One line of text: trimmed, inner white space folded, not empty, at most `limit` characters."""
    text = " ".join(_string(value, pointer).split())
    if not text:
        raise Invalid.at(pointer, "This must not be empty.")
    return _within(text, pointer, limit)


def clean_body(value: Any, pointer: str, *, limit: int = BODY_LIMIT) -> str:
    """Text of many lines (Markdown): line ends made line feeds, its end trimmed, at most `limit` characters."""
    return _within(_string(value, pointer).replace("\r\n", "\n").rstrip(), pointer, limit)


def clean_email(value: Any, pointer: str) -> str:
    """An e-mail address in lower case. Checked for shape only: whether it receives mail, mail tells."""
    return _matching(_EMAIL, clean_line(value, pointer, limit=254).lower(), pointer, "Write an e-mail address.")


def clean_color(value: Any, pointer: str) -> str:
    """A colour as `#rrggbb`."""
    return _matching(_COLOR, _string(value, pointer).lower(), pointer, "Write a colour as #rrggbb, such as #3b82f6.")


def clean_handle(value: Any, pointer: str) -> str:
    """What follows the @ in a mention."""
    advice = "Use 1 to 40 letters a–z, digits, dots, dashes or underscores, beginning with a letter or digit."
    return _matching(_HANDLE, _string(value, pointer).lower(), pointer, advice)


def clean_key(value: Any, pointer: str) -> str:
    """A project's key."""
    advice = "Use 2 to 10 capital letters and digits, beginning with a letter, such as WEB."
    return _matching(_KEY, _string(value, pointer), pointer, advice)


def is_key(text: str) -> bool:
    """Whether the text could be a project's key."""
    return _KEY.fullmatch(text) is not None


def one_of(value: Any, pointer: str, choices: tuple[str, ...]) -> str:
    """One of a fixed set of words."""
    if value not in choices:
        raise Invalid.at(pointer, f"This must be one of: {', '.join(choices)}.")
    return str(value)


def clean_fields(noun: str, raw: Mapping[str, Any], cleaners: Mapping[str, Cleaner]) -> dict[str, Any]:
    """Check and normalise any subset of a noun's fields. Raises `Invalid` naming every problem at once."""
    clean: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, value in raw.items():
        pointer = pointer_to(field)
        if (cleaner := cleaners.get(field)) is None:
            problems.append(Problem(pointer, f"A {noun} has no field “{field}”; it has {', '.join(cleaners)}."))
            continue
        try:
            clean[field] = cleaner(value, pointer)
        except Invalid as refusal:
            problems.extend(refusal.problems)
    gather(problems)
    return clean


def clean_boolean(value: Any, pointer: str) -> bool:
    """True or false, and nothing that looks like it."""
    if not isinstance(value, bool):
        raise Invalid.at(pointer, "This must be true or false.")
    return value


def line_of(limit: int) -> Cleaner:
    """`clean_line` with that limit."""
    return lambda value, pointer: clean_line(value, pointer, limit=limit)


def gather(problems: list[Problem]) -> None:
    """Raise `Invalid` with all the problems found, if there are any."""
    if problems:
        raise Invalid(problems)


@contextmanager
def inside(pointer: str) -> Iterator[None]:
    """Let what is invalid in the block be pointed at below `pointer`."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid([Problem(pointer + each.pointer, each.detail) for each in refusal.problems]) from None


@contextmanager
def named_at(pointer: str, name: object) -> Iterator[None]:
    """Let what the block does not find under that name be invalid there: it is named in the body, not the address."""
    try:
        yield
    except NotFound as refusal:
        if refusal.name != name:
            raise
        raise Invalid.at(pointer, str(refusal)) from None


def _string(value: Any, pointer: str) -> str:
    if not isinstance(value, str):
        raise Invalid.at(pointer, "This must be a text.")
    if found := CONTROL.search(value.replace("\r\n", "\n")):
        raise Invalid.at(pointer, f"Remove the control character U+{ord(found.group()):04X}; it cannot be stored.")
    return value


def _within(text: str, pointer: str, limit: int) -> str:
    if len(text) > limit:
        raise Invalid.at(pointer, f"This is {len(text):,} characters long; at most {limit:,} are kept. Shorten it.")
    return text


def _matching(pattern: re.Pattern[str], text: str, pointer: str, advice: str) -> str:
    if not pattern.fullmatch(text):
        raise Invalid.at(pointer, advice)
    return text
