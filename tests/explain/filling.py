"""A database as it is after years: one big project, forty smaller ones, and what people said and did in them.

By SQL, since how the rows came about is not what is asked: a million tasks by commands would take half an hour.
"""

from dataclasses import dataclass
from typing import Any

import asyncpg

from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.models import Project, ProjectMembership
from tasktracker.models.database import connection
from tasktracker.services import labels, projects
from tests.explain import words
from tests.explain.furnishing import furnish, let_consumers_be_up_to_date
from tests.factories import Team, make_person, make_team

BIG, SMALL, QUIET = "BIG", "P1", "QUIET"
"""Keys: of most of the tasks; of one of the smaller projects; of one that hardly anything is in."""
SMALL_PROJECTS = 40
FEW = 5
"""Tasks in the quiet project."""
PEOPLE = 50
OWN_OPEN_TASKS = 70
"""Of the owner, who asks."""
LABELS = ("bug", "docs", "later", "ops", "regression", "legal")
"""From one that every seventh task has to one that next to none has."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is: tasks in all projects and in each of the smaller ones; comments and events in all of them."""

    name: str
    tasks: int
    small: int
    comments: int
    events: int

    @property
    def sizes(self) -> dict[str, int]:
        """Tasks by the keys of the projects, the big one first."""
        small = {f"P{number}": self.small for number in range(1, SMALL_PROJECTS + 1)}
        return {BIG: self.tasks - sum(small.values()) - FEW, **small, QUIET: FEW}

    @property
    def open_tasks(self) -> float:
        """About how many are open: what a team has before it hardly grows with what it has done."""
        return sum(min(size, 150 + size / 400) for size in self.sizes.values())


YEARS = Scale("years", tasks=1_000_000, small=10_000, comments=200_000, events=1_000_000)
WEEKS = Scale("weeks", tasks=1_000, small=10, comments=200, events=1_000)


@dataclass(frozen=True, slots=True)
class Filled:
    """Who asks: the owner, who sees all; a guest in a small project; and another, in the quiet one."""

    owner: Actor
    guest: Actor
    newcomer: Actor


async def fill(scale: Scale) -> None:
    """Fill the open database, which is to be empty."""
    team = await make_team(key=BIG, name="Big")
    for key in [key for key in scale.sizes if key != BIG]:
        await projects.create_project(team.owner, {"key": key, "name": f"Project {key}"})
    people = [await make_person(team.workspace, handle=f"person{number}") for number in range(PEOPLE)]
    for key in scale.sizes:
        for name in LABELS:
            await labels.add_label(team.owner, key, {"name": name})
    await _invite(team, guest=SMALL, newcomer=QUIET)
    async with connection().acquire_connection() as raw:
        await _fill(raw, scale, team.owner, people)
    await furnish(team.owner, TaskRef(BIG, scale.sizes[BIG]))
    await let_consumers_be_up_to_date()


async def read_filled() -> Filled:
    """Who is in the open database."""
    rows = await connection().execute_query_dict(_WHO)
    return Filled(**{row["who"]: Actor(row["id"], row["workspace_id"]) for row in rows})


async def _invite(team: Team, **keys: str) -> None:
    for handle, key in keys.items():
        guest = await make_person(team.workspace, "guest", handle=handle)
        project = await Project.get(workspace_id=team.workspace.id, key=key)
        await ProjectMembership.create(project=project, account_id=guest.account_id, role="editor")


async def _fill(raw: asyncpg.Connection, scale: Scale, owner: Actor, people: list[Actor]) -> None:
    """On one connection, and with the indexes put by meanwhile: that is faster than to keep them."""

    async def run(statement: str, *values: Any) -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await raw.fetch(statement, *values, timeout=1800)
        return rows

    await run("SELECT set_config('maintenance_work_mem', '400MB', false), set_config('work_mem', '100MB', false)")
    for table in words.TABLES:
        await run(table)
    await run(words.FILL_WORDS, words.WORDS)
    await run(words.FILL_PHRASES)
    await run("ANALYZE word, phrase")
    indexes = await run(_INDEXES)
    for index in indexes:
        await run(f'DROP INDEX "{index["name"]}"')
    ids, own = [each.account_id for each in people], OWN_OPEN_TASKS / scale.open_tasks
    for key, size in scale.sizes.items():
        await run(_TASKS, owner.account_id, key, ids, size, key == BIG, list(LABELS), own, words.ONCE)
    await run(_PARENTS)
    await run(_BLOCKERS)
    await run(_COMMENTS, scale.comments)
    await run(_COUNT_COMMENTS)
    await run(_EVENTS, scale.events)
    await run(_HEADS)
    await run(_NOTIFICATIONS, owner.account_id)
    for statement in _AS_WRITTEN:
        await run(statement)
    for index in indexes:
        await run(index["definition"])
    for table in ("task", "comment", "event", "notification", "project", "board_column", "label"):
        await run(f"VACUUM (ANALYZE) {table}")


