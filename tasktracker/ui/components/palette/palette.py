"""The palette: every command by its name, tasks and projects by theirs. What it does stands in palette.js."""

from collections.abc import Collection
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from nicegui.element import Element

from tasktracker.domain.permissions import WORKSPACE_ROLE_MAY, Permission, WorkspaceRole
from tasktracker.services.queries.shell import ShellView
from tasktracker.ui.commands import groups, offered
from tasktracker.ui.components.modules import register_modules
from tasktracker.ui.elements import unwatched
from tasktracker.ui.language import spoken
from tasktracker.ui.paging import paths

register_modules("tasktracker-commands", Path(__file__).parents[1] / "commands")


class Palette(Element, component="palette.js"):
    """One for each page. It listens for the keys of all commands that the page offers."""

    def __init__(self, shell: ShellView, *, here: str = "", may: Collection[Permission] = ()) -> None:
        """`here` is the key of the page's project, if it has one, and `may` what the person may do there."""
        super().__init__()
        permissions = {*may, *WORKSPACE_ROLE_MAY[WorkspaceRole(shell.role)]}
        self.props["commands"] = _commands(spoken(), frozenset(permissions))
        self.props["groups"] = dict(groups())
        self.props["projects"] = unwatched(asdict(project) for project in shell.projects)
        self.props["me"] = str(shell.account_id)
        self.props["here"] = here


@cache
def _commands(_language: str, permissions: frozenset[Permission]) -> tuple[dict[str, Any], ...]:
    """What is offered; shared by all pages of that language, since there are many."""
    return unwatched(command.to_json() for command in offered(permissions, paths()))
