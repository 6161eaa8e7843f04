"""Reports in SQL: what a project's log and its tasks come to, day by day.

$5 and $6 are the first and the last day, or null; $7 is the present moment. Three words are replaced by what a filter
brings: `{fits}` by a condition on task `t`, `{facts}` by its facts, and `{join}` by how to join to such tasks.
"""

from tasktracker.domain.events import EventKind
from tasktracker.domain.reports import DURATIONS, TASKS_LIMIT, USUAL_DAYS
from tasktracker.domain.task_fields import CATEGORIES
from tasktracker.services.access import VISIBLE

_STANDING = (
    *(EventKind.TASK_CREATED, EventKind.TASK_MOVED, EventKind.TASK_ARRIVED, EventKind.TASK_LEFT),
    *(EventKind.TASK_ARCHIVED, EventKind.TASK_UNARCHIVED, EventKind.TASK_TRASHED, EventKind.TASK_RESTORED),
)
"""The events that may change in which group a task counts."""
_GONE = 7
"""The code of a task that is in another project. That of a group is its place among the categories."""
_CLOSED = CATEGORIES.index("done")
"""This group and those behind it are closed: a task counts there in the archive, too."""

SPAN = f"""
    seen AS MATERIALIZED (SELECT id, key FROM ({VISIBLE}) v),
    scope AS MATERIALIZED (SELECT access.id, access.key),
    span AS MATERIALIZED (
        SELECT a.time_zone AS zone, a.locale, n.today, s.first, s.last, least(s.last, n.today) AS edge,
            s.first::timestamp AT TIME ZONE a.time_zone AS begin
        FROM account a,
            LATERAL (SELECT ($7::timestamptz AT TIME ZONE a.time_zone)::date AS today) n,
            LATERAL (SELECT coalesce($6::date, n.today) AS last,
                coalesce($5::date, coalesce($6::date, n.today) - {USUAL_DAYS - 1}) AS first) s
        WHERE a.id = $2::uuid)"""
"""`span` is one row: the days that are told of, the `edge` of what is known. The condition needs `seen` and `scope`."""
FACE = "'first', span.first, 'last', span.last, 'time_zone', span.zone"


def _kinds(*kinds: EventKind) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


def _value(field: str, side: str = "old") -> str:
    """What an event says that a field was before, or (`new`) became: text, or null if it says nothing of it."""
    return f"""(jsonb_path_query_first(e.changes, '$[*] ? (@.field == "{field}").{side}') #>> '{{}}')"""


def _has(field: str, value: str = "") -> str:
    return f"""jsonb_path_exists(e.changes, '$[*] ? (@.field == "{field}"{value})')"""


def _group(name: str) -> str:
    return f"array_position('{{{','.join(CATEGORIES)}}}'::text[], {name}::text) - 1"


def _code(side: str) -> str:
    return f"(meaning.codes ->> {_value('column_id', side)})::int"


def _stamped(field: str, on: EventKind, off: EventKind) -> str:
    """1 if the task had been put away before the event, 0 if not, null if the event says nothing of that."""
    return f"""CASE e.kind WHEN '{on}' THEN 0 WHEN '{off}' THEN 1
        WHEN '{EventKind.TASK_LEFT}' THEN {_has(field, " && @.old != null")}::int END"""


_MEANING = f"""
    meaning AS MATERIALIZED (SELECT jsonb_object_agg(id, code) AS codes FROM (
        SELECT c.id, {_group("c.category")} AS code FROM board_column c WHERE c.project_id = access.id
        UNION ALL SELECT * FROM (
            SELECT DISTINCT ON (e.subject_id) e.subject_id, {_group(_value("category"))}
            FROM event e WHERE e.log_id = access.id AND e.kind = '{EventKind.COLUMN_DELETED}'
                AND NOT EXISTS (SELECT FROM board_column c WHERE c.id = e.subject_id)
            ORDER BY e.subject_id, e.revision DESC) deleted) column_)"""
"""What each column means today, and what a deleted one meant last: the codes of groups by id."""
_ESTIMATED = f"(e.kind = '{EventKind.TASK_EDITED}' AND e.changes @> '[{{\"field\": \"estimate\"}}]')"
_ESTIMATE = f"""CASE WHEN e.kind = '{EventKind.TASK_LEFT}' OR {_has("estimate")}
    THEN ARRAY[e.revision::float8, {_value("estimate")}::float8] END"""
_COUNTS = f"CASE WHEN {{trashed}} = 0 AND ({{archived}} = 0 OR {{code}} >= {_CLOSED}) THEN {{code}} END"
"""Where a task counts; null: nowhere."""


