"""What requests may hold. Types are strict and unknown fields are refused; absent and null are different things.

The services check what is in a field; here stands only what is documented, and what must hold before they can look.
"""

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from tasktracker.domain.task_fields import CATEGORIES, ESTIMATE_MAX, LIST_LIMIT, TITLE_LIMIT
from tasktracker.domain.text import BODY_LIMIT
from tasktracker.services.columns import WIP_LIMIT_MAX

strict = with_config(ConfigDict(extra="forbid", strict=True))
"""For a body: types as they are in JSON, and no other fields."""


def _line(limit: int) -> Any:
    """One line of text. Limits are told here, and checked by the services, in their own words."""
    return Field(json_schema_extra={"minLength": 1, "maxLength": limit})


def _text(limit: int, *, least: int = 0) -> Any:
    lengths: dict[str, Any] = {"minLength": least, "maxLength": limit} if least else {"maxLength": limit}
    return Field(description="Markdown.", json_schema_extra=lengths)


Name = Annotated[str, _line(100)]
ShortName = Annotated[str, _line(50)]
Title = Annotated[str, _line(TITLE_LIMIT)]
Email = Annotated[str, Field(json_schema_extra={"pattern": r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*$", "maxLength": 254})]
Password = Annotated[str, Field(json_schema_extra={"minLength": 10, "maxLength": 200})]
Id = Annotated[str, Field(json_schema_extra={"format": "uuid"})]
Ids = Annotated[list[Id], Field(json_schema_extra={"maxItems": LIST_LIMIT})]
Color = Annotated[
    str, Field(description="`#rrggbb`", examples=["#3b82f6"], json_schema_extra={"pattern": "^#[0-9A-Fa-f]{6}$"})
]
Text = Annotated[str, _text(BODY_LIMIT)]
Words = Annotated[str, _text(BODY_LIMIT, least=1)]
ProjectText = Annotated[str, _text(10_000)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="The version that the change is based on.")]
Number = Annotated[int, Field(ge=1, le=2**31 - 1, description="The number of a task in the same project.")]
Priority = Annotated[str, Field(json_schema_extra={"enum": ["none", "low", "medium", "high", "urgent"]})]
Category = Annotated[str, Field(json_schema_extra={"enum": list(CATEGORIES)})]
When = Annotated[
    str | None,
    Field(
        description="A day as YYYY-MM-DD, a moment with its offset (RFC 3339), or null for none.",
        examples=["2026-11-30", "2026-11-30T17:00:00+01:00"],
        json_schema_extra={
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
                {"type": "null"},
            ]
        },
    ),
]
Moment = Annotated[
    str,
    Field(
        description="A moment with its offset (RFC 3339).",
        examples=["2026-11-30T17:00:00+01:00"],
        json_schema_extra={"format": "date-time"},
    ),
]
Estimate = Annotated[
    float | None,
    Field(
        description="By whatever the team counts.",
        json_schema_extra={"minimum": 0, "maximum": ESTIMATE_MAX},
    ),
]
Parent = Annotated[
    str | None,
    Field(
        description="The task that this is a subtask of.",
        examples=["WEB-3"],
        json_schema_extra={"pattern": "^[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}$"},
    ),
]
WipLimit = Annotated[
    int | None,
    Field(
        description="How many tasks fit in; null for any number.",
        json_schema_extra={"minimum": 1, "maximum": WIP_LIMIT_MAX},
    ),
]
Custom = Annotated[
    dict[str, Any],
    Field(description="Values of the project's custom fields by their keys; a key that is absent stays as it is."),
]
Source = Annotated[
    str | None,
    Field(
        description="Where the task was imported from, such as `github`.",
        json_schema_extra={"minLength": 1, "maxLength": 50},
    ),
]
SourceId = Annotated[
    str | None,
    Field(
        description="What it is called there. No two tasks of a project share both.",
        json_schema_extra={"minLength": 1, "maxLength": 200},
    ),
]
ProjectKey = Annotated[
    str,
    Field(
        description="2 to 10 capital letters and digits. It stays for good.",
        examples=["WEB"],
        json_schema_extra={"pattern": "^[A-Z][A-Z0-9]{1,9}$"},
    ),
]
Days = Annotated[
    int,
    Field(
        description="How many days it lasts; 90 unless told.",
        json_schema_extra={"minimum": 1, "maximum": 3650},
    ),
]
Recurrence = Annotated[
    dict[str, Any] | None,
    Field(
        description="How the task comes back when it is completed: a `rule`, which is an RRULE (RFC 5545) by days, "
        "weeks, months or years, counted `from` the `due` date or from `completion`. Null for never.",
        examples=[{"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "from": "due"}],
    ),
]
TaskState = Literal["active", "archived", "trashed"]


@strict
class SignIn(TypedDict):
    """Who wants to sign in."""

    email: str
    password: str


@strict
class SetUp(TypedDict):
    """The first start: the workspace and its owner."""

    workspace: Name
    name: Name
    email: Email
    password: Password


@strict
class NewToken(TypedDict):
    """A token for a program; it may do what its maker may do, or only read."""

    name: Name
    days: NotRequired[Days]
    may_write: NotRequired[Annotated[bool, Field(description="False: it can read and nothing else.")]]


@strict
class NewProject(TypedDict):
    """A project to create."""

    key: ProjectKey
    name: Name
    description: NotRequired[ProjectText]
    color: NotRequired[Color]
    is_private: NotRequired[Annotated[bool, Field(description="True: it exists for its members only.")]]


@strict
class ProjectEdit(TypedDict, total=False):
    """The fields of a project to set."""

    name: Name
    description: ProjectText
    color: Color
    is_private: bool
    requires_version: Annotated[bool, Field(description="True: an edit must say which version it is based on.")]


@strict
class ProjectCopy(TypedDict):
    """Another project like this one."""

    key: ProjectKey
    name: Name
    with_tasks: NotRequired[Annotated[bool, Field(description="True: with the tasks on the board.")]]


@strict
class MemberRole(TypedDict):
    """A role in one project."""

    role: Annotated[str, Field(json_schema_extra={"enum": ["manager", "editor", "commenter", "viewer"]})]


@strict
class NewColumn(TypedDict):
    """A column to add at the end of the board."""

    name: ShortName
    category: Category
    wip_limit: NotRequired[WipLimit]


@strict
class ColumnEdit(TypedDict, total=False):
    """The fields of a column to set."""

    name: ShortName
    category: Category
    wip_limit: WipLimit


@strict
class ColumnMove(TypedDict):
    """A new place for a column: right after another one, or first (null)."""

    after: Annotated[UUID, Field(strict=False)] | None


@strict
class NewLabel(TypedDict):
    """A label to add."""

    name: ShortName
    color: NotRequired[Color]


@strict
class LabelEdit(TypedDict, total=False):
    """The fields of a label to set."""

    name: ShortName
    color: Color


@with_config(
    ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={"anyOf": [{"required": ["title"]}, {"required": ["template"]}]},
    )
)
class NewTask(TypedDict):
    """A task to create. Without a column it goes to the first one for work that is not started."""

    template: NotRequired[Annotated[UUID, Field(strict=False, description="What to take the other fields from.")]]
    title: NotRequired[Annotated[Title, Field(description="Needed, unless the template has one.")]]
    description: NotRequired[Text]
    column_id: NotRequired[Id]
    priority: NotRequired[Priority]
    assignee_ids: NotRequired[Ids]
    label_ids: NotRequired[Ids]
    start: NotRequired[When]
    due: NotRequired[When]
    estimate: NotRequired[Estimate]
    parent: NotRequired[Parent]
    recurrence: NotRequired[Recurrence]
    custom: NotRequired[Custom]
    external_source: NotRequired[Source]
    external_id: NotRequired[SourceId]


@strict
class TaskEdit(TypedDict, total=False):
    """The fields of a task to set. `version` may stand here instead of `If-Match`."""

    title: Title
    description: Text
    column_id: Id
    priority: Priority
    assignee_ids: Ids
    label_ids: Ids
    start: When
    due: When
    estimate: Estimate
    parent: Parent
    recurrence: Recurrence
    custom: Custom
    external_source: Source
    external_id: SourceId
    version: Version


@strict
class TaskCopy(TypedDict, total=False):
    """What to copy."""

    with_subtasks: Annotated[bool, Field(description="True: its subtasks too, all the way down.")]


@strict
class TaskMove(TypedDict):
    """A place on the board: in a column, right after or right before a task there; else at its end."""

    column_id: Id
    after: NotRequired[Number | None]
    before: NotRequired[Number | None]
    version: NotRequired[Version]


@strict
class NewComment(TypedDict):
    """Something to say."""

    body: Words


@strict
class CommentEdit(TypedDict):
    """What a comment should say. `version` may stand here instead of `If-Match`."""

    body: Words
    version: NotRequired[Version]
