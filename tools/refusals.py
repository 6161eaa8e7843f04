"""Finds the sentences with which tasktracker refuses, and the words in them, for the catalogues: see ui/refusals.py.

They are written where they are raised, in plain English for the API. So a sentence is known by what it looks like; in
`f"{ref} is in the trash."` each value becomes a placeholder, `{ref}`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("domain", "services")
FOR_PROGRAMS = (
    "domain/task_operations.py",  # what only a call of the API can get wrong: no page asks for it
    "domain/saved_views.py",
    "domain/recurrence/reading.py",
    "domain/recurrence/recurrence.py",
    "services/demo/",
    "services/idempotency.py",
    "services/queries/cursors.py",
    "services/queries/expansion.py",
    "services/queries/history.py",
    "services/queries/lists/orders.py",
)
FAILURES = 500
"""From this status on the server is to blame, and no refusal tells of it (RFC 9110)."""
_SENTENCE = re.compile(r"[A-Z“{].* .*[.?]")


Found = Iterator[tuple[int, str]]
"""Texts, each with its line."""


def sentences_in(file: Path) -> Found:
    """The sentences of a file, and the words in them."""
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    pieces = {piece for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    faults = {part for node in ast.walk(tree) if _is_fault(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from _words_of(node)
        elif isinstance(node, ast.JoinedStr | ast.Constant) and node not in docstrings | pieces | faults:
            text = _template(node).strip()
            if _SENTENCE.fullmatch(text) and not re.search(r"\{\W|\W\}|\bSELECT\b", text):
                yield node.lineno, text
    yield from words_in(file)


def words_in(file: Path) -> Found:
    """What the refusals of a file are about, the "task" of `NotFound("task")`; and what the API says when it fails."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        words = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
        match ast.unparse(call.func), words:
            case "Entity" | "Forbidden" | "NotFound" | "TooOften", [str(word), *_]:
                yield call.lineno, word
            case "Policy", [_, _, str(word)]:
                yield call.lineno, word
            case "Kind", [int(status), _, _, str(sentence)] if status >= FAILURES:
                yield call.lineno, sentence


def _is_fault(node: ast.AST) -> bool:
    """Whether what is raised tells of a mistake in the code, which nobody reads but us."""
    raised = node.exc if isinstance(node, ast.Raise) else None
    return isinstance(raised, ast.Call) and ast.unparse(raised.func) == "TypeError"


def _words_of(enum: ast.ClassDef) -> Found:
    """What somebody may not do, and the role in which they may not."""
    if enum.name in {"Permission", "ProjectRole", "WorkspaceRole"}:
        for line in enum.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                yield line.lineno, str(line.value.value)


def _template(node: ast.expr) -> str:
    if not isinstance(node, ast.JoinedStr):
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    names: list[str] = []
    return "".join(_piece(piece, names) for piece in node.values)


def _piece(piece: ast.expr, names: list[str]) -> str:
    if isinstance(piece, ast.Constant):
        return str(piece.value).replace("{", "{ ").replace("}", " }")  # no placeholder
    called = {call.func for call in ast.walk(piece) if isinstance(call, ast.Call)}
    known = [each for each in ast.walk(piece) if isinstance(each, ast.Name | ast.Attribute) and each not in called]
    name = (known[0].id if isinstance(known[0], ast.Name) else known[0].attr).strip("_").lower() if known else "value"
    names.append(name)
    return f"{{{name}{names.count(name) if names.count(name) > 1 else ''}}}"
