"""The lists that people ask for most: by every order, and by usual filters."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from uuid import UUID

from tasktracker.services.queries.cursors import decode_cursor
from tasktracker.services.queries.lists.orders import KEYS, POSITION, Place, place_cursor
from tasktracker.services.queries.search import search_tasks
from tasktracker.services.queries.tasks import list_all_tasks, list_tasks
from tasktracker.services.views import Page, TaskView
from tests.explain.filling import BIG, QUIET, SMALL, Filled
from tests.explain.words import ONCE, WORDS

ORDERS: dict[str, dict[str, Any]] = {
    sign + name: {"sort": sign + name} for name in (*KEYS, POSITION) for sign in ("", "-")
}
FILTERS: dict[str, dict[str, Any]] = {
    "what is open": {"query": "is:open"},
    "what is open, the next due first": {"query": "is:open", "sort": "due"},
    "my work": {"query": "assignee:me is:open", "sort": "due"},
    "what I watch": {"query": "watcher:me is:open", "sort": "-updated"},
    "what is overdue": {"query": "is:overdue", "sort": "due"},
    "what is due this week": {"query": "due:<=+7d is:open", "sort": "due"},
    "what has changed since yesterday": {"query": "updated:>-24h", "sort": "-updated"},
    "what has been done since yesterday": {"query": "completed:>-24h", "sort": "-updated"},
    "urgent and open": {"query": "priority:urgent is:open", "sort": "-updated"},
    "started": {"query": "state:started", "sort": "-updated"},
    "blocked": {"query": "is:blocked is:open", "sort": "-updated"},
    "bugs": {"query": "label:bug", "sort": "-updated"},
    "open bugs of no low priority": {"query": "label:bug -priority:low is:open", "sort": "-priority"},
    "a label that few have": {"query": "label:regression", "sort": "-updated"},
    "a label that hardly any has": {"query": "label:legal", "sort": "-updated"},
    "unassigned and important": {"query": "assignee:none priority:>=high state:backlog,unstarted"},
    "a common word": {"query": WORDS[1], "sort": "-updated"},
    "a rare word": {"query": WORDS[3000], "sort": "-updated"},
    "a phrase": {"query": f'"{WORDS[1]} {WORDS[0]}"', "sort": "-updated"},
    "a part of a title": {"query": f"title:{WORDS[399][:5]}"},
    "subtasks of a task": {"query": "parent:{key}-4"},
    "what I wrote": {"query": "creator:me", "sort": "-created"},
    "what I commented on": {"query": "commenter:me", "sort": "-updated"},
    "the archive": {"state": "archived"},
    "the trash": {"state": "trashed", "sort": "-updated"},
    "archived bugs": {"query": "is:archived label:bug", "sort": "-completed"},
}
SEARCHES = {
    "a common word": WORDS[1],
    "two words": f"{WORDS[1]} {WORDS[20]}",
    "the beginning of a word": WORDS[30][:3],
    "a rare word": WORDS[3000],
    "a word that hardly anybody says": ONCE,
    "a misspelled word": f"{WORDS[300][:2]}x{WORDS[300][2:]}",
    "a word that there is not": "xylophonist",
    "a reference": "{key}-4",
    "a number": "20",
}
Read = Callable[[Filled], Awaitable[Page[Any]]]


def of_one(asked: dict[str, Any], who: str, key: str) -> Read:
    """The list of a project that somebody (a field of `Filled`) asks for."""
    return lambda filled: list_tasks(getattr(filled, who), key, **_of(key, asked))


def of_all(asked: dict[str, Any], who: str, key: str) -> Read:
    """The same of all projects that they see, of which `key` is one."""
    return lambda filled: list_all_tasks(getattr(filled, who), **_of(key, asked))


def found(text: str, who: str, key: str, *, in_project: bool) -> Read:
    """What a search finds."""
    project = key if in_project else None
    return lambda filled: search_tasks(getattr(filled, who), text.format(key=key), project=project)


def _of(key: str, asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value.format(key=key) for name, value in asked.items()}


def _end(sort: str, key: str | None) -> Read:
    """The last part of a list, by the cursor that the first part of it has the other way round."""

    async def read(filled: Filled) -> Page[TaskView]:
        ask = partial(list_tasks, filled.owner, key) if key else partial(list_all_tasks, filled.owner)
        values = decode_cursor((await ask(sort=sort)).cursor, str, object, str, int)
        assert values
        place = Place(values[1], UUID(values[2]), values[3])
        return await ask(sort=f"-{sort}", cursor=place_cursor([key or "", "", f"-{sort}", ""], place))

    return read


_EVERY = {**ORDERS, **FILTERS}
_OF_ALL = {name: asked for name, asked in _EVERY.items() if POSITION not in name}
_SEEN = {
    "of all": ("owner", BIG),
    "of all that a guest sees": ("guest", SMALL),
    "of all that is quiet": ("newcomer", QUIET),
}
LISTS: dict[str, Read] = {
    **{f"{name}, of {key}": of_one(asked, "owner", key) for name, asked in _EVERY.items() for key in (BIG, SMALL)},
    **{f"{name}, {seen}": of_all(asked, *seer) for name, asked in _OF_ALL.items() for seen, seer in _SEEN.items()},
    **{f"-{name}, at the end, of {BIG}": _end(name, BIG) for name in KEYS},
    **{f"-{name}, at the end, of all": _end(name, None) for name in KEYS},
    **{
        f"search for {name}, in {key}": found(text, "owner", key, in_project=True)
        for name, text in SEARCHES.items()
        for key in (BIG, SMALL)
    },
    **{
        f"search for {name}, {seen}": found(text, *seer, in_project=False)
        for name, text in SEARCHES.items()
        for seen, seer in _SEEN.items()
    },
}
