"""Whole projects, and tables of tasks: in and out."""

from typing import Annotated, Any, Literal, NotRequired

from fastapi import Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from typing_extensions import TypedDict

from tasktracker.api.deps import Key, SignedIn
from tasktracker.api.describe import answers, example_body, refused
from tasktracker.api.imports import ImportRoute, file_of, in_address, mapped_column
from tasktracker.api.problems import CLASH, NOT_FOUND, TOO_LARGE
from tasktracker.api.routing import api_router
from tasktracker.api.schemas import strict
from tasktracker.domain.text import inside
from tasktracker.services.transfer.csv_lines import TableOptions
from tasktracker.services.transfer.exporting import export_project
from tasktracker.services.transfer.importing import ImportOptions, import_project
from tasktracker.services.transfer.json_document import FORMAT, LISTS, VERSION
from tasktracker.services.transfer.lines import ImportReport
from tasktracker.services.transfer.preview import TablePreview
from tasktracker.services.transfer.preview import preview_csv as preview

router = api_router("Import and export")
imports = api_router("Import and export", ImportRoute)
_PROJECT = "/projects/{key:segment}"
Format = Literal["csv", "json"]
Delimiter = Literal[",", ";", "\t", "|"]
Dates = Literal["YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "YYYY/MM/DD", "DD-MM-YYYY", "MM-DD-YYYY"]
_DRY_RUN = "True: report what would come of it, and change nothing."
_SKIP = "True: leave wrong lines out. Else one wrong line keeps everything out."
_DELIMITER = "Of a CSV: `,`, `;`, a tab or `|`; found out unless told."
_DATES = "How days are written in a CSV; found out unless told, if it can be."
_HEADER = "Whether the first line of a CSV names its columns; found out unless told."
_SOURCE = "What `external_source` is to be for tasks of a CSV that has no such column; `csv` unless told."


@strict
class Import(TypedDict):
    """A file to import, and how."""

    format: Format
    content: Annotated[
        Any,
        Field(
            description="The file as text; JSON may stand here as it is.",
            json_schema_extra={"anyOf": [{"type": "string"}, {"type": "object"}]},
        ),
    ]
    mapping: NotRequired[
        Annotated[dict[str, str], Field(description="Which column of a CSV becomes which field; guessed unless told.")]
    ]
    dry_run: NotRequired[Annotated[bool, Field(description=_DRY_RUN)]]
    skip_errors: NotRequired[Annotated[bool, Field(description=_SKIP)]]
    delimiter: NotRequired[Annotated[Delimiter, Field(description=_DELIMITER)]]
    date_format: NotRequired[Annotated[Dates, Field(description=_DATES)]]
    has_header: NotRequired[Annotated[bool, Field(description=_HEADER)]]
    source: NotRequired[Annotated[str, Field(description=_SOURCE)]]


_IMPORT: dict[str, Any] = {
    "format": "csv",
    "content": "Summary,Status,Due\nFix the login,Done,2026-11-30\nWrite the manual,Somewhere,\n",
    "mapping": {"Summary": "title", "Status": "column", "Due": "due"},
    "dry_run": True,
}
_REPORT: dict[str, Any] = {
    "format": "csv",
    "imported": False,
    "dry_run": True,
    "command": None,
    "counts": {"create": 1, "update": 0, "unchanged": 0, "error": 1},
    "added": {"labels": []},
    "left_out": {"relations": []},
    "table": {
        "encoding": "text",
        "delimiter": ",",
        "has_header": True,
        "mapping": {"Summary": "title", "Status": "column", "Due": "due"},
        "ignored": [],
        "date_format": None,
    },
    "lines": [
        {"line": 2, "outcome": "create", "ref": "WEB-15", "problems": []},
        {
            "line": 3,
            "outcome": "error",
            "ref": None,
            "problems": [{"pointer": "/Status", "detail": "There is no column “Somewhere”; there are To do, Done."}],
        },
    ],
}
_PREVIEW: dict[str, Any] = {
    "encoding": "utf-8",
    "delimiter": ",",
    "has_header": True,
    "lines": 1,
    "columns": [{"name": "Summary", "field": "title", "samples": ["Fix the login"]}],
    "fields": [{"field": "title", "name": None}, {"field": "custom.severity", "name": "Severity"}],
}
_DOCUMENT: dict[str, Any] = {
    "format": "tasktracker-project",
    "version": 1,
    "exported_at": "2026-11-23T09:15:00+00:00",
    "project": {"id": "019a5c20-0d11-7f3e-8a22-4e7f90a1b200", "key": "WEB", "name": "Web site"},
    "columns": [{"name": "Done", "category": "done", "wip_limit": None}],
    "labels": [{"name": "bug", "color": "#e5484d"}],
    "custom_fields": [],
    "templates": [],
    "tasks": [{"ref": "WEB-12", "title": "Fix the login", "column": "Done", "labels": ["bug"], "assignees": ["ana"]}],
}
_TABLE = "ref,title,column\nWEB-12,Fix the login,Done\n"
_EXPORTS = answers(_DOCUMENT, NOT_FOUND)
_EXPORTS[200]["model"] = dict[str, Any]  # for the reference alone: the file comes in pieces
_EXPORTS[200]["content"]["text/csv"] = {"schema": {"type": "string"}, "example": _TABLE}


_RAW_TABLE: dict[str, Any] = {
    "text/csv": {
        "schema": {"type": "string", "format": "binary"},
        "examples": {"example": {"value": _IMPORT["content"]}},
    }
}
_RAW_DOCUMENT: dict[str, Any] = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["format", "version"],
            "properties": {
                "format": {"type": "string", "enum": [FORMAT]},
                "version": {"type": "integer", "enum": [VERSION]},
                "project": {"type": "object", "description": "The project's settings."},
                **{name: {"type": "array", "items": {"type": "object"}} for name in LISTS},
            },
        },
        "examples": {"example": {"value": _DOCUMENT}},
    }
}


