"""How commands are found in logs, newest first, in SQL.

Of a statement's parameters, $6 is the account that they are of, $7 the kinds of events, either of them or NULL, and $8
the kinds that are not told.
"""

from dataclasses import dataclass

LINES = 12
"""Events of one command that are told, at most."""
_NEAR = 100
"""Events that are looked through for one of a kind, before the kinds are asked one by one: most are found there."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: what one account did (`by`), events of some kinds. A condition is there only if it is asked
    for, since PostgreSQL plans the statement once for whatever values.
    """  # noqa: D205  one sentence after the other

    by: bool
    kinds: bool

    @property
    def fits(self) -> str:
        """Whether event `e` is one."""
        return f"{self._told} AND {'e.kind = ANY($7::text[])' if self.kinds else '$7::text[] IS NULL'}"

    @property
    def _told(self) -> str:
        return f"{'e.actor_id = $6' if self.by else '$6::uuid IS NULL'} AND e.kind <> ALL($8::text[])"

    def latest(self, log: str, before: str) -> str:
        """The log's latest such event before a revision, by indexes: `revision, at`, and of its command the `first`."""
        if not self.kinds:
            return _latest(log, f"e.revision < {before} AND {self.fits}")
        near = _latest(log, f"e.revision < {before} AND e.revision >= {before} - {_NEAR} AND {self.fits}")
        of_kind = _latest(log, f"e.revision < {before} AND e.kind = k.kind AND {self._told}")
        far = f"""SELECT f.* FROM unnest($7::text[]) k(kind), LATERAL ({of_kind}) f ORDER BY f.revision DESC LIMIT 1"""
        return f"(({near}) UNION ALL ({far})) LIMIT 1"

    def command(self, log: str, before: str) -> str:
        """The first and last revision of the log's latest command before a revision, and when it was.

        A command's events follow each other, so the next one is found right before the first event of this one.
        """
        return f"SELECT found.first, found.revision AS last, found.at FROM ({self.latest(log, before)}) found"


def _latest(log: str, which: str) -> str:
    return f"""SELECT e.revision, e.at, coalesce(e.command, e.revision) AS first FROM event e
        WHERE e.log_id = {log} AND {which} ORDER BY e.revision DESC LIMIT 1"""


def commands(wanted: Wanted, heads: str, log: str, key: str, more: str = "") -> str:
    """What there is to tell of each command of `heads h`, in the log of a project with that key: `more` first."""
    here = f"e.log_id = {log} AND e.revision BETWEEN h.first AND h.last AND {wanted.fits}"
    events = f"SELECT json_agg(line) FROM ({deeds(here, log, key, f'LIMIT {LINES}')}) line"
    return f"""SELECT {more} h.first AS command, head.actor_id, head.at, head.request_id AS request, whole.kinds,
            whole.count, whole.redacted, ({events}) AS events, {_undone(log)} AS undone
        FROM {heads} h JOIN event head ON head.log_id = {log} AND head.revision = h.first,
        LATERAL (SELECT json_agg(DISTINCT e.kind) AS kinds, count(*) AS count,
            bool_or(e.changes @> '[{{"redacted": true}}]') AS redacted FROM event e WHERE {here}) whole"""


def number_in(log: str) -> str:
    """The number of task `t` there: of one that has gone to another project since, that which it had."""
    return f"""CASE WHEN t.project_id = {log} THEN t.number ELSE (
        SELECT max(a.number) FROM task_alias a WHERE a.project_id = {log} AND a.task_id = t.id) END"""


def deeds(here: str, log: str, key: str, most: str = "") -> str:
    """Events `e` of the log of a project with that key as the activity tells them, the first one first."""
    return f"""SELECT e.revision, e.kind, e.subject_id, e.changes, {key} || '-' || {number_in(log)} AS task, t.title
        FROM event e LEFT JOIN task t ON t.id = e.task_id WHERE {here} ORDER BY e.revision {most}"""


def _undone(log: str) -> str:
    return f"""EXISTS (SELECT FROM event u
        WHERE u.log_id = {log} AND u.kind = 'CommandUndone' AND u.revision > h.first
          AND (u.changes -> 0 ->> 'new')::bigint = h.first
          AND NOT EXISTS (SELECT FROM event again
              WHERE again.log_id = {log} AND again.kind = 'CommandUndone' AND again.revision > u.revision
                AND (again.changes -> 0 ->> 'new')::bigint = coalesce(u.command, u.revision)))"""
