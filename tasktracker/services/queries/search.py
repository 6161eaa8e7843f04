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
from tasktracker.services.access import read_in_workspace, require_key
from tasktracker.services.queries.cursors import clean_limit, decode_place, encode_cursor
from tasktracker.services.queries.rows import rows_of
from tasktracker.services.queries.search_sql import IS_SEEN, MOST, START, STOP, hits_sql
from tasktracker.services.views import Page

QUERY_LIMIT = 200
"""Characters in a query."""
_SHORTEST = 3
"""Characters from which similarity means something: it compares groups of three."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


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

    `q` is what PostgreSQL's `websearch_to_tsquery` takes, with the last bare word as the beginning of a word unless `q`
    names a task. Title and description are one text, each comment is one, and all of the query has to match in one
    text. Only the newest tasks and comments that match are ranked (`RANKED`, `RANKED_COMMENTS`), so that the cost stays
    flat however common a word is. Raises NotSignedIn, NotFound, Invalid.
    """
    if project is not None:
        require_key(project)
    text = clean_line(q, "/query/q", limit=QUERY_LIMIT)
    place, many = decode_place(cursor, MOST), clean_limit(limit)
    key, number = _reference(text)
    tail = _last_bare_word(text) if number is None else None
    args = (text, project, tail, text if _may_be_misspelled(text) else None, key, number)
    select = f"{IS_SEEN}, {hits_sql(of_project=project is not None)}"
    row = await read_in_workspace(actor, select, *args, place, many + 1)
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
    return escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
