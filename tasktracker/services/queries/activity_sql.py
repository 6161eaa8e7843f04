"""How commands are found in logs, newest first, in SQL.

Of a statement's parameters, $6 is the account that they are of, $7 the kinds of events, either of them or NULL, and $8
the kinds that are not told.
"""

LINES = 12
"""Events of one command that are told, at most."""

WANTED = """($6::uuid IS NULL OR e.actor_id = $6) AND ($7::text[] IS NULL OR e.kind = ANY($7))
    AND e.kind <> ALL($8::text[])"""


def next_command(log: str, before: str) -> str:
    """The first and last revision of the log's latest command before a revision.

    A command's events follow each other, so the next one is found right before the first event of this one.
    """
    return f"""SELECT coalesce(e.command, e.revision) AS first, e.revision AS last FROM event e
        WHERE e.log_id = {log} AND e.revision < {before} AND {WANTED} ORDER BY e.revision DESC LIMIT 1"""


def commands(heads: str, log: str, key: str, more: str = "") -> str:
    """What there is to tell of each command of `heads h`, in the log of a project with that key: `more` first."""
    here = f"e.log_id = {log} AND e.revision BETWEEN h.first AND h.last AND {WANTED}"
    return f"""SELECT {more} h.first AS command, head.actor_id, head.at, head.request_id AS request, whole.kinds,
            whole.count, whole.redacted, {_events(here, log, key)} AS events, {_undone(log)} AS undone
        FROM {heads} h JOIN event head ON head.log_id = {log} AND head.revision = h.first,
        LATERAL (SELECT json_agg(DISTINCT e.kind) AS kinds, count(*) AS count,
            bool_or(e.changes @> '[{{"redacted": true}}]') AS redacted FROM event e WHERE {here}) whole"""


def number_in(log: str) -> str:
    """The number of task `t` there: of one that has gone to another project since, that which it had."""
    return f"""CASE WHEN t.project_id = {log} THEN t.number ELSE (
        SELECT max(a.number) FROM task_alias a WHERE a.project_id = {log} AND a.task_id = t.id) END"""


def _events(here: str, log: str, key: str) -> str:
    return f"""(SELECT json_agg(line) FROM (
        SELECT e.revision, e.kind, e.subject_id, e.changes, {key} || '-' || {number_in(log)} AS task, t.title
        FROM event e LEFT JOIN task t ON t.id = e.task_id WHERE {here} ORDER BY e.revision LIMIT {LINES}) line)"""


def _undone(log: str) -> str:
    return f"""EXISTS (SELECT FROM event u
        WHERE u.log_id = {log} AND u.kind = 'CommandUndone' AND u.revision > h.first
          AND (u.changes -> 0 ->> 'new')::bigint = h.first
          AND NOT EXISTS (SELECT FROM event again
              WHERE again.log_id = {log} AND again.kind = 'CommandUndone' AND again.revision > u.revision
                AND (again.changes -> 0 ->> 'new')::bigint = coalesce(u.command, u.revision)))"""