def _told(*, estimates: bool) -> str:
    """What the log says of where tasks stood before its events; null where an event says nothing of it."""
    which = f"e.kind IN ({_kinds(*_STANDING)})"
    return f"""
    told AS MATERIALIZED (
        SELECT e.task_id, e.revision, e.at, {_ESTIMATE if estimates else "NULL::float8[]"} AS estimate,
            CASE WHEN e.kind IN ({_kinds(EventKind.TASK_CREATED, EventKind.TASK_ARRIVED)}) THEN {_GONE}
                ELSE {_code("old")} END AS code,
            {_stamped("archived_at", EventKind.TASK_ARCHIVED, EventKind.TASK_UNARCHIVED)} AS archived,
            {_stamped("trashed_at", EventKind.TASK_TRASHED, EventKind.TASK_RESTORED)} AS trashed
        FROM event e, meaning, span
        WHERE e.log_id = access.id AND e.at >= span.begin
            AND {f"({which} OR {_ESTIMATED})" if estimates else which})"""


_HERE = """
    here AS MATERIALIZED (
        SELECT t.id, coalesce(t.estimate, 0) AS estimate, (meaning.codes ->> t.column_id::text)::int AS code,
            (t.archived_at IS NOT NULL)::int AS archived, (t.trashed_at IS NOT NULL)::int AS trashed
        FROM task t, meaning WHERE t.project_id = access.id AND {fits})"""
# Backwards, as time travel goes: what an event says of before holds until an earlier one says something else. Revisions
# grow, so the least pair of a revision and a word is the word of the earliest event from here on.
_HISTORY = f"""
    known AS (
        SELECT told.task_id, told.revision, told.at, here.estimate AS estimate_now,
            {_COUNTS.format(trashed="here.trashed", archived="here.archived", code="here.code")} AS code_now,
            CASE WHEN min(told.estimate) OVER on_ IS NULL THEN here.estimate
                ELSE (min(told.estimate) OVER on_)[2] END AS estimate,
            coalesce(min(revision * 8 + told.code) OVER on_ & 7, here.code, {_GONE}) AS code,
            coalesce(min(revision * 2 + told.archived) OVER on_ & 1, here.archived, 0) AS archived,
            coalesce(min(revision * 2 + told.trashed) OVER on_ & 1, here.trashed, 0) AS trashed
        FROM told {{join}} here ON here.id = told.task_id
        WINDOW on_ AS (PARTITION BY told.task_id ORDER BY told.revision DESC)),
    stood AS (
        SELECT task_id, revision, at, code_now, estimate_now, coalesce(estimate, 0) AS estimate,
            nullif({_COUNTS.format(trashed="trashed", archived="archived", code="code")}, {_GONE}) AS code
        FROM known),
    step AS (
        SELECT at, code, estimate, lag(code, 1, code_now) OVER later AS next_code,
            lag(estimate, 1, estimate_now) OVER later AS next_estimate
        FROM stood WINDOW later AS (PARTITION BY task_id ORDER BY revision DESC)),
    change AS (
        SELECT least((step.at AT TIME ZONE span.zone)::date, span.edge + 1) AS day, side.code,
            sum(side.sign) AS tasks, sum(side.sign * side.estimate) AS estimate
        FROM step, span, LATERAL (
            VALUES (step.code, step.estimate, 1), (step.next_code, step.next_estimate, -1)) side (code, estimate, sign)
        WHERE side.code IS NOT NULL
            AND (step.code IS DISTINCT FROM step.next_code OR step.estimate IS DISTINCT FROM step.next_estimate)
        GROUP BY 1, 2
        UNION ALL
        SELECT span.edge + 1, {_COUNTS.format(trashed="trashed", archived="archived", code="code")},
            count(*), sum(estimate) FROM here, span GROUP BY 1, 2)"""
"""Behind the last day, what there is now; and of each day, what takes each group back to what it was before."""
_DAYS = """(
    SELECT day::date
    FROM span, generate_series(least(span.first - 1, span.edge), span.edge + 1, interval '1 day') day)"""


def _sum(what: str, which: str) -> str:
    """At the end of each day: of all days behind it."""
    return f"coalesce(sum(sum({what}) FILTER (WHERE {which})) OVER behind, 0)"


_GROUPS = ", ".join(f"{_sum('c.tasks', f'c.code = {code}')}::int AS {name}" for code, name in enumerate(CATEGORIES))
_OPEN = f"c.code < {_CLOSED}"
_LEFT = f"{_sum('c.estimate', _OPEN)}::numeric"


