"""Every command: what it is called, its keys, where it works, and who may.

From here are made what the browser does with keys, the palette, the sheet of keys, and docs/reference/keyboard.md.

Keys are written `c`, `shift+d`, `mod+k` (`mod` is Ctrl, and ⌘ on a Mac) and `g b` (one after the other). Nothing here
is a lock: whoever calls a command anyway is refused by the service.
"""

from collections.abc import Iterable

from tasktracker.domain.permissions import Permission
from tasktracker.ui.command import Command, Does, Group, Where
from tasktracker.ui.language import t


def commands() -> list[Command]:
    """All of them, in the order of the sheet, named in the language of the page."""
    return [*_general(), *_goes(), *_moves(), *_inbox(), *_changes(), *_tasks(), *_writes()]


def offered(permissions: Iterable[Permission], paths: Iterable[str]) -> list[Command]:
    """Those that somebody may, and that lead to a page which there is: `paths` as pages declare them."""
    may, there = set(permissions), set(paths)
    return [
        command
        for command in commands()
        if (command.permission is None or command.permission in may)
        and (command.does != Does.GO or command.what in there)
    ]


def groups() -> dict[Group, str]:
    """The headings of the sheet."""
    return {
        Group.GENERAL: t("General"),
        Group.GO: t("Go to"),
        Group.MOVE: t("Move and select"),
        Group.INBOX: t("In the inbox"),
        Group.CHANGE: t("Change what is selected"),
        Group.TASK: t("In an open task"),
        Group.WRITE: t("In a text"),
    }


def _general() -> list[Command]:
    group = Group.GENERAL
    return [
        Command(
            id="palette", name=t("All commands"), icon="keyboard_command_key", group=group, does=Does.SHOW,
            what="commands", keys=("mod+k",), while_typing=True,
        ),
        Command(
            id="search", name=t("Search"), icon="search", group=group, does=Does.SHOW, keys=("/",),
            words=t("find tasks"),
        ),
        Command(
            id="keys", name=t("Keyboard shortcuts"), icon="keyboard", group=group, does=Does.SHOW, keys=("?",),
            words=t("help"),
        ),
        Command(
            id="new-task", name=t("New task"), icon="add", group=group, does=Does.PRESS, keys=("c",), where=Where.VIEW,
            permission=Permission.EDIT_TASKS, words=t("create add"),
        ),
        Command(
            id="new-project", name=t("New project"), icon="add", group=group, does=Does.PRESS, keys=("c",),
            permission=Permission.CREATE_PROJECT, words=t("create add"), hint=t("on the page of all projects"),
        ),
        Command(
            id="filter", name=t("Filter"), icon="filter_list", group=group, does=Does.PRESS, keys=("f",),
            hint=t("where tasks are shown or counted"),
        ),
        Command(
            id="board-as-it-was", name=t("The board as it was…"), icon="history", group=group, does=Does.PRESS,
            hint=t("on the board"),
        ),
        Command(
            id="undo", name=t("Undo"), icon="undo", group=group, does=Does.CALL, keys=("mod+z",),
            permission=Permission.EDIT_TASKS, hint=t("on the pages of a project"),
        ),
        Command(
            id="redo", name=t("Redo"), icon="redo", group=group, does=Does.CALL, keys=("mod+shift+z",),
            permission=Permission.EDIT_TASKS, hint=t("on the pages of a project"),
        ),
        Command(
            id="theme", name=t("Switch between light and dark"), icon="contrast", group=group, does=Does.PRESS,
            words=t("theme colours"),
        ),
        Command(id="sign-out", name=t("Sign out"), icon="logout", group=group, does=Does.PRESS, words=t("log out")),
    ]  # fmt: skip


def _goes() -> list[Command]:
    return [
        _go("projects", t("Projects"), "grid_view", "/"),
        _go("board", t("Board"), "view_kanban", "/{key}/board", "g b"),
        _go("list", t("List"), "view_list", "/{key}/list", "g l"),
        _go("table", t("Table"), "table_rows", "/{key}/table", "g t"),
        _go("calendar", t("Calendar"), "calendar_month", "/{key}/calendar", "g c"),
        _go("timeline", t("Timeline"), "view_timeline", "/{key}/timeline", "g n"),
        _go("my-work", t("My work"), "task_alt", "/my-work", "g m"),
        _go("inbox", t("Inbox"), "inbox", "/inbox", "g i"),
        _go("all-activity", t("Activity of all projects"), "history", "/activity", "g w"),
        _go("reports", t("Reports"), "insights", "/{key}/reports", "g r"),
        _go("activity", t("Activity"), "history", "/{key}/activity", "g a"),
        _go("trash", t("Trash and archive"), "delete_outline", "/{key}/trash", "g x"),
        _go("settings", t("Settings of this project"), "settings", "/{key}/settings", "g s"),
        _go("workspace", t("Workspace settings"), "apartment", "/settings"),
        _go("profile", t("Your profile"), "person", "/profile"),
    ]


def _go(name: str, title: str, icon: str, address: str, *keys: str) -> Command:
    return Command(
        id=f"go-{name}", name=title, icon=icon, group=Group.GO, does=Does.GO, what=address, keys=keys, words=t("go to")
    )


