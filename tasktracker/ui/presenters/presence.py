"""Who else has a task of the project open: what a page says of its own person, and what it knows of the others."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.realtime.presence import Present
from tasktracker.services.following import presence

Person = dict[str, Any]
"""`{id, name, field}`: somebody at the open task, and what they write in, if anything."""


class PresencePresenter:
    """One open page of a project. Its person has a seat while a task is open, the socket is, and they do something.

    `on_task` is told who else is at the open task.
    """

    def __init__(self, actor: Actor, project_id: UUID, names: Callable[[], Mapping[str, str]]) -> None:
        """`names` are those of the people that the project exists for: nobody else is shown."""
        self._account_id, self._project_id, self._names = actor.account_id, project_id, names
        self._seat = presence.new_seat()
        self._number: int | None = None
        self._field = ""
        self._is_connected = self._is_away = False
        self._there: list[Present] = []
        self._told: dict[int, list[str]] = {}
        self.on_task: Callable[[list[Person]], None] | None = None
        self._show_project: Callable[[dict[int, list[str]]], None] | None = None
        self._stop = presence.follow(project_id, self._take)

    def connect(self, *, is_connected: bool) -> None:
        """The page has a socket, or has lost it: the tab was closed, or the line is broken."""
        self._is_connected = is_connected
        self._sit()

    def show_project(self, show: Callable[[dict[int, list[str]]], None]) -> None:
        """Call `show` with the ids of the others at each task, by its number, now and whenever that changes."""
        self._show_project = show
        self._told = self.by_task()
        show(self._told)

    def open(self, number: int | None) -> None:
        """The task of that number is open now, or none."""
        self._number, self._field, self._is_away = number, "", False
        self._sit()
        self._tell_task()

    def say(self, field: str, *, is_away: bool) -> None:
        """What the person writes in, and whether they have done nothing for a while."""
        self._field, self._is_away = field, is_away
        self._sit()

    def close(self) -> None:
        """The page goes, or its person may not be here any more."""
        self._stop()
        self._number = None
        self._sit()

    def at_task(self) -> list[Person]:
        """Who else is at the open task, each once, whoever writes first."""
        found: dict[UUID, str] = {}
        for each in self._there:
            if each.number == self._number and each.account_id != self._account_id:
                found[each.account_id] = found.get(each.account_id) or each.field
        names = self._names()
        people = [{"id": str(who), "name": names.get(str(who)), "field": what} for who, what in found.items()]
        return sorted((each for each in people if each["name"]), key=lambda each: (not each["field"], each["name"]))

    def by_task(self) -> dict[int, list[str]]:
        """The ids of the others at each task, by its number."""
        found: dict[int, set[str]] = {}
        names = self._names()
        for each in self._there:
            if each.account_id != self._account_id and str(each.account_id) in names:
                found.setdefault(each.number, set()).add(str(each.account_id))
        return {number: sorted(ids) for number, ids in found.items()}

    def _sit(self) -> None:
        if self._number is None or self._is_away or not self._is_connected:
            presence.leave(self._seat)
        else:
            presence.sit(self._seat, Present(self._project_id, self._account_id, self._number, self._field))

    def _take(self, there: list[Present]) -> None:
        self._there = there
        self._tell_task()
        if self._show_project and (by_task := self.by_task()) != self._told:
            self._told = by_task
            self._show_project(by_task)

    def _tell_task(self) -> None:
        if self.on_task and self._number is not None:
            self.on_task(self.at_task())
