"""A roll's logic beside real processes: programs that only say whether they are ready, and a balancer that notes."""

import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import dedent

import pytest

from deploy.release.haproxy import Balancer
from deploy.release.local import LocalPlace, Pace
from deploy.release.notes import Notes, alone_in
from deploy.release.place import ReleaseTrouble, RolledBack, roll_back
from deploy.release.processes import Stopping, is_alive
from deploy.release.watching import Traffic

pytestmark = pytest.mark.drill

PROGRAM = """
    import http.server, sys
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response({status})
            self.end_headers()
        def log_message(self, *about): pass
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Answer).serve_forever()
"""


@dataclass(frozen=True)
class Noted(Balancer):
    """Stands in for HAProxy, which make roll-test has."""

    path: Path = Path()
    steps: list[str] = field(default_factory=list)
    counted: dict[str, Traffic] = field(default_factory=dict)

    def slots(self) -> list[str]:
        return ["a", "b", "c", "d"]

    def register(self, slot: str, port: int) -> None:  # noqa: ARG002  as HAProxy's
        self.steps.append(f"+{slot}")

    def deregister(self, slot: str) -> None:
        self.steps.append(f"-{slot}")

    def is_up(self, slot: str) -> bool:
        return f"+{slot}" in self.steps

    def traffic(self, slot: str) -> Traffic:
        return self.counted.get(slot, Traffic())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[LocalPlace]:
    place = LocalPlace(tmp_path / "notes", Noted(), lambda _step: None, pace=Pace(start=5, first=0.3, last=0))
    yield place
    for replica in Notes.read(place.folder).replicas.values():
        stopping = Stopping(replica.pid, replica.born)
        while not stopping.is_over():
            time.sleep(0.05)


@pytest.fixture
def steps(place: LocalPlace) -> list[str]:
    assert isinstance(place.balancer, Noted)
    return place.balancer.steps


def program(folder: Path, name: str, status: int = 200) -> str:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{dedent(PROGRAM.format(status=status))}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_new_replicas_serve_before_old_ones_go(place: LocalPlace, steps: list[str], tmp_path: Path) -> None:
    one, other = program(tmp_path, "one"), program(tmp_path, "other")
    place.roll(one)
    old = list(Notes.read(place.folder).replicas.values())
    place.roll(other)
    assert steps == ["+a", "+b", "+c", "+d", "-a", "-b"]
    assert not any(is_alive(each.pid, each.born) for each in old)
    assert (place.running().release, place.running().before) == (other, one)
    assert roll_back(place) == one
    assert (place.running().release, place.running().before) == (one, other)


def test_a_release_that_never_gets_ready_takes_nobodys_place(
    place: LocalPlace, steps: list[str], tmp_path: Path
) -> None:
    one = program(tmp_path, "one")
    place.roll(one)
    with pytest.raises(RolledBack, match="is not ready after 5 s"):
        place.roll(program(tmp_path, "bad", status=503))
    assert steps == ["+a", "+b", "-c"], "it was never registered"
    assert sorted(Notes.read(place.folder).replicas) == ["a", "b"]
    assert place.running().release == one


def test_a_release_whose_process_ends_is_given_up_at_once(place: LocalPlace, tmp_path: Path) -> None:
    place.roll(program(tmp_path, "one"))
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    began = time.monotonic()
    with pytest.raises(RolledBack, match=r"has ended; .*c\.log says why"):
        place.roll(str(broken))
    assert time.monotonic() - began < 3


def test_a_release_that_fails_is_taken_away_before_any_old_one_goes(
    place: LocalPlace, steps: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(place.balancer, Noted)
    place.roll(program(tmp_path, "one"))
    real = type(place.balancer).traffic
    seen = iter([Traffic(0, 0), *[Traffic(300, 6)] * 100])

    def failing(self: Noted, slot: str) -> Traffic:
        return next(seen) if slot == "c" else real(self, slot)

    monkeypatch.setattr(Noted, "traffic", failing)
    with pytest.raises(RolledBack, match="6 of 300 requests failed"):
        place.roll(program(tmp_path, "other"))
    assert steps == ["+a", "+b", "+c", "-c"]


def test_what_a_roll_left_over_that_was_broken_off_is_cleared_away_by_the_next(
    place: LocalPlace, steps: list[str], tmp_path: Path
) -> None:
    one, other = program(tmp_path, "one"), program(tmp_path, "other")
    place.roll(one)

    def broken_off(_step: str) -> None:
        raise KeyboardInterrupt

    place.say = broken_off
    with pytest.raises(KeyboardInterrupt):
        place.roll(other)
    place.say = lambda _step: None
    assert len(Notes.read(place.folder).replicas) == 3
    place.roll(other)
    assert steps == ["+a", "+b", "-c", "+c", "+d", "-a", "-b"]
    assert place.running().release == other


def test_a_process_that_has_got_the_number_of_a_dead_replica_is_left_alone(place: LocalPlace, tmp_path: Path) -> None:
    release = program(tmp_path, "one")
    place.roll(release)
    stranger = subprocess.Popen(["sleep", "60"])  # noqa: S607  it is somebody's
    notes = Notes.read(place.folder)
    before = notes.replicas["a"]
    notes.replicas["a"] = replace(before, pid=stranger.pid)
    notes.write()
    place.roll(program(tmp_path, "other"))
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
    leaving = Stopping(before.pid, before.born)
    while not leaving.is_over():
        time.sleep(0.05)


def test_a_balancer_that_was_started_anew_is_told_where_the_replicas_are(
    place: LocalPlace, steps: list[str], tmp_path: Path
) -> None:
    one = program(tmp_path, "one")
    place.roll(one)
    steps.clear()
    assert [("is sent nobody" in line, one in line) for line in place.state()] == [(True, True)] * 2
    place.register()
    assert steps == ["+a", "+b"]
    assert ["runs" in line and "is sent people" in line for line in place.state()] == [True] * 2


def test_two_rolls_at_once_are_refused(place: LocalPlace, tmp_path: Path) -> None:
    with alone_in(place.folder), pytest.raises(ReleaseTrouble, match="Another roll is under way"):
        place.roll(program(tmp_path, "one"))


def test_without_a_release_before_there_is_no_way_back(place: LocalPlace) -> None:
    with pytest.raises(ReleaseTrouble, match="Name one"):
        roll_back(place)
