"""How PostgreSQL runs a statement of ours, and what it must not do with a large table."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from decimal import Decimal
from typing import Any

import orjson
from tortoise.transactions import in_transaction

LARGE = {"task", "comment", "event", "notification"}
MOST = 50_000
"""Rows that a step may take from a large table, sort, or look at in vain."""
MODES = ("force_custom_plan", "force_generic_plan")
"""For its values, as PostgreSQL plans a statement at first unless it is told otherwise; once for all, as we tell it."""


async def faults_of(read: Callable[[], Awaitable[object]], most: int = MOST) -> list[str]:
    """What is wrong with the plans of the statements that a read sends: steps that take longer, the more there is.

    `most` is how many rows a step may take.
    """
    faults = []
    async with in_transaction() as db:
        raw = db._connection  # noqa: SLF001 -- Tortoise has no public way
        sent: list[Any] = []
        with raw.query_logger(sent.append):
            await read()
            await asyncio.sleep(0)  # the loggers are told a moment later
        for record in sent:
            await raw.execute(f"PREPARE examined AS {record.query}")
            values = f"({', '.join(map(_literal, record.args))})" if record.args else ""
            for mode in MODES:
                await raw.execute(f"SET LOCAL plan_cache_mode = {mode}")
                [row] = await raw.fetch(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE examined {values}")
                plan = orjson.loads(row[0])[0]["Plan"]
                faults += [f"{mode}: {fault}" for step in _steps(plan) for fault in _faults(step, most)]
            await raw.execute("DEALLOCATE examined")
    return faults


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if plan["Actual Loops"]:
        yield plan
        for part in plan.get("Plans", []):
            yield from _steps(part)


def _faults(step: dict[str, Any], most: int) -> Iterator[str]:
    table = step.get("Relation Name")
    loops = step["Actual Loops"]
    if step["Node Type"] == "Seq Scan" and table in LARGE:
        yield f"reads {table} from end to end"
    if table in LARGE and (rows := step["Actual Rows"] * loops) > most:
        yield f"takes {rows:,.0f} rows of {table}"
    if "Sort" in step["Node Type"]:
        rows = sum(part["Actual Rows"] * part["Actual Loops"] for part in step["Plans"][:1])
        if rows > most:
            yield f"sorts {rows:,.0f} rows by {step['Sort Key']}"
    for kind in ("Filter", "Index Recheck", "Join Filter"):
        rows = step.get(f"Rows Removed by {kind}", 0) * loops
        if rows > most and (table is None or table in LARGE):
            yield f"looks at {rows:,.0f} rows of {table or 'a join'} in vain ({step['Node Type']}, {kind})"


def _literal(value: Any) -> str:
    """A parameter as SQL; its type is that of the place where it stands."""
    match value:
        case None:
            return "NULL"
        case bool() | int() | float() | Decimal():
            return str(value)
        case bytes():
            return f"'\\x{value.hex()}'"
        case list():
            return _literal(f"{{{','.join(map(_element, value))}}}")
        case _:
            return "'" + str(value).replace("'", "''") + "'"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
