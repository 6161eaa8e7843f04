"""The registry of commands holds together."""

import ast
import re
from collections import Counter
from pathlib import Path

import tasktracker.ui
from tasktracker.domain.permissions import Permission
from tasktracker.ui.command import Does, Where
from tasktracker.ui.commands import commands, groups, offered
from tasktracker.ui.paging import paths

UI = Path(tasktracker.ui.__file__).parent
KEYS = re.compile(r"(mod\+)?(shift\+)?([a-z0-9]|[/?.]|space|enter|escape|arrowup|arrowdown)( [a-z])?")
PRODUCT = (
    *("c", "mod+k", "/", "f", "?", "j", "k", "x", "shift+arrowup", "shift+arrowdown", "enter", "o", "space", "escape"),
    *("s", "a", "i", "p", "l", "shift+d", "shift+e", "mod+z", *(f"g {key}" for key in "bltcmirs")),
)
"""The keys that people are promised."""


def test_every_promised_key_is_there() -> None:
    keys = {key for command in commands() for key in command.keys}
    assert set(PRODUCT) - keys == set()


def test_keys_are_written_in_one_way_and_belong_to_one_command_in_a_place() -> None:
    keys = [(key, command.where) for command in commands() for key in command.keys]
    assert [key for key, _ in keys if not KEYS.fullmatch(key)] == []
    assert [key for key, n in Counter(keys).items() if n > 1] == []
    assert [key for key, n in Counter(command.id for command in commands()).items() if n > 1] == []
    first = {key.split()[0] for key, _ in keys if " " in key}
    assert first & {key for key, _ in keys} == set(), "a key that begins a sequence would wait for ever"


def test_a_command_is_offered_to_whom_it_is_for_and_where_it_leads_somewhere() -> None:
    ids = {command.id for command in offered({Permission.VIEW}, {"/", "/{key}/board"})}
    assert {"go-projects", "go-board", "search", "copy-link"} <= ids
    assert ids & {"go-list", "new-task", "new-project", "set-state", "trash", "comment"} == set()
    assert "set-state" in {command.id for command in offered({Permission.EDIT_TASKS}, ())}


def test_the_pages_that_there_are_can_be_gone_to() -> None:
    ids = {command.id for command in offered(Permission, paths())}
    assert {"go-projects", "go-board", "go-list"} <= ids


def test_what_is_pressed_and_called_is_there() -> None:
    """Buttons bear the names of the commands that press them; the browser knows those that it carries out itself."""
    drawn = "\n".join(_strings(file) for file in UI.rglob("*.py"))
    in_scripts = "\n".join(file.read_text("utf-8") for file in UI.rglob("*.js"))
    scripts = {name: (UI / "components" / "commands" / f"{name}.js").read_text("utf-8") for name in ("place", "values")}
    for command in commands():
        what = command.what or command.id
        if command.does == Does.PRESS and what != "filter":  # of the views that have one
            assert f"data-command={what}" in drawn or f'"data-command": "{what}"' in in_scripts, what
        if command.does == Does.CALL:
            assert re.search(rf'^  "?{what}"?:', scripts["place"], re.MULTILINE), what
        if command.does == Does.CHOOSE:
            assert re.search(rf'^  "?{what}"?: \w+Level', scripts["values"], re.MULTILINE), what


def test_every_command_stands_in_a_group_with_a_heading_and_changes_need_a_selection() -> None:
    assert {command.group for command in commands()} == set(groups())
    for command in commands():
        assert command.where == Where.SELECTION or command.does != Does.CHOOSE


def _strings(file: Path) -> str:
    tree = ast.parse(file.read_text("utf-8"))
    return "\n".join(
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
