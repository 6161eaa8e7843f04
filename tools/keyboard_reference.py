"""Write docs/reference/keyboard.md from tasktracker/ui/commands.py: `python -m tools.keyboard_reference`."""

from pathlib import Path

from tasktracker.domain.permissions import Permission
from tasktracker.ui.command import Command, Does, Group, Where
from tasktracker.ui.commands import groups, offered
from tasktracker.ui.paging import paths

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "keyboard.md"
COMMAND = "python -m tools.keyboard_reference"

_HEAD = f"""\
# The keyboard

<!-- Written by `{COMMAND}` (`make docs`) from tasktracker/ui/commands.py. Change that file, not this one. -->

`?` shows this list on every page. **Ctrl K**, on a Mac **⌘ K**, opens the palette: it finds every command by a few
letters of its name, tasks by their words or as `WEB-12`, and projects. What was used last comes first. With tasks
selected, it changes all of them in one step that `Ctrl Z` takes back.

Keys mean nothing while you type, but for those [in a text](#in-a-text), and nothing in a dialog other than an open
task. A key behind **then** has to follow within a second. On a keyboard with other letters, a key is the one that has
its place on a Latin keyboard. What you press never leaves the browser; only what you do does.
"""
_NOTES = {
    Group.MOVE: "A preview follows the focus: `J` and `K` move on to the next one. Where the inbox shows a task beside "
    "the list, `Space` goes there, to read it, and back. A click with `Ctrl` selects a task too, one with `Shift` all "
    "up to it.",
    Group.CHANGE: "An open task comes first; else the tasks that are selected; else the one that has the focus.\n\n"
    "The palette asks for the value. Of labels and people, `Enter` adds one, or takes it away where every task has it, "
    "and `Shift Enter` goes on choosing; each task keeps its others. Due dates are typed in the "
    "[words of quick add](quick-add.md#dates).",
    Group.WRITE: "In descriptions and comments, which are Markdown. `Enter` goes on with a list, and ends it at an "
    "empty item. `Tab` puts an item below the one before it and `Shift Tab` takes it back out; where there is no such "
    "place, they leave the field. `@` offers people, `#` and `WEB-` offer tasks: `↑` and `↓` choose, `Enter` or `Tab` "
    "takes, `Esc` goes on without.",
}
_KEYS = {
    "mod": "Ctrl", "shift": "Shift", "space": "Space", "enter": "Enter", "escape": "Esc", "arrowup": "↑",
    "arrowdown": "↓",
}  # fmt: skip
_WHERE = {
    Where.EVERYWHERE: "everywhere", Where.VIEW: "on a view of a project", Where.SELECTION: "on a selection",
    Where.TASK: "in an open task", Where.LIST: "on a task: in a view, in my work, in the inbox",
    Where.INBOX: "on a notification", Where.TEXT: "in a text of many lines",
}  # fmt: skip


def main() -> None:
    PAGE.write_text(render(), encoding="utf-8")
    print(f"==> {PAGE.name} says what the keys do")


def render() -> str:
    """The page as it has to be: the commands of somebody who may everything, on the pages that there are."""
    commands = offered(Permission, paths())
    by_group = {group: [each for each in commands if each.group == group] for group in groups()}
    return "\n".join([_HEAD, *(_section(group, title, by_group[group]) for group, title in groups().items())])


def _section(group: Group, title: str, commands: list[Command]) -> str:
    note = f"{_NOTES[group]}\n\n" if group in _NOTES else ""
    rows = "".join(f"| {_keys(each)} | {_name(each)} | {_where(each)} | {_who(each)} |\n" for each in commands)
    return f"## {title}\n\n{note}| keys | what they do | where | who |\n|---|---|---|---|\n{rows}"


def _keys(command: Command) -> str:
    return " or ".join(map(_written, command.keys)) or "in the palette"


def _written(keys: str) -> str:
    return " then ".join(
        f"`{' '.join(_KEYS.get(key, key.upper()) for key in stroke.split('+'))}`" for stroke in keys.split()
    )


def _name(command: Command) -> str:
    return f"{command.name}: {command.hint}" if command.hint else command.name


def _where(command: Command) -> str:
    if command.does == Does.GO and "{key}" in command.what:
        return "everywhere: in this project, or the last one"
    return _WHERE[command.where]


def _who(command: Command) -> str:
    return f"who may {command.permission.value}" if command.permission else "everybody"


if __name__ == "__main__":
    main()
