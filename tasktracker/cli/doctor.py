"""`doctor`: looks at everything that has to be right, and says how to mend what is not."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime

import typer
from loguru import logger

from tasktracker.cli.database import database
from tasktracker.cli.errors import explain
from tasktracker.models.database import close_database, connection, open_database
from tasktracker.models.schema import schema_standing
from tasktracker.secrets.database_credentials import Where, connect
from tasktracker.secrets.sealing import KeyFile
from tasktracker.secrets.start import lends_users, seal_of, vault_of_process
from tasktracker.services.audit import audit_logs
from tasktracker.services.time_zones import unusable_zones
from tasktracker.settings import settings
from tasktracker.storage import open_storage

OLDEST_POSTGRES = 150_000
CLOCK_TOLERANCE = 5.0
"""Seconds that this machine's clock may differ from the database's."""


@dataclass(frozen=True)
class Finding:
    """What one check found: `mend` is empty when all is well."""

    what: str
    mend: str = ""


async def examine(*, audit: bool) -> bool:
    """Run the checks in order, print each; returns whether all is well."""
    findings = [_show(check()) for check in (_python, _settings, _secrets)]
    try:
        async with database() as where:
            findings += await _examine_database(where, audit=audit)
    except Exception as error:
        if (sentence := explain(error)) is None:
            raise
        findings.append(_show(Finding(sentence, _database_mend())))
    findings.append(_show(await _storage()))
    return not any(finding.mend for finding in findings)


async def _examine_database(where: Where, *, audit: bool) -> list[Finding]:
    await open_database(where, pool_min=1, pool_max=2)
    try:
        findings = [_show(await check()) for check in (_version, _clock, _schema)]
        findings.append(_show(await _notify(where)))
        if not findings[2].mend:
            findings.append(_show(await _time_zones()))
            findings += [_show(await _audit())] if audit else []
    finally:
        await close_database()
    return findings


def _python() -> Finding:
    return Finding(f"Python {sys.version.split()[0]}")


def _settings() -> Finding:
    shipped = f"PostgreSQL that ships with it, in {settings().folder}"
    where = "TASKTRACKER_DATABASE_URL" if settings().database_url else shipped
    return Finding(f"settings: database from {where}")


def _secrets() -> Finding:
    seal = seal_of(settings())
    if (vault := vault_of_process()) is not None:
        lent = "a database user" if lends_users(settings()) else "no database user, since the address names one"
        return Finding(f"secrets: from {vault}: settings, {lent}; stored ones are sealed with {seal}")
    made = "" if not isinstance(seal, KeyFile) or seal.is_made else " (made when the first is)"
    return Finding(f"secrets: no Vault; settings from the environment; stored ones are sealed with {seal}{made}")


async def _version() -> Finding:
    rows = await connection().execute_query_dict(
        "SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number"
    )
    found = Finding(f"database: PostgreSQL {rows[0]['version']} answers")
    too_old = rows[0]["number"] < OLDEST_POSTGRES
    return Finding(found.what, "Upgrade it to PostgreSQL 15 or later.") if too_old else found


async def _clock() -> Finding:
    before = datetime.now(UTC)
    rows = await connection().execute_query_dict("SELECT clock_timestamp() AS at")
    seconds = abs((rows[0]["at"] - before).total_seconds())
    wrong = seconds > CLOCK_TOLERANCE
    return Finding(f"clock: {seconds:.1f} s from the database's", "Set this machine's clock (NTP)." if wrong else "")


async def _schema() -> Finding:
    standing = await schema_standing()
    if standing.pending:
        return Finding(f"schema: {', '.join(standing.pending)} not applied", "Run `tasktracker migrate`.")
    if standing.shut_out_by:
        removed = f"schema: a newer release's {', '.join(standing.shut_out_by)} removed what this program uses"
        return Finding(removed, "Start that release, or one right before it.")
    newer = f", with a newer release's {', '.join(standing.newer)}, which do no harm" if standing.newer else ""
    return Finding(f"schema: at head{newer}")


async def _notify(where: Where) -> Finding:
    heard = asyncio.Event()
    listener = await connect(where)
    try:
        await listener.add_listener("tasktracker_doctor", lambda *_: heard.set())
        await connection().execute_query_dict("SELECT pg_notify('tasktracker_doctor', '')")
        await asyncio.wait_for(heard.wait(), 2)
    except TimeoutError:
        mend = "Connect to PostgreSQL itself and not through a pooler in transaction mode: LISTEN needs a session."
        return Finding("live changes: a NOTIFY did not arrive", mend)
    finally:
        await listener.close()
    return Finding("live changes: NOTIFY arrives")


async def _time_zones() -> Finding:
    zones = await unusable_zones()
    if not zones:
        return Finding("time zones: program and database agree on those that people have chosen")
    mend = ("What falls due for these people goes wrong. Let them choose another place with the same time in their "
            "settings, or bring the time zones of the database's machine up to date.")  # fmt: skip
    return Finding(f"time zones: people have chosen {', '.join(zones)}, which only one of the two knows", mend)


async def _audit() -> Finding:
    report = await audit_logs()
    what = f"audit: {report.events:,} events in {report.logs} logs, {report.seconds:.1f} s"
    if not report.broken:
        return Finding(f"{what}, every hash chain holds")
    for link in report.broken:
        typer.echo(f"      {link}")
    return Finding(what, "The log was changed outside of the program. Keep the database as it is, restore a backup "
                   "beside it, and compare from the revisions named above.")  # fmt: skip


async def _storage() -> Finding:
    logger.disable("tasktracker.storage")  # what it would write into a server's log is said here
    storage = open_storage(settings())
    trouble = await storage.check()
    if trouble:
        return Finding(f"attachments: {storage} cannot be used", trouble)
    return Finding(f"attachments: written to, read from and deleted from {storage}")


def _database_mend() -> str:
    if settings().database_url:
        return "Check TASKTRACKER_DATABASE_URL: host, port, user, password, name, and that the server is up."
    return "See the reason above; the server's own log is server.log in the data folder."


def _show(finding: Finding) -> Finding:
    mark = typer.style("mend", fg=typer.colors.RED) if finding.mend else typer.style("ok  ", fg=typer.colors.GREEN)
    typer.echo(f"{mark}  {finding.what}")
    if finding.mend:
        typer.echo(f"      → {finding.mend}")
    return finding
