"""The documents: links that lead somewhere, and a walk through the code that the code still takes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from tasktracker.cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
WALK = ROOT / "docs" / "explanation" / "architecture.md"
STEP = re.compile(r"^\| \d* *\| `([\w/]+\.(?:py|js))` \| `(\w+)` \|", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_another_page_leads_somewhere(page: Path) -> None:
    assert [link for link in _local_links(page) if not _leads_somewhere(page, link)] == []


def test_a_link_to_a_missing_page_or_heading_is_found() -> None:
    assert _leads_somewhere(WALK, "../decisions/README.md")
    assert _leads_somewhere(WALK, "#what-a-command-is")
    assert not _leads_somewhere(WALK, "../decisions/0000-nothing.md")
    assert not _leads_somewhere(WALK, "#what-nobody-wrote")


def test_every_page_of_the_documentation_is_in_its_index() -> None:
    index = ROOT / "docs" / "README.md"
    decisions = ROOT / "docs" / "decisions" / "README.md"
    linked = {_target(page, link)[0] for page in (index, decisions) for link in _local_links(page)}
    assert [page for page in sorted((ROOT / "docs").rglob("*.md")) if page not in linked | {index}] == []


def test_every_step_of_the_walk_stands_where_the_page_says() -> None:
    steps = STEP.findall(WALK.read_text("utf-8"))
    assert len(steps) > 15, "the table is read"
    assert [step for step in steps if not _stands_in(*step)] == []


def test_the_readme_lists_every_command_and_no_other() -> None:
    rows = re.findall(r"^\| `tasktracker ([\w -]+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(_commands())


def _stands_in(file: str, name: str) -> bool:
    path = ROOT / "tasktracker" / file
    defined = rf"\b(?:def|class|function) {name}\b" if path.suffix == ".py" else rf"(?:class {name}\b|\b{name}\()"
    return path.is_file() and re.search(defined, path.read_text("utf-8")) is not None


def _local_links(page: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    return (link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link)


def _leads_somewhere(page: Path, link: str) -> bool:
    path, anchor = _target(page, link)
    return path.exists() and (not anchor or anchor in _anchors(path))


def _target(page: Path, link: str) -> tuple[Path, str]:
    name, _, anchor = link.partition("#")
    return (page.parent / name).resolve() if name else page, anchor


def _anchors(page: Path) -> set[str]:
    """What the headings of a page are called in a link: lower case, no punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _commands() -> Iterator[str]:
    for name, command in vars(get_command(app))["commands"].items():
        inner = vars(command).get("commands")
        yield from [f"{name} {each}" for each in inner] if inner else [name]
