"""House rules that no linter knows. Each is a search of its own, and each is shown to find what it looks for."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    "",
    ".css",
    ".hcl",
    ".html",
    ".js",
    ".lark",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".sql",
    ".svg",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}

# One letter of each stands in brackets, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK|[T]BD)\b")
ONE_MACHINE = re.compile(r"/[w]ork/(?:main|shared|\.library)|/[o]pt/(?:pypi|wheels)")

Search = Callable[[ast.AST], bool]


def refreshes_every_tab(node: ast.AST) -> bool:
    """What `ui.refreshable` draws is shared by all who look, so one person's change redraws everybody's page."""
    return isinstance(node, ast.Attribute | ast.Name | ast.alias) and _last_name(node).startswith("refreshable")


def may_be_collected(node: ast.AST) -> bool:
    """The loop holds its tasks weakly; `background_tasks.create` keeps them, and logs what they raise."""
    if isinstance(node, ast.Attribute) and ast.unparse(node) == "tasks.create_task":
        return False  # the service: a task of the team's
    return isinstance(node, ast.Attribute | ast.alias) and _last_name(node) in {"create_task", "ensure_future"}


def polls(node: ast.AST) -> bool:
    """Changes are pushed; a timer that repeats asks the server again and again in every open tab."""
    if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ui.timer")):
        return False
    return not any(keyword.arg == "once" and ast.unparse(keyword.value) == "True" for keyword in node.keywords)


def swallows_everything(node: ast.AST) -> bool:
    """An unknown failure that nobody hears of is the worst kind."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = {ast.unparse(part) for part in ast.walk(node.type) if isinstance(part, ast.Name)} if node.type else {"all"}
    silent = all(isinstance(line, ast.Pass) or _is_ellipsis(line) for line in node.body)
    return silent and bool(caught & {"all", "BaseException", "Exception"})


@pytest.mark.parametrize(
    ("room", "search"),
    [
        ("tasktracker/ui", refreshes_every_tab),
        ("tasktracker/ui", may_be_collected),
        ("tasktracker/ui", polls),
        ("tasktracker", swallows_everything),
        ("tests", swallows_everything),
        ("e2e", swallows_everything),
        ("tools", swallows_everything),
    ],
)
def test_nothing_is_written_that_the_house_forbids(room: str, search: Search) -> None:
    found = [place for file in sorted((ROOT / room).rglob("*.py")) for place in _places(file, search)]
    assert found == [], search.__doc__


@pytest.mark.parametrize(
    ("search", "code"),
    [
        (refreshes_every_tab, "@ui.refreshable\ndef board(): ..."),
        (refreshes_every_tab, "from nicegui.ui import refreshable_method"),
        (may_be_collected, "asyncio.create_task(load())"),
        (may_be_collected, "from asyncio import create_task"),
        (polls, "ui.timer(2.0, load)"),
        (swallows_everything, "try: load()\nexcept Exception: pass"),
        (swallows_everything, "try: load()\nexcept (OSError, Exception) as error: ..."),
        (swallows_everything, "try: load()\nexcept: pass"),
    ],
)
def test_each_search_finds_its_example(search: Search, code: str) -> None:
    assert any(map(search, ast.walk(ast.parse(code))))


@pytest.mark.parametrize(
    ("search", "code"),
    [
        (may_be_collected, "background_tasks.create(load())"),
        (polls, "ui.timer(0.1, focus, once=True)"),
        (swallows_everything, "try: load()\nexcept FileNotFoundError: pass"),
        (swallows_everything, "try: load()\nexcept Exception: log()"),
    ],
)
def test_each_search_lets_good_code_be(search: Search, code: str) -> None:
    assert not any(map(search, ast.walk(ast.parse(code))))


def test_nothing_is_left_unfinished() -> None:
    assert list(_lines(UNFINISHED)) == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert list(_lines(ONE_MACHINE)) == []


def test_every_exception_from_a_linter_rule_tells_its_reason() -> None:
    assert _bare_codes((ROOT / "pyproject.toml").read_text("utf-8")) == []


def test_a_rule_switched_off_without_a_reason_is_found() -> None:
    assert _bare_codes('ignore = [\n    "D100", # names say it\n    "S101",\n]') == ["S101"]
    assert _bare_codes('ignore = ["E501"]') == ["E501"]


def _bare_codes(pyproject: str) -> list[str]:
    """Codes of linter rules on lines that hold no comment, or several codes on one."""
    lines = [line for line in pyproject.splitlines() if not re.match(r"\s*(?:select|#)", line)]
    codes = [(re.findall(r'"([A-Z]{1,7}\d{1,4})"', line), line) for line in lines]
    return [code for found, line in codes for code in found if len(found) > 1 or not re.search(r"# \w.{3,}", line)]


def _places(file: Path, search: Search) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if search(node):
            yield f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def _lines(pattern: re.Pattern[str]) -> Iterator[str]:
    for file in _text_files():
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            if pattern.search(line):
                yield f"{file.relative_to(ROOT)}:{number}: {line.strip()}"


def _text_files() -> Iterator[Path]:
    for entry in sorted(ROOT.iterdir()):
        if entry.is_file():
            yield from [entry] if entry.suffix in TEXT else []
        elif entry.name == ".ci" or not entry.name.startswith("."):
            yield from (file for file in sorted(entry.rglob("*")) if file.is_file() and file.suffix in TEXT)


def _last_name(node: ast.Attribute | ast.Name | ast.alias) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else node.name


def _is_ellipsis(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and ast.unparse(line) == "..."
