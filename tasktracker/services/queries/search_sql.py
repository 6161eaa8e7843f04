"""The statement of a search.

$1 to $3 are the asker; $4 what is looked for, $5 the key of the only project, $6 a word that is perhaps still being
typed, $7 what titles are to be similar to if next to nothing matches, $8 and $9 the key and the number that the text
is; $10 results are left out, and $11 are wanted.
"""

from dataclasses import replace
from functools import partial

from tasktracker.services.access import VISIBLE
from tasktracker.services.queries.lists.ladder import Ladder, Narrower, climb
from tasktracker.services.queries.lists.orders import Order
from tasktracker.services.queries.lists.piles import IN_SCOPE, Piles, Sorting
from tasktracker.services.queries.lists.shelves import Shelf
from tasktracker.services.queries.lists.stages import tables
from tasktracker.services.queries.lists.statement import IS_NARROW, Newest, newest_of, places_of

RANKED, RANKED_COMMENTS = 60, 30
"""Tasks, and comments, that match and are ranked: the newest ones."""
MOST = RANKED + RANKED_COMMENTS
"""Results in all."""
ENOUGH = 10
"""With fewer tasks or comments than these that have a word as a whole, it is looked for as a beginning everywhere."""
SIMILAR = 20
"""Titles that are spelled almost so: the newest ones."""
START, STOP = "\x02", "\x03"
"""Around what is found, on the way from PostgreSQL: `domain.text` lets these into no text."""
_FEW = 5
"""With fewer matches than these, similar titles are looked for."""
_SIMILAR = 0.5
"""The `word_similarity` from which a title is similar."""

_SEEN = f"SELECT v.id, v.key FROM ({VISIBLE}) v WHERE $5::text IS NULL OR v.key = $5"
IS_SEEN = f"($5::text IS NULL OR EXISTS ({_SEEN})) AS is_seen"
_ASKED = r"""SELECT q, whole::tsquery AS whole FROM (
    SELECT whole, CASE WHEN tail <> '' AND tail NOT LIKE '!%' AND right(whole, length(tail)) = tail
        THEN left(whole, -length(tail)) || regexp_replace(tail, '(''(?:[^'']|'''')+'')', '\1:*', 'g')
        ELSE whole END::tsquery AS q
    FROM (SELECT websearch_to_tsquery('simple', $4)::text AS whole,
        coalesce(websearch_to_tsquery('simple', $6)::text, '') AS tail) parsed) made
    WHERE querytree(q) NOT IN ('', 'T')"""
"""What is looked for (`q`), the last bare word ($6) as a prefix: PostgreSQL itself wrote the text that is changed here,
with every lexeme quoted. `whole` has it as a whole word. No row if nothing is left, or only what must not be there."""
_NAMED = """SELECT t.id FROM task t JOIN seen ON seen.id = t.project_id
    WHERE t.number = $9::int AND ($8::text IS NULL OR seen.key = $8) AND t.trashed_at IS NULL
    UNION SELECT t.id FROM project was JOIN task_alias a ON a.project_id = was.id AND a.number = $9
    JOIN task t ON t.id = a.task_id JOIN seen ON seen.id = t.project_id
    WHERE was.workspace_id = $1 AND was.key = $8 AND t.trashed_at IS NULL"""
"""The tasks that are, or once were, called so."""

_MATCHES = "t.search @@ (SELECT q FROM asked)"
_SHELVES = frozenset({Shelf.OPEN, Shelf.CLOSED, Shelf.ARCHIVED})
_NEWEST = Sorting(Order("updated", is_descending=True), _SHELVES, None, 0)
_NOTHING_ASKED = "NOT EXISTS (SELECT FROM asked)"
_SAID = "t.task_id, t.id"
_IS_THERE = "(SELECT x.trashed_at IS NULL FROM task x WHERE x.id = t.task_id)"
"""Whether a comment's task is not in the trash: looked up for each that matches, and no reason to join any."""
_WHOLE_WORDS = Narrower(
    "t.search @@ (SELECT whole FROM asked)", ENOUGH, "EXISTS (SELECT FROM asked WHERE q::text <> whole::text)"
)
"""An index takes the longer for beginnings of words, the more words begin so, and the more often each is said."""

_MATCHED = """SELECT id, updated_at, max(rank) AS rank FROM (
    SELECT t.id, t.updated_at, ts_rank_cd(t.search, (SELECT q FROM asked)) AS rank
    FROM page JOIN task t ON t.project_id = page.project_id AND t.number = page.number
    UNION ALL SELECT t.id, t.updated_at, ts_rank_cd(c.search, (SELECT q FROM asked))
    FROM said JOIN comment c ON c.id = said.id JOIN task t ON t.id = said.task_id) hits
    GROUP BY id, updated_at"""
_FUZZY = f"""SELECT $7::text AS q, set_config('pg_trgm.word_similarity_threshold', '{_SIMILAR}', true)
    WHERE $7::text IS NOT NULL AND NOT EXISTS (SELECT FROM named) AND (SELECT count(*) FROM matched) < {_FEW}"""
