"""Everything the product may refuse, as one tree.

    Refusal
    ├── NotSignedIn      nobody, or a session that has ended
    ├── NotFound         it is not there, or not there for this person
    ├── Forbidden        it is there, but this role may not do that
    ├── Conflict         somebody else changed the same fields first
    ├── Clash            the thing asked for collides with one that exists
    ├── CannotUndo       later changes stand in the way, or there is no way back
    ├── ColumnFull       the column's limit is reached
    ├── VersionNeeded    the project wants to know which version a change is based on
    ├── TooOften         more of something than a while allows; says when it goes on
    ├── TooLarge         the file has more bytes than are kept
    ├── StorageUnavailable  the place where files are kept cannot be used
    └── Invalid          the request itself is wrong; says where
        └── FilterProblem    a filter that cannot be read; says at which characters

A refusal's text is written for the person who asked. Faces (API, UI, command line) translate
refusals in one place each; nothing else catches them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class Refusal(Exception):
    """Base of all refusals. `str(refusal)` is a sentence a person understands.

    `pointer` is the part of the request that is refused (a JSON pointer), where it asks for many things at once.
    """

    pointer = ""


class NotSignedIn(Refusal):
    """No valid session or token came with the request."""

    def __init__(self, reason: str = "Please sign in.") -> None:
        super().__init__(reason)


class NotFound(Refusal):
    """The thing does not exist, or does not exist for this person."""

    def __init__(self, what: str, name: object = "") -> None:
        self.what, self.name = what, name
        found = f"There is no {what} {name}, or you may not see it."
        super().__init__(found if str(name) else f"There is no {what}, or you may not see it.")


class Forbidden(Refusal):
    """The person sees the thing, but their role does not allow the action."""

    def __init__(self, action: str, role: str) -> None:
        super().__init__(f"Your role here ({role}) may not {action}.")


class Conflict(Refusal):
    """The same fields were changed by somebody else since the version the request is based on.

    `fields` maps each field to `{"base": …, "yours": …, "theirs": …}`; `version` is the current one. `ref` names the
    task, where the request's address does not.
    """

    ref = ""

    def __init__(self, version: int, fields: Mapping[str, Mapping[str, Any]]) -> None:
        self.version = version
        self.fields = fields
        names = ", ".join(fields)
        super().__init__(f"Somebody else changed {names} in the meantime. Look at the current state and decide.")


class Clash(Refusal):
    """The request collides with something that exists (a taken key, a column that is not empty)."""


@dataclass(frozen=True)
class Blocker:
    """A later change that stands in the way of an undo, by its revision in the log of the project with that key.

    `fields` are those that both changed.
    """

    project: str
    revision: int
    kind: str
    actor_id: str | None
    at: str
    fields: Sequence[str]


class CannotUndo(Refusal):
    """A command cannot be taken back; `blockers` are the later changes that would be lost by it."""

    def __init__(self, reason: str, blockers: Sequence[Blocker] = ()) -> None:
        self.blockers = tuple(blockers)
        super().__init__(reason)


class ColumnFull(Refusal):
    """The column's work-in-progress limit is reached; it holds for everybody."""

    def __init__(self, column: str, limit: int) -> None:
        self.limit = limit
        super().__init__(f"“{column}” is full: its limit is {limit}. Move something out first, or raise the limit.")


class VersionNeeded(Refusal):
    """The project refuses changes that do not say which version they are based on."""

    def __init__(self) -> None:
        super().__init__(
            "This project wants to know which version a change is based on: "
            "send the task's ETag as If-Match, or * to overwrite whatever is there."
        )


class TooOften(Refusal):
    """More of something than a while allows. `limit` is the name of what is reached; in `seconds` it goes on."""

    def __init__(self, what: str, limit: str, seconds: int) -> None:
        self.limit = limit
        self.seconds = seconds
        super().__init__(f"Too many {what} in a short time. Try again in {seconds} seconds.")


class TooLarge(Refusal):
    """The file is larger than this server keeps. `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        size = f"{limit / 2**20:.4g} MiB" if limit >= 2**20 else f"{limit:,} bytes"
        super().__init__(f"This file is too large: at most {size} are kept. Choose a smaller one, or link to it.")


class StorageUnavailable(Refusal):
    """The place where files are kept cannot be used.

    `reason` is for those who run the server: it names the place and the setting, which are nobody else's business.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            "Files can neither be stored nor opened at the moment. Try again shortly. "
            "If that does not help, ask those who run this server: its log says why."
        )


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a request: where (a JSON pointer, RFC 6901) and what to do about it."""

    pointer: str
    detail: str


def pointer_to(*parts: object) -> str:
    """A JSON pointer (RFC 6901) to a member of the request, whatever characters its name holds."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


class Invalid(Refusal):
    """The request is wrong in itself."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.detail for problem in problems))

    @classmethod
    def at(cls, pointer: str, detail: str) -> "Invalid":
        """Shorthand for a single problem."""
        return cls([Problem(pointer, detail)])


class FilterProblem(Invalid):
    """A filter that cannot be read. The characters `start` up to `end` of its text are what is wrong.

    `suggestion` is what could stand there instead, if something comes near.
    """

    def __init__(
        self, detail: str, start: int, end: int, *, suggestion: str | None = None, pointer: str = "/filter"
    ) -> None:
        self.start = start
        self.end = end
        self.suggestion = suggestion
        advice = f" Did you mean “{suggestion}”?" if suggestion else ""
        super().__init__([Problem(pointer, detail + advice)])

    def at_pointer(self, pointer: str) -> "FilterProblem":
        """The same, where the filter stands elsewhere in the request."""
        self.problems = tuple(Problem(pointer, problem.detail) for problem in self.problems)
        return self
