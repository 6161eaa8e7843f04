"""Full-text search over the tasks that the asker sees."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.domain.text import clean_line
from tasktracker.services.access import VISIBLE, read_in_workspace, require_key
from tasktracker.services.queries.cursors import clean_limit, decode_place, encode_cursor
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.views import Page

QUERY_LIMIT = 200
"""Characters in a query."""
MOST = 1_000
"""Matches that are ranked, and results in all."""
_FEW = 5
"""With fewer matches than these, similar titles are looked for."""
_SIMILAR = 0.5
"""The `word_similarity` from which a title is similar."""
_SHORTEST = 3
"""Characters from which similarity means something: it compares groups of three."""
_START, _STOP = "\x02", "\x03"
"""Around what is found, on the way from PostgreSQL: `domain.text` lets these into no text."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)

_SEEN = f"SELECT v.id, v.key FROM ({VISIBLE}) v WHERE $5::text IS NULL OR v.key = $5"
_ASKED = r"""SELECT q FROM (
    SELECT CASE WHEN tail <> '' AND tail NOT LIKE '!%' AND right(whole, length(tail)) = tail
        THEN left(whole, -length(tail)) || regexp_replace(tail, '(''(?:[^'']|'''')+'')', '\1:*', 'g')
        ELSE whole END::tsquery AS q
    FROM (SELECT websearch_to_tsquery('simple', $4)::text AS whole,
        coalesce(websearch_to_tsquery('simple', $6)::text, '') AS tail) parsed) made
    WHERE querytree(q) NOT IN ('', 'T')"""
"""What is looked for, the last bare word ($6) as a prefix: PostgreSQL itself wrote the text that is changed here, with
every lexeme quoted. No row if nothing is left, or only what must not be there."""
_NAMED = """SELECT t.id FROM task t JOIN seen ON seen.id = t.project_id
    WHERE t.number = $9::int AND ($8::text IS NULL OR seen.key = $8) AND t.trashed_at IS NULL
    UNION SELECT t.id FROM project was JOIN task_alias a ON a.project_id = was.id AND a.number = $9
    JOIN task t ON t.id = a.task_id JOIN seen ON seen.id = t.project_id
    WHERE was.workspace_id = $1 AND was.key = $8 AND t.trashed_at IS NULL"""
"""The tasks that are, or once were, called so."""
_OWN = f"""SELECT t.id, t.search FROM task t JOIN seen ON seen.id = t.project_id
    WHERE t.search @@ (SELECT q FROM asked) AND t.trashed_at IS NULL ORDER BY t.updated_at DESC, t.id LIMIT {MOST}"""
_SAID = f"""SELECT t.id, c.search FROM comment c JOIN task t ON t.id = c.task_id JOIN seen ON seen.id = t.project_id
    WHERE c.search @@ (SELECT q FROM asked) AND t.trashed_at IS NULL ORDER BY c.created_at DESC, c.id LIMIT {MOST}"""
_MATCHED = f"""SELECT t.id, hit.rank FROM (
    SELECT id, max(ts_rank_cd(search, (SELECT q FROM asked))) AS rank
    FROM ((SELECT * FROM own) UNION ALL SELECT * FROM said) hits GROUP BY id) hit
    JOIN task t ON t.id = hit.id ORDER BY t.updated_at DESC, t.id LIMIT {MOST}"""
_FUZZY = f"""SELECT $7::text AS q, set_config('pg_trgm.word_similarity_threshold', '{_SIMILAR}', true)
    WHERE $7::text IS NOT NULL AND (SELECT count(*) FROM matched) < {_FEW}"""
"""What titles have to be similar to. The setting holds for this statement, and before a title is compared."""
_ALIKE = f"""SELECT id, word_similarity($7, title) AS rank FROM (
    SELECT t.id, t.title FROM task t JOIN seen ON seen.id = t.project_id
    WHERE t.title %> (SELECT q FROM fuzzy) AND t.trashed_at IS NULL
    ORDER BY t.updated_at DESC, t.id LIMIT {MOST}) newest"""
_FOUND = """SELECT DISTINCT ON (id) * FROM (
    SELECT id, 1 AS tier, 0 AS rank FROM named UNION ALL SELECT id, 2, rank FROM matched
    UNION ALL SELECT id, 3, rank FROM alike) every ORDER BY id, tier"""
_PLACED = f"""SELECT t.*, found.tier, seen.key, row_number() OVER (
        ORDER BY found.tier, found.rank DESC, t.updated_at DESC, t.id DESC) AS place
    FROM found JOIN task t ON t.id = found.id JOIN seen ON seen.id = t.project_id
    ORDER BY place OFFSET $10::int LIMIT least($11::int, {MOST} - $10)"""
_WHERE = """CASE WHEN t.tier = 1 THEN 'reference' WHEN t.tier = 3 THEN 'similar'
    WHEN ts_filter(t.search, '{a}') @@ q THEN 'title' WHEN t.search @@ q THEN 'description' ELSE 'comment' END"""
