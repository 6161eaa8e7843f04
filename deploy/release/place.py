"""Where releases run: the one interface of all such places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Say = Callable[[str], None]
"""Told each step as it is taken."""


class ReleaseTrouble(Exception):
    """It cannot be done. The text says what is wrong and what to do; nothing was changed unless it says so."""


class RolledBack(Exception):
    """The release is bad, and the one before serves again. The text says why."""


@dataclass(frozen=True, slots=True)
class Running:
    """`release` serves; `before` is what `rollback` goes back to. None: nothing, or not known."""

    release: str | None
    before: str | None


class Place(Protocol):
    """What a release is, each place says: a program on one machine, an image by its digest on AWS."""

    def running(self) -> Running:
        """What serves there."""

    def state(self) -> list[str]:
        """A line for each thing that an operator wants to see: replicas, or deployments."""

    def migrate(self, release: str) -> None:
        """Let the release bring the database to what it needs, as a step of its own. Raises ReleaseTrouble."""

    def roll(self, release: str) -> None:
        """Put it in the place of what serves, replica by replica, while people work.

        Raises RolledBack if it turns out to be bad, and ReleaseTrouble if it could not be tried.
        """


def roll_back(place: Place) -> str:
    """Put the release before in the place of what serves; returns which. Raises as `Place.roll`."""
    before = place.running().before
    if before is None:
        raise ReleaseTrouble("No release before this one is known here. Name one, as in: roll RELEASE")
    place.roll(before)
    return before
