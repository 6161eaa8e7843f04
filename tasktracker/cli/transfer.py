"""`export` and `import`."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from tasktracker.cli.database import opened
from tasktracker.cli.errors import CannotGoOn
from tasktracker.cli.people import owner, person
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.models import Account
from tasktracker.services.transfer.csv_lines import TableOptions
from tasktracker.services.transfer.exporting import export_project
from tasktracker.services.transfer.importing import ImportOptions, import_project
from tasktracker.services.transfer.lines import ImportReport

_SHOWN = 50
"""Wrong lines that are shown; who has more mends these first."""


async def export_to(key: str, target: Path | None, file_format: str | None, email: str | None) -> None:
    """Write the project to a file, or to standard output."""
    wanted = file_format or _format_of(target) or "json"
    async with opened():
        parts = await export_project(await _actor(email), key, wanted)
        if target is None:
            async for part in parts:
                sys.stdout.buffer.write(part)
            return
        unfinished = target.with_name(f"{target.name}.part")
        with unfinished.open("wb") as file:
            async for part in parts:
                file.write(part)
        unfinished.replace(target)
        typer.echo(f"Wrote {target}: project {key} as {wanted}.")


async def import_from(key: str, source: Path, options: ImportOptions, email: str | None) -> bool:
    """Import the file and say what became of its lines. Returns whether it was imported, or would be."""
    content = await asyncio.to_thread(_read, source)
    async with opened():
        actor = await _actor(email)
        report = await import_project(actor, key, content, options)
        _tell(report)
        typer.echo(_verdict(key, report, (await Account.get(id=actor.account_id)).email))
    return report.imported or (report.dry_run and (options.skip_errors or not report.counts["error"]))


def options_for(
    source: Path, file_format: str | None, mapping: Sequence[str], date_format: str | None, *, dry: bool, skip: bool
) -> ImportOptions:
    """What the command's arguments say. Raises CannotGoOn, Invalid."""
    found = file_format or _format_of(source)
    if found not in ("csv", "json"):
        raise CannotGoOn(f"Say what {source} is: --format csv or --format json.")
    return ImportOptions(
        "csv" if found == "csv" else "json", dry, skip, TableOptions(_pairs(mapping), date_format=date_format)
    )


def _read(source: Path) -> bytes:
    if str(source) == "-":
        return sys.stdin.buffer.read()
    try:
        return source.read_bytes()
    except OSError as error:
        raise CannotGoOn(f"{source} cannot be read: {error.strerror}.") from None


def _pairs(mapping: Sequence[str]) -> dict[str, str] | None:
    pairs: dict[str, str] = {}
    for each in mapping:
        column, sign, field = each.rpartition("=")
        if not sign:
            raise Invalid.at("/mapping", f"Write a column and its field as “Summary=title”, not “{each}”.")
        pairs[column] = field
    return pairs or None


def _format_of(path: Path | None) -> str | None:
    return path.suffix.lower().lstrip(".") or None if path else None


async def _actor(email: str | None) -> Actor:
    return await (person(email) if email else owner())


def _tell(report: ImportReport) -> None:
    if report.table:
        columns = ", ".join(f"{name} → {field}" for name, field in report.table.mapping.items())
        typer.echo(f"Read as {report.table.encoding}, divided by “{report.table.delimiter}”: {columns}")
        if report.table.ignored:
            typer.echo(f"Passed over: {', '.join(report.table.ignored)}")
    wrong = [line for line in report.lines if line.problems]
    for line in wrong[:_SHOWN]:
        for problem in line.problems:
            typer.secho(f"  line {line.line}, {problem.pointer or 'as a whole'}: {problem.detail}", fg=typer.colors.RED)
    if len(wrong) > _SHOWN:
        typer.echo(f"  … and {len(wrong) - _SHOWN:,} more lines")
    for what, names in report.left_out.items():
        if names:
            typer.echo(f"Not here, and left out ({what}): {', '.join(names[:_SHOWN])}")
    typer.echo(", ".join(f"{count:,} {_OUTCOMES[outcome]}" for outcome, count in report.counts.items()) + ".")


_OUTCOMES = {"create": "new", "update": "changed", "unchanged": "unchanged", "error": "wrong"}


def _verdict(key: str, report: ImportReport, email: str) -> str:
    if report.dry_run:
        return "This was a dry run: nothing has changed."
    if not report.imported:
        return "Nothing was imported. Mend the wrong lines, or leave them out with --skip-errors."
    if report.command is None:
        return f"Project {key} had all of it already."
    return f"Imported. To take it back: tasktracker undo {key} --as {email} --revision {report.command}"
