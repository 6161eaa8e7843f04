"""A roll on one machine: processes behind HAProxy. What ECS does by itself on AWS is done here step by step."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.release import processes
from deploy.release.haproxy import Balancer
from deploy.release.notes import Notes, Replica, alone_in
from deploy.release.place import ReleaseTrouble, RolledBack, Running, Say
from deploy.release.watching import Traffic, breach, total

LOOK = 0.2
"""Seconds between two looks at anything."""


class Bad(Exception):
    """What is wrong with the release that is being rolled."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds.

    `start` until a replica has to be ready, `first` to watch the first one before any old one goes, `last` to watch
    them all at the end.
    """

    start: float = 40
    first: float = 30
    last: float = 10


@dataclass
class LocalPlace:
    """`folder` keeps notes and logs. A release is its program: /srv/tasktracker/1.4.0/bin/tasktracker."""

    folder: Path
    balancer: Balancer
    say: Say
    replicas: int = 2
    pace: Pace = field(default_factory=Pace)

    def running(self) -> Running:
        notes = Notes.read(self.folder)
        return Running(notes.release, notes.before)

    def state(self) -> list[str]:
        return [self._state_of(slot, each) for slot, each in Notes.read(self.folder).replicas.items()]

    def _state_of(self, slot: str, replica: Replica) -> str:
        runs = "runs" if processes.is_alive(replica.pid, replica.born) else "is dead"
        gets = "is sent people" if self.balancer.is_up(slot) else "is sent nobody"
        return f"{slot}: process {replica.pid} {runs}, port {replica.port} {gets}, {replica.release}"

    def migrate(self, release: str) -> None:
        if subprocess.run([_program(release), "migrate"], check=False).returncode:
            raise ReleaseTrouble("The migration failed; the lines above say why. What serves goes on as before.")

    def register(self) -> None:
        """Tell a balancer that was started anew where the replicas are."""
        for slot, replica in Notes.read(self.folder).replicas.items():
            self.balancer.register(slot, replica.port)
            self.say(f"{slot}: registered, port {replica.port}")

    def roll(self, release: str) -> None:
        with alone_in(self.folder):
            Roll(self, _program(release), Notes.read(self.folder)).run()


def _program(release: str) -> str:
    path = Path(release)
    if not path.is_file():
        raise ReleaseTrouble(f"There is no program {release}. Name the release's `tasktracker`, as a whole path.")
    return str(path.absolute())


class Roll:
    """One roll, from its first replica to its end, or back."""

    def __init__(self, place: LocalPlace, release: str, notes: Notes) -> None:
        self._place = place
        self._balancer = place.balancer
        self._release = release
        self._notes = notes
        self._counted: dict[str, Traffic] = {}
        """What the balancer had counted of each slot when the roll began, or its replica came in."""
        self._leaving: dict[str, processes.Stopping] = {}
        notes.roll += 1
        notes.write()

    def run(self) -> None:
        """Raises RolledBack."""
        self._tidy()
        old = self._old()
        self._counted = {slot: self._balancer.traffic(slot) for slot in old}
        try:
            self._bring(self._release)
            self._watch(self._place.pace.first if old else 0)
            for _ in range(self._place.replicas - 1):
                self._bring(self._release)
            self._take(old, watching=True)
            self._watch(self._place.pace.last)
        except Bad as bad:
            self._back(str(bad))
            raise RolledBack(str(bad)) from bad
        if self._notes.release != self._release:
            self._notes.before = self._notes.release
        self._notes.release = self._release
        self._notes.write()

    def _back(self, why: str) -> None:
        try:
            self._go_back(why)
        except Bad as worse:
            raise ReleaseTrouble(
                f"{self._release} is bad ({why}), and {self._notes.release} does not start either: {worse}. "
                "See docs/runbooks/roll-back.md."
            ) from worse

    # --- steps ---

    def _bring(self, release: str) -> str:
        """A replica more: started, ready, registered. Returns its slot; raises Bad."""
        slot = self._free_slot()
        port = processes.free_port()
        log = self._place.folder / f"{slot}.log"
        pid = processes.start(release, port, log)
        replica = Replica(release, pid, port, self._notes.roll, processes.birth(pid))
        self._notes.replicas[slot] = replica
        self._notes.write()
        self._place.say(f"{slot}: started {release}, process {replica.pid}, port {port}")
        self._wait_until_ready(slot, replica)
        self._counted[slot] = self._balancer.traffic(slot)
        self._balancer.register(slot, port)
        _wait(lambda: self._balancer.is_up(slot), 10, "the balancer does not find it ready")
        self._place.say(f"{slot}: ready, registered")
        return slot

    def _free_slot(self) -> str:
        """Raises Bad if none gets free although everybody who was asked to leave has left."""
        while True:
            slot = next((each for each in self._balancer.slots() if each not in self._notes.replicas), None)
            if slot or not self._leaving:
                break
            self._see_off()
            time.sleep(LOOK)
        if slot is None:
            raise Bad("there is no free slot in the balancer")
        return slot

    def _tidy(self) -> None:
        """Forget what has died, and stop what an earlier roll has left over that did not come to its end."""
        for slot, each in list(self._notes.replicas.items()):
            if not processes.is_alive(each.pid, each.born):
                self._place.say(f"{slot}: was dead")
                self._take([slot])
        oldest_first = sorted(self._notes.replicas, key=lambda slot: self._notes.replicas[slot].roll)
        self._take(oldest_first[self._place.replicas :])

    def _wait_until_ready(self, slot: str, replica: Replica) -> None:
        def ready() -> bool:
            if not processes.is_alive(replica.pid, replica.born):
                raise Bad(f"the replica in slot {slot} has ended; {self._place.folder / f'{slot}.log'} says why")
            return processes.is_ready(replica.port)

        _wait(ready, self._place.pace.start, f"the replica in slot {slot} is not ready")

    def _take(self, slots: list[str], *, watching: bool = False) -> None:
        """Some replicas less: deregistered, drained, stopped. Raises Bad while it is `watching` the new ones."""
        for slot in slots:
            if slot not in self._leaving:
                self._ask_to_leave(slot)
        while self._leaving:
            self._see_off()
            if watching:
                self._look()
            time.sleep(LOOK)

    def _ask_to_leave(self, slot: str) -> None:
        self._balancer.deregister(slot)
        replica = self._notes.replicas[slot]
        self._leaving[slot] = processes.Stopping(replica.pid, replica.born)

    def _see_off(self) -> None:
        """Forget those that have left."""
        for slot, stopping in [each for each in self._leaving.items() if each[1].is_over()]:
            del self._leaving[slot], self._notes.replicas[slot]
            self._notes.write()
            how = "ended" if stopping.was_polite else "had to be killed"
            self._place.say(f"{slot}: deregistered, {how} after {stopping.seconds:.1f} s")

    def _watch(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            self._look()
            if time.monotonic() >= end:
                return
            time.sleep(LOOK)

    def _look(self) -> None:
        """Raises Bad if a new replica has died, or too much fails."""
        new = self._new()
        for slot in new:
            replica = self._notes.replicas[slot]
            if not processes.is_alive(replica.pid, replica.born):
                raise Bad(f"the replica in slot {slot} has died")
        if wrong := breach(self._traffic(new), self._traffic(self._old())):
            raise Bad(wrong)

    def _go_back(self, why: str) -> None:
        """The bad release has no replica any more, and the one before as many as it had to have."""
        self._place.say(f"bad: {why}; rolling back")
        bad, good, before = self._new(), self._old(), self._notes.release
        if good:
            for slot in bad:
                self._ask_to_leave(slot)
        if before:
            for _ in range(self._place.replicas - len(good)):
                self._bring(before)
        self._take(bad)

    # --- who is there ---

    def _new(self) -> list[str]:
        return [slot for slot, each in self._notes.replicas.items() if each.roll == self._notes.roll]

    def _old(self) -> list[str]:
        """Those that are not on their way out."""
        replicas = self._notes.replicas.items()
        return [slot for slot, each in replicas if each.roll != self._notes.roll and slot not in self._leaving]

    def _traffic(self, slots: list[str]) -> Traffic:
        return total(self._balancer.traffic(slot) - self._counted[slot] for slot in slots)


def _wait(is_so: Callable[[], bool], within: float, else_: str) -> None:
    end = time.monotonic() + within
    while not is_so():
        if time.monotonic() > end:
            raise Bad(f"{else_} after {within:.0f} s")
        time.sleep(LOOK)
