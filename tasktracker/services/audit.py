"""The audit: walks every log from its first event and finds the first link of each that does not hold.

What it proves: no event was changed, removed, added or put elsewhere since it was written, unless every later hash of
that log and the log's head were rewritten too. Whoever must rule that out as well keeps the heads' hashes elsewhere.

Logs only grow, so no snapshot is held: a log is read up to the head it had when its turn came.
"""

import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tasktracker.domain.events import GENESIS, EventKind, Link, digest_of, is_redacted
from tasktracker.models.database import connection

PAGE = 200
"""Events, or logs, held in memory at a time."""

_HEADS = """
    SELECT log.*, least(
        (SELECT min(e.revision) FROM event e WHERE e.log_id = log.id AND e.revision < 1),
        (SELECT min(e.revision) FROM event e WHERE e.log_id = log.id AND e.revision > log.revision)) AS unknown
    FROM (SELECT id, id AS workspace_id, 'workspace ' || name AS name, revision, head_hash FROM workspace
          UNION ALL SELECT id, workspace_id, 'project ' || key, revision, head_hash FROM project) log
    WHERE log.id > $1 AND ($2::uuid IS NULL OR log.workspace_id = $2) ORDER BY log.id LIMIT $3
"""
_EVENTS = """
    SELECT workspace_id, log_id, revision, kind, subject_id, task_id, version, actor_id, at, request_id, changes,
           digest, prev_hash, hash
    FROM event WHERE log_id = $1 AND revision > $2 AND revision <= $3 ORDER BY revision LIMIT $4
"""
_STRAYS = """
    SELECT e.log_id AS id, min(e.revision) AS revision FROM event e
    WHERE NOT EXISTS (SELECT FROM project p WHERE p.id = e.log_id)
      AND NOT EXISTS (SELECT FROM workspace w WHERE w.id = e.log_id)
      AND ($1::uuid IS NULL OR e.workspace_id = $1)
    GROUP BY e.log_id
"""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event of a log that is not what was written, and what is wrong with it."""

    log_id: UUID
    log: str
    revision: int
    what: str

    def __str__(self) -> str:
        return f"{self.log} ({self.log_id}), revision {self.revision}: {self.what}"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found: `events` counts what was checked, `redacted` those of them whose content was removed."""

    logs: int
    events: int
    redacted: int
    seconds: float
    broken: tuple[BrokenLink, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every link of every log holds."""
        return not self.broken


async def audit_logs(workspace_id: UUID | None = None) -> AuditReport:
    """Verify the logs of all workspaces and projects, or those of one workspace. Others may go on writing."""
    began = time.monotonic()
    logs = events = redacted = 0
    broken: list[BrokenLink] = []
    async for head in _heads(workspace_id):
        walk = _Walk(head)
        if (link := await walk.first_broken_link()) is not None:
            broken.append(link)
        logs, events, redacted = logs + 1, events + walk.events, redacted + walk.redacted
    broken.extend(await _strays(workspace_id))
    return AuditReport(logs, events, redacted, time.monotonic() - began, tuple(broken))


@dataclass
class _Walk:
    """One log, read from its first event to its head."""

    head: Mapping[str, Any]
    revision: int = 0
    hash: bytes = GENESIS
    events: int = 0
    redacted: int = 0
    unexplained: set[int] = field(default_factory=set)
    """Redacted events that no later event has accounted for yet."""

    async def first_broken_link(self) -> BrokenLink | None:
        async for row in _events(self.head):
            changes = _changes(row)
            if what := self._wrong_with(row, changes):
                return self._broken(self.revision + 1, what)
            self._step_to(row, changes or [])
        return min(self._wrong_at_the_end(), key=lambda link: link.revision, default=None)

    def _wrong_with(self, row: Mapping[str, Any], changes: list[Any] | None) -> str:
        if row["revision"] != self.revision + 1:
            return "the event is missing"
        if row["workspace_id"] != self.head["workspace_id"]:
            return "it names another workspace"
        if row["prev_hash"] != self.hash:
            return "it does not follow the event before it"
        if changes is None or (digest_of(changes) != row["digest"] and not is_redacted(changes)):
            return "its changes are not those that were recorded"
        if _link(row).hash_after(self.hash) != row["hash"]:
            return "it is not the event that was recorded: its hash does not fit"
        return ""

    def _step_to(self, row: Mapping[str, Any], changes: list[Any]) -> None:
        self.revision, self.hash = row["revision"], row["hash"]
        self.events += 1
        if is_redacted(changes):
            self.redacted += 1
            self.unexplained.add(self.revision)
        elif row["kind"] == EventKind.EVENT_REDACTED:
            self.unexplained -= {change["new"] for change in changes if change["field"] == "revision"}

    def _wrong_at_the_end(self) -> list[BrokenLink]:
        found = [self._broken(at, "its changes were redacted, and no later event says so") for at in self.unexplained]
        if self.revision < self.head["revision"]:
            found.append(self._broken(self.revision + 1, "the event is missing"))
        elif self.hash != self.head["head_hash"]:
            found.append(self._broken(self.revision, "the log's head holds another hash"))
        if self.head["unknown"] is not None:
            found.append(self._broken(self.head["unknown"], "the log's head does not know this event"))
        return found

    def _broken(self, revision: int, what: str) -> BrokenLink:
        return BrokenLink(self.head["id"], self.head["name"], revision, what)


async def _heads(workspace_id: UUID | None) -> AsyncIterator[Mapping[str, Any]]:
    last = UUID(int=0)
    while rows := await connection().execute_query_dict(_HEADS, [last, workspace_id, PAGE]):
        for row in rows:
            yield row
        last = rows[-1]["id"]


async def _events(head: Mapping[str, Any]) -> AsyncIterator[Mapping[str, Any]]:
    last = 0
    while rows := await connection().execute_query_dict(_EVENTS, [head["id"], last, head["revision"], PAGE]):
        for row in rows:
            yield row
        last = rows[-1]["revision"]


async def _strays(workspace_id: UUID | None) -> list[BrokenLink]:
    """Events of logs that do not exist."""
    rows = await connection().execute_query_dict(_STRAYS, [workspace_id])
    return [BrokenLink(row["id"], "no log", row["revision"], "the log that it names does not exist") for row in rows]


def _changes(row: Mapping[str, Any]) -> list[Any] | None:
    """The changes with numbers of any length kept exact, or None if no command can have written them."""
    try:
        changes = json.loads(row["changes"])
    except (ValueError, RecursionError):
        return None
    return changes if isinstance(changes, list) else None


def _link(row: Mapping[str, Any]) -> Link:
    return Link(**{name: row[name] for name in Link.__slots__})
