"""Presence: who has which task open, and in which field they write, in all processes (decision 15).

Each process says over the doorbell who sits in its own pages: at once what changes, and every `BEAT` seconds all of it.
What another one has not said again for `KEPT` seconds is forgotten. Nothing of this is stored anywhere.
"""

import asyncio
import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from loguru import logger

from tasktracker.telemetry.metrics import PRESENCE_SEATS

BEAT = 2.0
"""Seconds between two times that a process says all of its seats."""
KEPT = 5.0
"""Seconds that a seat of another process is believed without being said again: two beats may be lost."""
COALESCE = 0.25
"""Seconds: what happens within this time after a page was told is told together."""

Say = Callable[[str, str], None]
"""`say(about, saying)`; see `Doorbell.say`."""
_ASK = "?"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a task open; `field` is what they write in, or empty."""

    project_id: UUID
    account_id: UUID
    number: int
    field: str = ""


Tell = Callable[[list[Present]], None]
"""Takes everybody who is present in a project."""


class PresenceHub:
    """One per process."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._process = secrets.token_hex(6)
        self._names = itertools.count(1)
        self._seats: dict[str, Present] = {}
        self._until: dict[str, float] = {}  # of the other processes' seats, by the monotonic clock
        self._pages: dict[UUID, set[Tell]] = {}
        self._changed: set[UUID] = set()
        self._telling: asyncio.Task[None] | None = None

    # --- what pages of this process do ---

    def new_seat(self) -> str:
        """A name for the seat of a page, which nobody else uses."""
        return f"{self._process}.{next(self._names)}"

    def sit(self, seat: str, present: Present) -> None:
        """Take the seat, or change what is said of it."""
        if self._seats.get(seat) != present:
            self._set(seat, present)
            self._say(seat, _saying(seat, present))

    def leave(self, seat: str) -> None:
        """Give the seat back; again does nothing."""
        if seat in self._seats:
            self._set(seat, None)
            self._say(seat, seat)

    def follow(self, project_id: UUID, tell: Tell) -> Callable[[], None]:
        """Tell a page who is present in the project, now and whenever that changes; returns how to stop."""
        self._pages.setdefault(project_id, set()).add(tell)
        _hand_over(tell, self._in(project_id))

        def stop() -> None:
            tells = self._pages.get(project_id, set())
            tells.discard(tell)
            if not tells:
                self._pages.pop(project_id, None)

        return stop

    # --- what other processes say ---

    def ask(self) -> None:
        """Have all processes say their seats: this one begins to listen."""
        self._say(_ASK, _ASK + self._process)

    def heard(self, payload: str) -> bool:
        """Take what was said; False if some of it is none of ours."""
        are_ours = [self._hear(saying) for saying in payload.split(",")]
        return all(are_ours)

    async def beat_for_ever(self) -> None:
        """Say the own seats again and again, and forget those of processes that have fallen silent."""
        while True:
            await asyncio.sleep(BEAT)
            self._say_all()
            self._forget(time.monotonic())

    def _hear(self, saying: str) -> bool:
        if saying.startswith(_ASK):
            if saying != _ASK + self._process:
                self._say_all()
            return True
        seat, _, rest = saying.partition(":")
        try:
            present = _present(rest) if rest else None
        except ValueError:
            return False
        if not seat.startswith(f"{self._process}."):
            self._set(seat, present)
            if present:
                self._until[seat] = time.monotonic() + KEPT
        return True

    def _say_all(self) -> None:
        for seat, present in self._seats.items():
            if seat not in self._until:
                self._say(seat, _saying(seat, present))

    def _forget(self, now: float) -> None:
        for seat in [seat for seat, until in self._until.items() if until < now]:
            self._set(seat, None)

    # --- what is known ---

    def _set(self, seat: str, present: Present | None) -> None:
        old = self._seats.pop(seat, None)
        self._until.pop(seat, None)
        if present:
            self._seats[seat] = present
        PRESENCE_SEATS.set(len(self._seats))
        if old != present:
            self._changed |= {each.project_id for each in (old, present) if each} & self._pages.keys()
            if self._changed and self._telling is None:
                self._telling = asyncio.create_task(self._tell(), name="presence: tell")

    def _in(self, project_id: UUID) -> list[Present]:
        return [present for present in self._seats.values() if present.project_id == project_id]

    async def _tell(self) -> None:
        try:
            while self._changed:
                changed, self._changed = self._changed, set()
                for project_id in changed:
                    there = self._in(project_id)
                    for tell in tuple(self._pages.get(project_id, ())):
                        _hand_over(tell, there)
                await asyncio.sleep(COALESCE)
        finally:
            self._telling = None


def _saying(seat: str, present: Present) -> str:
    return f"{seat}:{present.project_id.hex}:{present.account_id.hex}:{present.number}:{present.field}"


def _present(rest: str) -> Present:
    project, account, number, field = rest.split(":")
    return Present(UUID(hex=project), UUID(hex=account), int(number), field)


def _hand_over(tell: Tell, there: list[Present]) -> None:
    try:
        tell(there)
    except Exception:  # noqa: BLE001  one page that fails must not keep the news from the others
        logger.exception("presence: a page failed on news")