def _raw(content: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": content}}


@imports.post(_PROJECT + "/import", summary="Import a file", responses=answers(_REPORT, NOT_FOUND, CLASH))
async def import_file(key: Key, body: Annotated[Import, example_body(_IMPORT)], actor: SignedIn) -> ImportReport:
    """Imports tasks from a CSV file, or a whole project from our own JSON, and reports line by line.

    All of it is one command, and one undo. A task is known again by `external_source` and `external_id`, or by its
    reference, so that the same file imported twice changes nothing. `imported` is false if a line is wrong and
    `skip_errors` was not asked for, and for a dry run. JSON needs the right to manage the project.
    """
    fields: dict[str, Any] = {**body}
    content = file_of(fields.pop("content"), body["format"])
    with inside("/content" if body["format"] == "json" else ""):
        return await import_project(actor, key, content, _options(**fields))


@imports.post(
    _PROJECT + "/import/csv",
    summary="Import a CSV file as it is",
    openapi_extra=_raw(_RAW_TABLE),
    responses=answers(_REPORT, NOT_FOUND, CLASH) | refused(TOO_LARGE),
)
async def import_csv(  # noqa: PLR0913  each is a parameter in the address
    key: Key,
    actor: SignedIn,
    request: Request,
    *,
    column: Annotated[
        list[str] | None, Query(description="`Summary=title`, once for each column; guessed unless told.")
    ] = None,
    dry_run: Annotated[bool, Query(description=_DRY_RUN)] = False,
    skip_errors: Annotated[bool, Query(description=_SKIP)] = False,
    delimiter: Annotated[Delimiter | None, Query(description=_DELIMITER)] = None,
    date_format: Annotated[Dates | None, Query(description=_DATES)] = None,
    has_header: Annotated[bool | None, Query(description=_HEADER)] = None,
    source: Annotated[str, Query(description=_SOURCE)] = "csv",
) -> ImportReport:
    """The same with the file as the body: in UTF-8, UTF-16 or Windows' Western encoding, with a BOM or without."""
    mapping = dict(mapped_column(each, index) for index, each in enumerate(column)) if column else None
    table = TableOptions(mapping, delimiter, date_format, has_header, source)
    options = ImportOptions("csv", dry_run, skip_errors, table)
    with in_address(column or []):
        return await import_project(actor, key, await request.body(), options)


@imports.post(
    _PROJECT + "/import/csv:preview",
    summary="Look at a CSV file",
    openapi_extra=_raw(_RAW_TABLE),
    responses=answers(_PREVIEW, NOT_FOUND) | refused(TOO_LARGE),
)
async def preview_csv(
    key: Key,
    actor: SignedIn,
    request: Request,
    *,
    delimiter: Annotated[Delimiter | None, Query(description=_DELIMITER)] = None,
    has_header: Annotated[bool | None, Query(description=_HEADER)] = None,
) -> TablePreview:
    """Says how the file in the body is understood, what its columns could become, and what stands in them first.

    Nothing is imported.
    """
    return await preview(actor, key, await request.body(), TableOptions(None, delimiter, None, has_header))


@imports.post(
    _PROJECT + "/import/json",
    summary="Import an export as it is",
    openapi_extra=_raw(_RAW_DOCUMENT),
    responses=answers(_REPORT, NOT_FOUND, CLASH) | refused(TOO_LARGE),
)
async def import_json(
    key: Key,
    actor: SignedIn,
    request: Request,
    *,
    dry_run: Annotated[bool, Query(description=_DRY_RUN)] = False,
    skip_errors: Annotated[bool, Query(description=_SKIP)] = False,
) -> ImportReport:
    """The same for a JSON file of ours as the body, just as an export answered it."""
    return await import_project(actor, key, await request.body(), ImportOptions("json", dry_run, skip_errors))


@router.get(_PROJECT + "/export", summary="Export a project", response_class=Response, responses=_EXPORTS)
async def export(
    key: Key,
    actor: SignedIn,
    file_format: Annotated[Format, Query(alias="format", description="The kind of file.")] = "json",
) -> Response:
    """The whole project as JSON, which can be imported again, or its tasks as CSV. It comes in pieces as it is read.

    Not in it: what is in the trash, the history, and the files at tasks. The CSV holds no comments either.
    """
    parts = await export_project(actor, key, file_format)
    media_type = {"json": "application/json", "csv": "text/csv; charset=utf-8; header=present"}[file_format]
    headers = {
        "Content-Disposition": f'attachment; filename="{key}.{file_format}"',
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(parts, headers=headers, media_type=media_type)


def _options(
    format: Format,  # noqa: A002  as it is called in the body
    mapping: dict[str, str] | None = None,
    *,
    dry_run: bool = False,
    skip_errors: bool = False,
    **table: Any,
) -> ImportOptions:
    return ImportOptions(format, dry_run, skip_errors, TableOptions(mapping, **table))
