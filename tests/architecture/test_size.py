"""Code that a person can take in at one look: short functions, short files."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(file for file in (ROOT / "tasktracker").rglob("*.py") if file.parent.name != "migrations")
"""Migrations are written by a generator, and never again once they have run anywhere."""

LONGEST_FILE = 350
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 10
NINE_IN_TEN = 30


def test_no_file_is_longer_than_one_subject() -> None:
    lengths = {_name(file): len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_function_fits_on_a_screen() -> None:
    too_long = {name: length for file in FILES for name, length in _functions(file) if length > LONGEST_FUNCTION}
    assert too_long == {}


def test_most_functions_are_a_few_lines() -> None:
    lengths = [length for file in FILES for _, length in _functions(file)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION
    assert statistics.quantiles(lengths, n=10)[-1] <= NINE_IN_TEN


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_name(file)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
