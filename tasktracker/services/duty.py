"""Work that falls due at a time: what any process does then, each piece of it once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from tasktracker.services.command import ProjectCommand


@dataclass(frozen=True)
class Duty:
    """A kind of such work: how to find what is due, how to do one piece, and how to put one off that failed.

    `due` selects the `id`, `project_id`, `workspace_id` and `account_id` (for whom it is done) of at most $2 rows that
    are due at $1, the oldest first; rows of archived projects wait. `do` looks at the row again, since somebody may
    have done it meanwhile or carried its task to another project, and marks it done in the same command. `put_off` lets
    row $1 wait from $2 on.
    """

    name: str
    due: str
    do: Callable[[ProjectCommand, UUID], Awaitable[None]]
    put_off: str


def later_than(since: str) -> str:
    """The moment, in SQL, to try again at $2 what has been due since then: each wait is as long as all of them so far.

    A minute at least, an hour at most.
    """
    return f"$2::timestamptz + least(greatest($2::timestamptz - {since}, interval '1 minute'), interval '1 hour')"