def _moves() -> list[Command]:
    return [
        _own("next", t("Next task"), "south", "j", "arrowdown", where=Where.LIST),
        _own("previous", t("Previous task"), "north", "k", "arrowup", where=Where.LIST),
        _own("select", t("Select or unselect"), "check_box", "x"),
        _own("extend", t("Extend the selection"), "expand", "shift+arrowup", "shift+arrowdown"),
        _own("open", t("Open"), "open_in_full", "enter", "o", where=Where.LIST),
        Command(
            id="peek", name=t("Preview"), icon="visibility", group=Group.MOVE, does=Does.CALL, keys=("space",),
            where=Where.LIST, words=t("peek look glance"),
        ),
        _own("grab", t("Pick up a task, and put it down"), "pan_tool", "m", hint=t("on board, calendar and timeline")),
        _own("back", t("Back, close, unselect"), "arrow_back", "escape"),
    ]  # fmt: skip


def _own(name: str, title: str, icon: str, *keys: str, hint: str = "", where: Where = Where.VIEW) -> Command:
    return Command(
        id=f"view-{name}", name=title, icon=icon, group=Group.MOVE, does=Does.VIEW, keys=keys, where=where, hint=hint
    )


def _inbox() -> list[Command]:
    group, where = Group.INBOX, Where.INBOX
    return [
        Command(
            id="mark-read", name=t("Mark as read or unread"), icon="done", group=group, does=Does.CALL, keys=("u",),
            where=where,
        ),
        Command(
            id="put-off", name=t("Put off until later"), icon="schedule", group=group, does=Does.CALL, keys=("h",),
            where=where, words=t("snooze remind"),
        ),
    ]  # fmt: skip


def _changes() -> list[Command]:
    return [
        _choose("set-state", t("Set state"), "radio_button_checked", "s", words=t("status column move")),
        _choose("assign", t("Assign"), "person_add", "a", words=t("assignee person people")),
        _call("assign-to-me", t("Assign to me"), "person", "i"),
        _choose(
            "set-priority", t("Set priority"), "signal_cellular_alt", "p", words=t("urgent high medium low"),
            hint=t("then 0 for none, 1 urgent, 2 high, 3 medium, 4 low"),
        ),
        _choose("set-labels", t("Set labels"), "label", "l", words=t("tags")),
        _choose("set-due", t("Set due date"), "event", "shift+d", words=t("deadline when")),
        _choose("set-estimate", t("Set estimate"), "scale", "shift+e", words=t("points size")),
        _call("copy-link", t("Copy link"), "link", words=t("address URL")),
        _call("archive", t("Archive"), "inventory_2"),
        _call("trash", t("Move to trash"), "delete_outline", words=t("delete remove")),
    ]  # fmt: skip


def _choose(name: str, title: str, icon: str, key: str, *, words: str = "", hint: str = "") -> Command:
    return Command(
        id=name, name=title, icon=icon, group=Group.CHANGE, does=Does.CHOOSE, keys=(key,), where=Where.SELECTION,
        permission=Permission.EDIT_TASKS, words=words, hint=hint,
    )  # fmt: skip


def _call(name: str, title: str, icon: str, *keys: str, words: str = "") -> Command:
    return Command(
        id=name, name=title, icon=icon, group=Group.CHANGE, does=Does.CALL, keys=keys, where=Where.SELECTION,
        permission=None if name == "copy-link" else Permission.EDIT_TASKS, words=words,
    )  # fmt: skip


def _tasks() -> list[Command]:
    group, where = Group.TASK, Where.TASK
    return [
        Command(
            id="new-subtask", name=t("New subtask"), icon="subdirectory_arrow_right", group=group, does=Does.PRESS,
            keys=("c",), where=where, permission=Permission.EDIT_TASKS, words=t("create add"),
        ),
        Command(
            id="edit-description", name=t("Edit description"), icon="edit_note", group=group, does=Does.PRESS,
            where=where, permission=Permission.EDIT_TASKS,
        ),
        Command(
            id="comment", name=t("Comment"), icon="comment", group=group, does=Does.PRESS, where=where,
            permission=Permission.COMMENT,
        ),
        Command(
            id="open-as-page", name=t("Open as page"), icon="open_in_full", group=group, does=Does.PRESS,
            keys=("shift+o",), where=where,
        ),
        Command(id="as-it-was", name=t("As it was…"), icon="history", group=group, does=Does.PRESS, where=where),
        Command(id="close-task", name=t("Close"), icon="close", group=group, does=Does.PRESS, where=where),
    ]  # fmt: skip


def _writes() -> list[Command]:
    """As components/writing/parts/editor.js listens for them. Digits and full stop are keys, whatever Shift writes."""
    return [
        _written("heading", t("Heading"), "title", "mod+shift+1", hint=t("again for a smaller one")),
        _written("bold", t("Bold"), "format_bold", "mod+b"),
        _written("italic", t("Italic"), "format_italic", "mod+i"),
        _written("code", t("Code"), "code", "mod+e"),
        _written("link", t("Link"), "link", "mod+shift+l", hint=t("or paste an address over what is selected")),
        _written("quote", t("Quote"), "format_quote", "mod+shift+."),
        _written("numbers", t("Numbered list"), "format_list_numbered", "mod+shift+7"),
        _written("bullets", t("Bullet list"), "format_list_bulleted", "mod+shift+8"),
        _written("checklist", t("Checklist"), "checklist", "mod+shift+9"),
    ]


def _written(name: str, title: str, icon: str, key: str, *, hint: str = "") -> Command:
    return Command(
        id=f"write-{name}", name=title, icon=icon, group=Group.WRITE, does=Does.VIEW, keys=(key,), where=Where.TEXT,
        permission=Permission.COMMENT, hint=hint,
    )  # fmt: skip
