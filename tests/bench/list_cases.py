"""What is asked of every list of the API: each usual order, each usual filter, and the lists that take none."""

from dataclasses import dataclass, field
from typing import Any

from tasktracker.services.queries.lists.orders import POSITION
from tests.explain.lists import FILTERS, ORDERS, SEARCHES

_PROJECT, _ALL = "/projects/{key}/tasks", "/tasks"


@dataclass(frozen=True)
class Case:
    """A GET of a path of the document; `what` a person sees."""

    path: str
    what: str
    query: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path.removeprefix('/')}: {self.what}" if self.what else self.path.removeprefix("/")


def _listing(path: str, what: str, asked: dict[str, Any]) -> Case:
    named = {"filter" if name == "query" else name: value for name, value in asked.items()}
    return Case(path, what, named)


CASES = [
    *(_listing(_PROJECT, f"by {name}", asked) for name, asked in ORDERS.items()),
    *(_listing(_ALL, f"by {name}", asked) for name, asked in ORDERS.items() if POSITION not in name),
    *(_listing(path, name, asked) for path in (_PROJECT, _ALL) for name, asked in FILTERS.items()),
    *(
        _listing(path, f"with its {name}", {"expand": name})
        for path in (_PROJECT, _ALL)
        for name in ("parent", "comments")
    ),
    *(Case("/search", f"{name}, in a project", {"q": q, "project": "{key}"}) for name, q in SEARCHES.items()),
    *(Case("/search", name, {"q": q}) for name, q in SEARCHES.items()),
    Case("/views/{view_id}/tasks", "of a project"),
    Case("/views/{wide_view_id}/tasks", "of all"),
    *(Case("/notifications", state, {"state": state}) for state in ("unread", "all")),
    Case("/notifications", "long ago", {"state": "all", "cursor": "{long_ago}"}),
    Case("/projects/{key}/events", "the first"),
    Case("/projects/{key}/events", "the last", {"after": "{last_revision}"}),
    Case("/activity", "of all projects"),
    Case("/activity", "of one", {"project": "{key}"}),
    Case("/activity", "what a guest did", {"by": "{guest_id}"}),
    Case("/activity", "to rules", {"kind": "RuleAdded"}),
    Case("/projects", "", {}),
    Case("/projects", "the archive too", {"archived": "true"}),
    *(
        Case(path, "")
        for path in (
            "/people",
            "/sessions",
            "/views",
            "/projects/{key}/members",
            "/projects/{key}/columns",
            "/projects/{key}/labels",
            "/projects/{key}/templates",
            "/projects/{key}/custom-fields",
            "/projects/{key}/rules",
            "/projects/{key}/rules/{rule_id}/runs",
            "/tasks/{ref}/comments",
            "/tasks/{ref}/comments/{comment_id}/history",
            "/tasks/{ref}/history",
            "/tasks/{ref}/attachments",
            "/tasks/{ref}/reminders",
        )
    ),
]