def _by_day(columns: str) -> str:
    """Oldest first, beginning with the day before the first one; a span of days to come has the present one."""
    return f"""
    by_day AS (
        SELECT d.day, {columns} FROM {_DAYS} d LEFT JOIN change c ON c.day = d.day GROUP BY d.day
        WINDOW behind AS (ORDER BY d.day DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
    SELECT json_build_object('facts', {{facts}}, {FACE}, 'days', (
        SELECT coalesce(json_agg(by_day ORDER BY day), '[]') FROM by_day WHERE day <= span.edge)) FROM span"""


FLOW = f"WITH {SPAN}, {_MEANING}, {_HERE}, {_told(estimates=False)}, {_HISTORY}, {_by_day(_GROUPS)}"
BURNDOWN = f"""WITH {SPAN}, {_MEANING}, {_HERE}, {_told(estimates=True)}, {_HISTORY}, {
    _by_day(f"{_sum('c.tasks', _OPEN)}::int AS tasks, round({_LEFT}, 4)::float8 AS estimate")
}"""

_FINISHED = """
    finished AS MATERIALIZED (
        SELECT t.id, t.number, t.title, t.created_at, t.completed_at, t.estimate
        FROM span, task t JOIN board_column c ON c.id = t.column_id AND c.category = 'done'
        WHERE t.project_id = access.id AND t.shelf IN (1, 2)
            AND t.completed_at >= (span.first - {days_before})::timestamp AT TIME ZONE span.zone
            AND t.completed_at < (span.last + 1)::timestamp AT TIME ZONE span.zone AND {{fits}})"""
"""What is done now, in the archive or not, and was completed in these days."""
_STARTED = f"""(
    SELECT min(e.at) FROM event e
    WHERE e.task_id = f.id AND e.at <= f.completed_at
        AND e.kind IN ({_kinds(EventKind.TASK_CREATED, EventKind.TASK_MOVED, EventKind.TASK_ARRIVED)})
        AND coalesce({_code("new")}, (SELECT {_group("c.category")} FROM board_column c
            WHERE c.id = {_value("column_id", "new")}::uuid)) = {CATEGORIES.index("started")})"""
"""When a task came to a started column for the first time, in whichever project it was then."""
_EDGES = f"ARRAY[{', '.join(map(str, DURATIONS))}]::float8[]"


def _lasted(since: str) -> str:
    """In days; null if it is not known since when. What was imported may have been made after it was completed."""
    days = f"round(greatest(extract(epoch FROM completed_at - {since}) / 86400, 0)::numeric, 2)::float8"
    return f"CASE WHEN {since} IS NOT NULL THEN {days} END"


def _spread(name: str) -> str:
    """The least duration that such a part of the tasks did not exceed: one that a task really took."""
    parts = ", ".join(
        f"'p{part}', percentile_disc({part / 100}) WITHIN GROUP (ORDER BY {name})" for part in (50, 85, 95)
    )
    return f"(SELECT json_build_object('tasks', count({name}), {parts}) FROM timed)"


CYCLE_TIME = f"""WITH {SPAN}, {_MEANING}, {_FINISHED.format(days_before=0)},
    began AS (SELECT f.*, {_STARTED} AS started_at FROM finished f, meaning),
    timed AS MATERIALIZED (
        SELECT *, {_lasted("created_at")} AS lead, {_lasted("started_at")} AS cycle FROM began)
    SELECT json_build_object('facts', {{facts}}, {FACE}, 'lead', {_spread("lead")}, 'cycle', {_spread("cycle")},
        'bars', (SELECT coalesce(json_agg(bar), '[]') FROM (
            SELECT width_bucket(days, {_EDGES}) AS place, count(*) FILTER (WHERE name = 'lead') AS lead,
                count(*) FILTER (WHERE name = 'cycle') AS cycle
            FROM timed, LATERAL (VALUES ('lead', lead), ('cycle', cycle)) each (name, days)
            WHERE days IS NOT NULL GROUP BY 1) bar),
        'tasks', (SELECT coalesce(json_agg(task), '[]') FROM (
            SELECT id, access.key || '-' || number AS ref, title, created_at, started_at, completed_at, lead, cycle
            FROM timed ORDER BY completed_at DESC, number DESC LIMIT {TASKS_LIMIT}) task)) FROM span"""
THROUGHPUT = f"""WITH {SPAN}, {_FINISHED.format(days_before=6)}
    SELECT json_build_object('facts', {{facts}}, {FACE}, 'locale', span.locale, 'today', span.today, 'finished', (
        SELECT coalesce(json_agg(json_build_array(day, tasks, estimate)), '[]') FROM (
            SELECT (f.completed_at AT TIME ZONE span.zone)::date AS day, count(*) AS tasks,
                round(coalesce(sum(f.estimate), 0)::numeric, 4)::float8 AS estimate
            FROM finished f GROUP BY 1) by_day)) FROM span"""
"""With the six days before the first one, which may be of its week."""