"""What titles have to be similar to. The setting holds for this statement, and before a title is compared."""
_ALIKE = """SELECT t.id, t.updated_at, 3, word_similarity($7, t.title)
    FROM alike JOIN task t ON t.project_id = alike.project_id AND t.number = alike.number"""
_FOUND = f"""SELECT DISTINCT ON (id) * FROM (
    SELECT t.id, t.updated_at, 1 AS tier, 0 AS rank FROM named JOIN task t ON t.id = named.id
    UNION ALL SELECT id, updated_at, 2, rank FROM matched
    UNION ALL {_ALIKE}) every ORDER BY id, tier"""
_PLACED = f"""SELECT id, tier, row_number() OVER (ORDER BY tier, rank DESC, updated_at DESC, id DESC) AS place
    FROM found ORDER BY place OFFSET $10::int LIMIT least($11::int, {MOST} - $10)"""

_WHERE = """CASE WHEN placed.tier = 1 THEN 'reference' WHEN placed.tier = 3 THEN 'similar'
    WHEN ts_filter(t.search, '{a}') @@ q THEN 'title' WHEN t.search @@ q THEN 'description' ELSE 'comment' END"""
_MARKS = f'StartSel="{START}", StopSel="{STOP}"'
_SHOWN = 20_000
"""Characters of a text that a snippet may come from: PostgreSQL takes long to find the best part of a long one."""
_SNIPPET = f"""ts_headline('simple', left(CASE place_of.place
    WHEN 'description' THEN t.description
    WHEN 'comment' THEN (SELECT c.body FROM comment c WHERE c.task_id = t.id AND c.search @@ q
        ORDER BY ts_rank_cd(c.search, q) DESC, c.created_at DESC, c.id LIMIT 1) END, {_SHOWN}),
    q, '{_MARKS}, MaxFragments=2, MaxWords=18, MinWords=6, ShortWord=0, FragmentDelimiter=" … "')"""
_HIT = f"""json_build_object('ref', seen.key || '-' || t.number, 'title', t.title,
    'title_html', coalesce(ts_headline('simple', t.title, q, '{_MARKS}, HighlightAll=true'), t.title),
    'snippet_html', {_SNIPPET}, 'where', place_of.place, 'state', c.category, 'updated_at', t.updated_at,
    'archived', t.archived_at IS NOT NULL)"""


def hits_sql(*, of_project: bool) -> str:
    """SQL for the results, as JSON, of one project or of all."""
    tasks = Newest(of_project, _NEWEST, _MATCHES, RANKED, _WHOLE_WORDS)
    titles = Newest(of_project, _NEWEST, "t.title %> (SELECT q FROM fuzzy)", SIMILAR)
    made = {
        "seen": _SEEN,
        "scope": "SELECT id FROM seen",
        "asked": _ASKED,
        "named": _NAMED,
        **newest_of(tasks, name="page", unless=_NOTHING_ASKED),
        **_comments(of_project=of_project),
        "matched": _MATCHED,
        "fuzzy": _FUZZY,
        **newest_of(titles, name="alike", unless="NOT EXISTS (SELECT FROM fuzzy)"),
        "found": _FOUND,
        "placed": _PLACED,
    }
    return f"""(WITH {tables(made)}
    SELECT coalesce(json_agg({_HIT} ORDER BY placed.place), '[]')
    FROM placed JOIN task t ON t.id = placed.id JOIN seen ON seen.id = t.project_id
    JOIN board_column c ON c.id = t.column_id LEFT JOIN asked ON true
    CROSS JOIN LATERAL (SELECT {_WHERE} AS place) place_of)::text AS hits"""


def _comments(*, of_project: bool) -> dict[str, str]:
    """The latest comments that match: `said(task_id, id)`, found in the way that tasks are found."""
    own, wide = _piles_of_comments(of_project=of_project)
    places = places_of(of_project=of_project)
    whole = replace(
        _WHOLE_WORDS,
        condition=f"{_WHOLE_WORDS.condition} AND {_IS_THERE}",
        may_do=f"{_WHOLE_WORDS.may_do} AND {ENOUGH} > (SELECT count(*) FROM page)",
    )
    found = f"{_MATCHES} AND {_IS_THERE}"
    ladder = Ladder([own, *wide], "comment", found, places, ("id",), RANKED_COMMENTS, narrower=whole)
    made = {piles.table: piles.all for piles in ladder.kinds}
    return {**made, **climb(ladder, "said", unless=_NOTHING_ASKED)}


def _piles_of_comments(*, of_project: bool) -> tuple[Piles, list[Piles]]:
    """Those of each project; and, of all projects, that of the workspace for those who see enough of it."""
    piles = partial(
        Piles,
        keys=("t.created_at", "t.id"),
        within=("value", "id"),
        value="t.created_at",
        direction="DESC",
        columns=_SAID,
    )
    projects = f"SELECT id, row_number() OVER () AS pile FROM scope WHERE {'true' if of_project else IS_NARROW}"
    own = piles("own_talk", projects, ("FROM comment t WHERE t.project_id = u.id",))
    if of_project:
        return own, []
    everywhere = ("FROM comment t WHERE t.workspace_id = $1",)
    return own, [piles("talk", f"SELECT 0 AS pile WHERE NOT {IS_NARROW}", everywhere, besides=IN_SCOPE)]