_AS_WRITTEN = [
    statement.format(table, moment)
    for table, moment in (("task", "updated_at"), ("comment", "created_at"))
    for statement in ("CREATE INDEX by_time ON {} ({})", "CLUSTER {} USING by_time", "DROP INDEX by_time")
]
"""Rows lie where they were written last, since PostgreSQL writes a row anew when it changes: the newest together."""
_WHO = """
    SELECT CASE WHEN m.role = 'owner' THEN 'owner' ELSE a.handle END AS who, a.id, m.workspace_id
    FROM account a JOIN membership m ON m.account_id = a.id WHERE m.role IN ('owner', 'guest')
"""
_INDEXES = """
    SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname IN ('task', 'comment', 'event') AND NOT i.indisunique
"""
_TASKS = """
    WITH p AS (SELECT id FROM project WHERE key = $2),
    columns AS (
        SELECT array_agg(c.id ORDER BY position) FILTER (WHERE category NOT IN ('done', 'cancelled')) AS open,
            array_agg(c.id ORDER BY position) FILTER (WHERE category IN ('done', 'cancelled')) AS closed
        FROM board_column c JOIN p ON p.id = c.project_id),
    marks AS (SELECT array_agg(l.id ORDER BY array_position($6::text[], l.name::text)) AS ids
        FROM label l JOIN p ON p.id = l.project_id),
    drawn AS MATERIALIZED (
        SELECT n, $4::int - n AS age, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e,
            random() AS f, (4000 * power(random(), 3))::int AS rank1, (4000 * power(random(), 3))::int AS rank2,
            1 + (random() * 49999)::int AS p1, 1 + (random() * 49999)::int AS p2, 1 + (random() * 49999)::int AS p3,
            now() - interval '5 years' * ($4 - n)::float8 / $4 - interval '1 hour' AS made
        FROM generate_series(1, $4::int) AS n),
    numbered AS (UPDATE project SET next_number = $4 + 1 FROM p WHERE project.id = p.id)
    INSERT INTO task (id, project_id, number, title, description, column_id, position, priority, assignee_ids,
        label_ids, watcher_ids, start_on, due_on, due_at, estimate, custom, comment_count, created_by_id, created_at,
        updated_at, completed_at, archived_at, trashed_at)
    SELECT uuidv7(), p.id, n, initcap(word1.word) || ' ' || word2.word || ' ' || n,
        concat_ws(' ', phrase1.text, phrase2.text, phrase3.text, CASE WHEN n = 5 THEN $8::text END),
        CASE WHEN is_open THEN columns.open[1 + n % cardinality(columns.open)]
            ELSE columns.closed[1 + n % cardinality(columns.closed)] END,
        'a' || lpad(n::text, 8, '0'), (5 * a * a)::int % 5,
        CASE WHEN b < CASE WHEN is_open THEN $7 ELSE 0.02 END THEN ARRAY[$1::uuid]
            WHEN b < 0.7 THEN ARRAY[($3::uuid[])[1 + (c * 49.4)::int]]
            ELSE '{}'::uuid[] END,
        CASE WHEN d < 0.15 THEN marks.ids[1:1] WHEN d < 0.17 THEN marks.ids[2:2] WHEN d < 0.2 THEN marks.ids[3:4]
            WHEN d < 0.202 THEN marks.ids[5:5] WHEN n IN (7, 70, 700) THEN marks.ids[6:6] ELSE '{}'::uuid[] END,
        CASE WHEN e < CASE WHEN is_open THEN $7 ELSE 0.02 END THEN ARRAY[$1::uuid] ELSE '{}'::uuid[] END
            || ($3::uuid[])[1 + (a * 49.4)::int], CASE WHEN e < 0.15 THEN made::date + 3 END,
        CASE WHEN f < 0.2 THEN made::date + (30 * a)::int END, CASE WHEN f > 0.9 THEN made + interval '9 days' * b END,
        CASE WHEN c < 0.5 THEN (8 * c)::int END,
        CASE WHEN e > 0.8 THEN jsonb_build_object('severity', 'high') ELSE '{}'::jsonb END, 0,
        CASE WHEN b < 0.05 THEN $1::uuid ELSE ($3::uuid[])[1 + (e * 49.4)::int] END, made,
        made + (now() - made) * f * f * f,
        CASE WHEN NOT is_open THEN made + (now() - made) * a * 0.9 END,
        CASE WHEN NOT is_open AND CASE WHEN $5::bool THEN is_old ELSE age > 1000 END THEN now() END,
        CASE WHEN d > 0.99 AND age BETWEEN 1 AND greatest(1000, $4 / 10) THEN now() - interval '30 days' * a END
    FROM p, columns, marks, drawn JOIN word word1 ON word1.rank = rank1 JOIN word word2 ON word2.rank = rank2
        JOIN phrase phrase1 ON phrase1.place = p1 JOIN phrase phrase2 ON phrase2.place = p2
        JOIN phrase phrase3 ON phrase3.place = p3,
        LATERAL (SELECT random() < 0.67 AS is_old,
            a < 0.001 OR random() < exp(-age / (150 + $4 / 400.0)) AS is_open) state
"""
_PARENTS = """
    UPDATE task SET parent_id = up.id FROM task up
    WHERE (task.number % 11 = 0 OR task.number = 5) AND up.project_id = task.project_id
        AND up.number = task.number - 1 - task.number % 5
"""
_BLOCKERS = """
    WITH pair AS (SELECT t.id AS blocked, x.id AS blocker FROM task t JOIN task x
        ON x.project_id = t.project_id AND x.number = t.number - 3 WHERE t.number % 97 = 0)
    UPDATE task SET blocked_by_ids = CASE WHEN id = blocked THEN ARRAY[blocker] ELSE '{}' END,
        blocks_ids = CASE WHEN id = blocker THEN ARRAY[blocked] ELSE '{}' END
    FROM pair WHERE id IN (blocked, blocker)
"""
_COMMENTS = """
    INSERT INTO comment (id, task_id, author_id, body, created_at)
    SELECT uuidv7(), t.id, t.created_by_id,
        phrase1.text || ' ' || phrase2.text, least(now(), t.created_at + interval '1 day' * each)
    FROM (SELECT id, created_by_id, number, created_at, row_number() OVER () AS place
        FROM task ORDER BY md5(number::text) LIMIT $1::int / 2) t
    CROSS JOIN generate_series(1, 2) each
    JOIN phrase phrase1 ON phrase1.place = 1 + (t.place * 2 + each) % 49999
    JOIN phrase phrase2 ON phrase2.place = 1 + (t.place * 3 + each) % 49998
"""
_COUNT_COMMENTS = """
    UPDATE task SET comment_count = said.times
    FROM (SELECT task_id, count(*) AS times FROM comment GROUP BY task_id) said WHERE said.task_id = task.id
"""
_EVENTS = """
    INSERT INTO event (workspace_id, log_id, revision, kind, subject_id, task_id, version, actor_id, at, request_id,
        command, changes, digest, prev_hash, hash)
    SELECT p.workspace_id, p.id, p.revision + row_number() OVER (PARTITION BY p.id ORDER BY t.number), 'TaskEdited',
        t.id, t.id, 2, t.created_by_id, t.updated_at, 'filled',
        p.revision + row_number() OVER (PARTITION BY p.id ORDER BY t.number),
        '[{"field": "priority", "old": "none", "new": "high"}]', '\\x00', '\\x00', '\\x00'
    FROM task t JOIN project p ON p.id = t.project_id ORDER BY t.number DESC LIMIT $1::int
"""
_HEADS = """
    UPDATE project p SET revision = (SELECT max(revision) FROM event e WHERE e.log_id = p.id), changed_at = now()
"""
_NOTIFICATIONS = """
    INSERT INTO notification (id, workspace_id, account_id, task_id, log_id, revision, reason, created_at, read_at)
    SELECT uuidv7(), e.workspace_id, $1, e.task_id, e.log_id, e.revision, 'assigned', e.at,
        CASE WHEN random() < 0.9 THEN now() END
    FROM event e WHERE e.task_id IS NOT NULL AND e.revision % 10 = 0
"""
