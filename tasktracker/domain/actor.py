"""Who is asking."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from tasktracker.domain.ids import new_request_id


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in one workspace.

    `session_id` names the session or token the request came with: it is looked up again by every command and
    query, so that a revoked one can do nothing. `None` is the program itself acting for an account (command line,
    demo data), which no request can produce. `request_id` ties an event to the log lines of its request.
    """

    account_id: UUID
    workspace_id: UUID
    session_id: UUID | None = None
    may_write: bool = True
    request_id: str = field(default_factory=new_request_id)

    def for_request(self, request_id: str) -> "Actor":
        """The same person, in another request."""
        return replace(self, request_id=request_id)
