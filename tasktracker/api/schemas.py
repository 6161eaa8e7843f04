"""What requests may hold. Types are strict and unknown fields are refused; absent and null are different things.

The services check what is in a field; here stands only what is documented, and what must hold before they can look.
"""

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from tasktracker.domain.task_fields import CATEGORIES
from tasktracker.domain.text import BODY_LIMIT

_strict = with_config(ConfigDict(extra="forbid", strict=True))

Id = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Color = Annotated[str, Field(description="`#rrggbb`", examples=["#3b82f6"])]
Text = Annotated[str, Field(description=f"Markdown, at most {BODY_LIMIT:,} characters.")]
ProjectText = Annotated[str, Field(description="Markdown, at most 10,000 characters.")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="The version that the change is based on.")]
Number = Annotated[int, Field(ge=1, le=2**31 - 1, description="The number of a task in the same project.")]
Priority = Annotated[str, Field(json_schema_extra={"enum": ["none", "low", "medium", "high", "urgent"]})]
Category = Annotated[str, Field(json_schema_extra={"enum": list(CATEGORIES)})]
When = Annotated[
    str | None,
    Field(
        description="A day as YYYY-MM-DD, a moment with its offset (RFC 3339), or null for none.",
        examples=["2026-11-30", "2026-11-30T17:00:00+01:00"],
    ),
]
Estimate = Annotated[float | None, Field(description="By whatever the team counts; from 0 to 100,000.")]
Parent = Annotated[str | None, Field(description="The task that this is a subtask of.", examples=["WEB-3"])]
Custom = Annotated[
    dict[str, Any],
    Field(description="Values of the project's custom fields by their keys; a key that is absent stays as it is."),
]
Source = Annotated[str | None, Field(description="Where the task was imported from, such as `github`.")]
SourceId = Annotated[str | None, Field(description="What it is called there. No two tasks of a project share both.")]
TaskState = Literal["active", "archived", "trashed"]


@_strict
class SignIn(TypedDict):
    """Who wants to sign in."""

    email: str
    password: str


@_strict
class SetUp(TypedDict):
    """The first start: the workspace and its owner."""

    workspace: str
    name: str
    email: str
    password: Annotated[str, Field(description="10 to 200 characters.")]


@_strict
class NewToken(TypedDict):
    """A token for a program; it may do what its maker may do, or only read."""

    name: str
    days: NotRequired[Annotated[int, Field(description="How long it lasts: 1 to 3,650 days; 90 unless told.")]]
    may_write: NotRequired[Annotated[bool, Field(description="False: it can read and nothing else.")]]


@_strict
class NewProject(TypedDict):
    """A project to create."""

    key: Annotated[str, Field(description="2 to 10 capital letters and digits. It stays for good.", examples=["WEB"])]
    name: str
    description: NotRequired[ProjectText]
    color: NotRequired[Color]
    is_private: NotRequired[Annotated[bool, Field(description="True: it exists for its members only.")]]


@_strict
class ProjectEdit(TypedDict, total=False):
    """The fields of a project to set."""

    name: str
    description: ProjectText
    color: Color
    is_private: bool
    requires_version: Annotated[bool, Field(description="True: an edit must say which version it is based on.")]


@_strict
class ProjectCopy(TypedDict):
    """Another project like this one."""

    key: Annotated[str, Field(description="2 to 10 capital letters and digits. It stays for good.", examples=["SHOP"])]
    name: str
    with_tasks: NotRequired[Annotated[bool, Field(description="True: with the tasks on the board.")]]


@_strict
class MemberRole(TypedDict):
    """A role in one project."""

    role: Annotated[str, Field(json_schema_extra={"enum": ["manager", "editor", "commenter", "viewer"]})]


@_strict
class NewColumn(TypedDict):
    """A column to add at the end of the board."""

    name: str
    category: Category
    wip_limit: NotRequired[Annotated[int | None, Field(description="How many tasks fit in; null for any number.")]]


@_strict
class ColumnEdit(TypedDict, total=False):
    """The fields of a column to set."""

    name: str
    category: Category
    wip_limit: int | None


@_strict
class ColumnMove(TypedDict):
    """A new place for a column: right after another one, or first (null)."""

    after: Annotated[UUID, Field(strict=False)] | None


@_strict
class NewLabel(TypedDict):
    """A label to add."""

    name: str
    color: NotRequired[Color]


@_strict
class LabelEdit(TypedDict, total=False):
    """The fields of a label to set."""

    name: str
    color: Color


@_strict
class NewTask(TypedDict):
    """A task to create. Without a column it goes to the first one for work that is not started."""

    template: NotRequired[Annotated[UUID, Field(strict=False, description="What to take the other fields from.")]]
    title: NotRequired[Annotated[str, Field(description="Needed, unless the template has one.")]]
    description: NotRequired[Text]
    column_id: NotRequired[Id]
    priority: NotRequired[Priority]
    assignee_ids: NotRequired[list[Id]]
    label_ids: NotRequired[list[Id]]
    start: NotRequired[When]
    due: NotRequired[When]
    estimate: NotRequired[Estimate]
    parent: NotRequired[Parent]
    custom: NotRequired[Custom]
    external_source: NotRequired[Source]
    external_id: NotRequired[SourceId]


@_strict
class TaskEdit(TypedDict, total=False):
    """The fields of a task to set. `version` may stand here instead of `If-Match`."""

    title: str
    description: Text
    column_id: Id
    priority: Priority
    assignee_ids: list[Id]
    label_ids: list[Id]
    start: When
    due: When
    estimate: Estimate
    parent: Parent
    custom: Custom
    external_source: Source
    external_id: SourceId
    version: Version


@_strict
class TaskCopy(TypedDict, total=False):
    """What to copy."""

    with_subtasks: Annotated[bool, Field(description="True: its subtasks too, all the way down.")]


@_strict
class TaskMove(TypedDict):
    """A place on the board: in a column, right after or right before a task there; else at its end."""

    column_id: Id
    after: NotRequired[Number | None]
    before: NotRequired[Number | None]
    version: NotRequired[Version]


@_strict
class NewComment(TypedDict):
    """Something to say."""

    body: Text


@_strict
class CommentEdit(TypedDict):
    """What a comment should say. `version` may stand here instead of `If-Match`."""

    body: Text
    version: NotRequired[Version]
