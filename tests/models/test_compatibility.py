"""Which programs a schema is good for, and what a migration may do under which name."""

import importlib
import re
from collections.abc import Iterator

import pytest
from tortoise import fields
from tortoise.migrations import operations as ops

from tasktracker.models.compatibility import floor_of, shut_out_by, too_early
from tasktracker.models.schema import known_migrations

OLD = ["0001_initial", "0002_work_items"]
EXPANDED = [*OLD, "0103_estimates"]
CONTRACTED = [*EXPANDED, "0104_contract_after_0103_old_estimate"]
FIRST_RELEASES = {"0001_initial", "0002_work_items"}
"""Written before two releases ever shared a database."""


@pytest.mark.parametrize(
    ("known", "applied", "outcome"),
    [
        pytest.param(OLD, OLD, [], id="the same"),
        pytest.param(EXPANDED, OLD, [], id="an older schema lacks, and takes nothing"),
        pytest.param(OLD, EXPANDED, [], id="what a newer release added does no harm"),
        pytest.param(EXPANDED, CONTRACTED, [], id="one release back"),
        pytest.param(OLD, CONTRACTED, CONTRACTED[-1:], id="two releases back"),
        pytest.param(CONTRACTED, CONTRACTED, [], id="its own contraction"),
    ],
)
def test_a_program_starts_unless_a_newer_release_has_removed_what_it_uses(
    known: list[str], applied: list[str], outcome: list[str]
) -> None:
    assert shut_out_by(known, applied) == outcome


@pytest.mark.parametrize(
    ("pending", "applied", "outcome"),
    [
        pytest.param(CONTRACTED, [], [], id="an empty database"),
        pytest.param(["0103_estimates"], OLD, [], id="an expansion"),
        pytest.param(CONTRACTED[-1:], EXPANDED, [], id="release by release"),
        pytest.param(CONTRACTED[2:], OLD, CONTRACTED[-1:], id="over a release"),
    ],
)
def test_nothing_is_removed_while_programs_may_run_that_use_it(
    pending: list[str], applied: list[str], outcome: list[str]
) -> None:
    assert too_early(pending, applied) == outcome


@pytest.mark.parametrize("name", ["0004_contract_old", "0004_contract_after_3_old", "contract_after_0003_old"])
def test_a_contraction_is_named_with_the_migration_that_a_program_must_know(name: str) -> None:
    assert floor_of(name) is None


NARROWING = (ops.DeleteModel, ops.RemoveField, ops.RenameField, ops.RenameModel, ops.AlterField, ops.AddConstraint)
"""AlterField and AddConstraint, since what an older program writes may then be refused."""
SQL = re.compile(r"\b(DROP\s+(TABLE|COLUMN|TYPE|VIEW)|RENAME|SET\s+NOT\s+NULL|ALTER\s+COLUMN\s+\w+\s+TYPE|ADD\s+CHECK|"
                 r"ADD\s+CONSTRAINT|TRUNCATE)\b", re.IGNORECASE)  # fmt: skip


def narrowing(operations: list[ops.Operation]) -> list[str]:
    """What an older program would notice. A new field that must not be null and has no default in the database, too."""
    return [f"{type(each).__name__} {text}" for each in operations for text in _noticed(each)]


def _noticed(operation: ops.Operation) -> Iterator[str]:
    if isinstance(operation, NARROWING):
        yield str(vars(operation).get("name", ""))
    if isinstance(operation, ops.AddField):
        field = operation.field
        if isinstance(field, fields.Field) and not field.null and not getattr(field, "has_db_default", lambda: False)():
            yield operation.name
    if isinstance(operation, ops.RunSQL):
        yield from (found[0] for found in SQL.finditer(str(operation.sql)))


def test_what_older_programs_would_notice_is_named_a_contraction() -> None:
    assert {*known_migrations()} >= FIRST_RELEASES, "the folder is read"
    assert [wrong for name in known_migrations() if name not in FIRST_RELEASES for wrong in misnamed(name)] == []


def misnamed(name: str) -> list[str]:
    migration = importlib.import_module(f"tasktracker.migrations.{name}").Migration
    if (floor := floor_of(name)) is None:
        return [f"{name}, name it NNNN_contract_after_MMMM_what: {each}" for each in narrowing(migration.operations)]
    return [] if floor < int(name[:4]) else [f"{name} has to name an earlier one"]


def test_what_older_programs_would_notice_is_found() -> None:
    assert narrowing([ops.RemoveField("Task", "title")])
    assert narrowing([ops.RunSQL("ALTER TABLE task DROP COLUMN title")])
    assert narrowing([ops.AddField("Task", "size", fields.IntField())])
    assert not narrowing([ops.AddField("Task", "size", fields.IntField(null=True))])
    assert not narrowing([ops.AddField("Task", "size", fields.IntField(db_default=0))])
    assert not narrowing([ops.RunSQL("CREATE INDEX task_size ON task (size)")])