_MARKS = f'StartSel="{_START}", StopSel="{_STOP}"'
_SHOWN = 20_000
"""Characters of a text that a snippet may come from: PostgreSQL takes long to find the best part of a long one."""
_SNIPPET = f"""ts_headline('simple', left(CASE place_of.place
    WHEN 'description' THEN t.description
    WHEN 'comment' THEN (SELECT c.body FROM comment c WHERE c.task_id = t.id AND c.search @@ q
        ORDER BY ts_rank_cd(c.search, q) DESC, c.created_at DESC, c.id LIMIT 1) END, {_SHOWN}),
    q, '{_MARKS}, MaxFragments=2, MaxWords=18, MinWords=6, ShortWord=0, FragmentDelimiter=" … "')"""
_HIT = f"""json_build_object('ref', t.key || '-' || t.number, 'title', t.title,
    'title_html', coalesce(ts_headline('simple', t.title, q, '{_MARKS}, HighlightAll=true'), t.title),
    'snippet_html', {_SNIPPET}, 'where', place_of.place, 'state', c.category, 'updated_at', t.updated_at,
    'archived', t.archived_at IS NOT NULL)"""
_HITS = f"""(WITH seen AS MATERIALIZED ({_SEEN}), asked AS MATERIALIZED ({_ASKED}), named AS MATERIALIZED ({_NAMED}),
    own AS ({_OWN}), said AS ({_SAID}), matched AS MATERIALIZED ({_MATCHED}), fuzzy AS MATERIALIZED ({_FUZZY}),
    alike AS ({_ALIKE}), found AS ({_FOUND}), placed AS MATERIALIZED ({_PLACED})
    SELECT coalesce(json_agg({_HIT} ORDER BY t.place), '[]') FROM placed t
    JOIN board_column c ON c.id = t.column_id LEFT JOIN asked ON true
    CROSS JOIN LATERAL (SELECT {_WHERE} AS place) place_of)::text AS hits"""
_IS_SEEN = f"($5::text IS NULL OR EXISTS ({_SEEN})) AS is_seen"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A task that is found, and where.

    `where` is reference, title, description, comment or similar (a title that is spelled almost so). The only HTML in
    `title_html` and `snippet_html` is `<mark>` around what is found. There is a snippet of a description or a comment.
    """

    ref: str
    title: str
    title_html: str
    snippet_html: str | None
    where: str
    state: str
    updated_at: datetime
    archived: bool

    @classmethod
    def of(cls, row: dict[str, Any]) -> "SearchHit":
        """From a row of the query, as JSON typed by `rows_of`."""
        snippet = row["snippet_html"]
        return cls(**{**row, "title_html": _html(row["title_html"]), "snippet_html": snippet and _html(snippet)})


async def search_tasks(
    actor: Actor, q: str, *, project: str | None = None, limit: int = 50, cursor: str | None = None
) -> Page[SearchHit]:
    """The tasks of one project, or of all that the asker sees, that `q` finds: the best first, then the newest.

    `q` is what PostgreSQL's `websearch_to_tsquery` takes, with the last bare word as the beginning of a word. Title and
    description are one text, each comment is one, and all of the query has to match in one text. Only the newest 1,000
    tasks and the newest 1,000 comments that match are ranked, so that the cost stays flat however common a word is;
    there are at most 1,000 results. Raises NotSignedIn, NotFound, Invalid.
    """
    if project is not None:
        require_key(project)
    text = clean_line(q, "/query/q", limit=QUERY_LIMIT)
    place, many = decode_place(cursor, MOST), clean_limit(limit)
    args = (text, project, _last_bare_word(text), text if _may_be_misspelled(text) else None, *_reference(text))
    row = await read_in_workspace(actor, f"{_IS_SEEN}, {_HITS}", *args, place, many + 1)
    if not row["is_seen"]:
        raise NotFound("project", project or "")
    found = [SearchHit.of(each) for each in rows_of(row["hits"])]
    return Page(found[:many], encode_cursor(place + many) if len(found) > many else None)


def _last_bare_word(text: str) -> str | None:
    """The word that is perhaps still being typed: neither in quotes nor excluded."""
    last = text.rsplit(" ", 1)[-1]
    return None if text.count('"') % 2 or '"' in last or last.startswith("-") else last


def _may_be_misspelled(text: str) -> bool:
    """Whether it is words alone: who writes operators means what they write."""
    words = text.lower().split()
    is_plain = '"' not in text and "or" not in words and not any(word.startswith("-") for word in words)
    return is_plain and len(text) >= _SHORTEST


def _reference(text: str) -> tuple[str | None, int | None]:
    """The key and the number that the text is, or the number alone."""
    if _NUMBER.fullmatch(text):
        return None, int(text)
    try:
        ref = TaskRef.parse(text)
    except NotFound:
        return None, None
    return ref.key, ref.number


def _html(text: str) -> str:
    return escape(text).replace(_START, "<mark>").replace(_STOP, "</mark>")
