"""What an index of words and people lists, it lists by time, too. What rules did is found in a log of any length.

The new indexes do for older programs what those did that are dropped: they begin with the same columns.
"""

from tortoise import migrations
from tortoise.migrations import operations as ops

COMMENTERS = """
    UPDATE task t SET commenter_ids = said.by FROM (
        SELECT c.task_id, array_agg(DISTINCT c.author_id) AS by FROM comment c WHERE c.deleted_at IS NULL
        GROUP BY c.task_id) said
    WHERE said.task_id = t.id
"""
KEEP_COMMENTERS = """FUNCTION keep_commenters() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.deleted_at IS NULL THEN
            UPDATE task SET commenter_ids = commenter_ids || NEW.author_id
            WHERE id = NEW.task_id AND NOT commenter_ids @> ARRAY[NEW.author_id];
        ELSE
            UPDATE task SET commenter_ids = array_remove(commenter_ids, NEW.author_id)
            WHERE id = NEW.task_id AND NOT EXISTS (SELECT FROM comment c
                WHERE c.task_id = NEW.task_id AND c.author_id = NEW.author_id AND c.deleted_at IS NULL);
        END IF;
        RETURN NULL;
    END $body$"""
"""What the database keeps by itself: who has said something about a task that is not deleted."""
TRIGGER = """TRIGGER "comment_commenters" AFTER INSERT OR UPDATE OF deleted_at ON comment
    FOR EACH ROW EXECUTE FUNCTION keep_commenters()"""

_BLOCKS = ", ".join(f"{length}::bigint << 27 | (seconds >> {10 + 2 * length})" for length in range(10))
TIME_BLOCKS = f"""FUNCTION time_blocks(moment timestamptz) RETURNS int[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $body$
    DECLARE seconds bigint := greatest(floor(date_part('epoch', moment AT TIME ZONE 'UTC')), 0);
    BEGIN
        RETURN ARRAY[{_BLOCKS}];
    END $body$"""
"""The parts of time that a moment lies in, one of each of ten lengths: of 1,024 seconds (a quarter of an hour), and each
four times as long as the last, up to eight and a half years. A part is its number, with the length's own number in the
bits above. An index of them finds what is of some time, however long that is, by a few numbers."""
TIME_LADDER = """FUNCTION time_ladder(newest timestamptz, below timestamptz) RETURNS TABLE (step int, blocks int[])
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE ROWS 12 AS $body$
    DECLARE
        known float8 := greatest(date_part('epoch', newest - below), 1024);
        high bigint := greatest(floor(date_part('epoch', below AT TIME ZONE 'UTC')), 0);
        low bigint;
        length bigint;
    BEGIN
        step := 2 * least(floor(ln(known / 1024) / ln(4)), 9);
        high := high >> (10 + step);
        LOOP
            length := step / 2;
            low := CASE WHEN step = 18 THEN 0 WHEN step % 2 = 0 THEN high >> 2 << 2 ELSE high - 3 END;
            blocks := ARRAY(SELECT length << 27 | block FROM generate_series(low, high) block);
            RETURN NEXT;
            EXIT WHEN low = 0;
            high := CASE WHEN step % 2 = 0 THEN low - 1 ELSE (low >> 2) - 1 END;
            step := step + 1;
        END LOOP;
    END $body$"""
"""All time up to a moment, in steps from the latest to the earliest: of each length up to four parts, to where four of
them begin together, and then four. So the time that was gone through about doubles with each step. The first length is
about a quarter of what it is from there to what is `newest`."""
FUNCTIONS = (KEEP_COMMENTERS, TIME_BLOCKS, TIME_LADDER)

_PLACES = "(ARRAY[project_id, workspace_id])"
INDEXES = (
    f"""INDEX "task_found" ON task USING gin (search, title gin_trgm_ops, assignee_ids, label_ids, watcher_ids,
        commenter_ids, (ARRAY[created_by_id]), (time_blocks(updated_at)), {_PLACES}, (ARRAY[shelf]))""",
    f'INDEX "comment_found" ON comment USING gin (search, (time_blocks(created_at)), {_PLACES})',
    """INDEX "event_of_rule" ON event (log_id, right(request_id, 10), revision) WHERE request_id LIKE 'rule:%'""",
)
REPLACED = (
    'INDEX "task_search" ON task USING gin (search)',
    'INDEX "task_ids" ON task USING gin (assignee_ids, label_ids, watcher_ids)',
    'INDEX "task_title_trigrams" ON task USING gin (title gin_trgm_ops)',
    'INDEX "comment_search" ON comment USING gin (search)',
)


def _named(index: str) -> str:
    return index.split('"')[1]


STATEMENTS = (
    (
        "ALTER TABLE task ADD COLUMN commenter_ids uuid[] NOT NULL DEFAULT '{}'",
        "ALTER TABLE task DROP COLUMN commenter_ids",
    ),
    *((f"CREATE {made}", f"DROP {made.split(' RETURNS')[0]} CASCADE") for made in FUNCTIONS),
    (f"CREATE {TRIGGER}", ""),
    (COMMENTERS, ""),
    *((f"CREATE {index}", f'DROP INDEX IF EXISTS "{_named(index)}"') for index in INDEXES),
    *((f'DROP INDEX "{_named(index)}"', f"CREATE {index}") for index in REPLACED),
)
"""Each with how it is undone."""


class Migration(migrations.Migration):
    dependencies = [("tasktracker", "0003_activity_indexes")]

    initial = False

    operations = [
        ops.RunSQL([done for done, _ in STATEMENTS], [undone for _, undone in reversed(STATEMENTS) if undone])
    ]
