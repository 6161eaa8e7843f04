"""The reads: pages that can be walked to the end, cursors that cannot be made up, the board and the list agreeing."""

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.references import TaskRef
from tasktracker.models import Comment
from tasktracker.services import comments, labels, tasks
from tasktracker.services.queries.boards import board_json, revisions_of
from tasktracker.services.queries.cursors import decode_cursor, encode_cursor
from tasktracker.services.queries.history import list_comments, list_events, list_history
from tasktracker.services.queries.projects import list_people
from tasktracker.services.queries.tasks import get_task, list_tasks
from tasktracker.services.relations import relate
from tasktracker.services.views import TaskView
from tests.factories import make_team
from tests.services.outcomes import outcome_of, pointers_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
BAD_CURSORS = [
    "", "!", "é", "AAAA", "null", "\0", "e30", "W10",
    base64.urlsafe_b64encode(b"[" * 50_000).decode(),
    base64.urlsafe_b64encode(b"[" + b"9" * 5_000 + b"]").decode(),
    encode_cursor("x"), encode_cursor(None), encode_cursor(1.5), encode_cursor(True), encode_cursor(1, 2, 3),  # noqa: FBT003
]  # fmt: skip
TIME_AND_ID = [
    ("yesterday", "01890000-0000-7000-8000-000000000000"),
    ("2026-11-30T12:00:00+00:00", "5"),
    ("0001-01-01T00:00:00+14:00", "01890000-0000-7000-8000-000000000000"),
    ("9999-12-31T23:59:59-14:00", "01890000-0000-7000-8000-000000000000"),
]


@pytest.mark.parametrize("cursor", BAD_CURSORS, ids=range(len(BAD_CURSORS)))
async def test_a_cursor_that_no_answer_contained_is_refused(cursor: str) -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    for call in (
        list_tasks(team.owner, team.key, cursor=cursor),
        list_history(team.owner, ref, cursor=cursor),
        list_comments(team.owner, ref, cursor=cursor),
    ):
        assert await pointers_of(call) == ["/query/cursor"]


@pytest.mark.parametrize(("at", "last"), TIME_AND_ID)
async def test_a_cursor_with_an_impossible_moment_is_refused(at: str, last: str) -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    assert await pointers_of(list_comments(team.owner, ref, cursor=encode_cursor(at, last))) == ["/query/cursor"]


@settings(max_examples=60)
@given(st.text() | st.lists(JSON, max_size=3).map(lambda values: encode_cursor(*values)))
async def test_a_made_up_cursor_answers_with_a_page_or_a_refusal_and_never_fails(cursor: str) -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    for call in (
        list_tasks(team.owner, team.key, cursor=cursor),
        list_history(team.owner, ref, cursor=cursor),
        list_comments(team.owner, ref, cursor=cursor),
    ):
        outcome = await outcome_of(call)
        assert not isinstance(outcome, Exception) or isinstance(outcome, Invalid)


@given(st.lists(st.integers(0, 2**63) | st.uuids().map(str) | st.datetimes().map(str), min_size=1, max_size=2))
def test_a_cursor_reads_back_and_fits_into_an_address(values: list[int | str]) -> None:
    cursor = encode_cursor(*values)
    assert decode_cursor(cursor, *map(type, values)) == values
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("limit", [0, -1, 101, 10**30])
async def test_a_page_has_one_to_a_hundred_items(limit: int) -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    for call in (
        list_tasks(team.owner, team.key, limit=limit),
        list_history(team.owner, ref, limit=limit),
        list_comments(team.owner, ref, limit=limit),
        list_events(team.owner, team.key, limit=limit),
    ):
        assert await pointers_of(call) == ["/query/limit"]


async def test_a_walk_over_the_list_meets_every_task_once_while_others_are_added() -> None:
    team = await make_team()
    for number in range(25):
        await team.task(f"Task {number + 1}")
    seen: list[int] = []
    cursor = None
    for _ in range(25):
        page = await list_tasks(team.owner, team.key, limit=3, cursor=cursor)
        seen += [task.number for task in page.items]
        await team.task("Added meanwhile")
        if (cursor := page.cursor) is None:
            break
    assert seen == list(range(25, 0, -1))


async def test_lists_hold_what_is_active_archived_or_trashed() -> None:
    team = await make_team()
    for _ in range(4):
        await team.task()
    await tasks.archive_task(team.owner, team.ref(2))
    await tasks.trash_task(team.owner, team.ref(3))
    await tasks.archive_task(team.owner, team.ref(4))
    await tasks.trash_task(team.owner, team.ref(4))
    states = ("active", "archived", "trashed")
    found = {state: await list_tasks(team.owner, team.key, state=state) for state in states}
    numbers = {state: [task.number for task in page.items] for state, page in found.items()}
    assert numbers == {"active": [1], "archived": [2], "trashed": [4, 3]}
    assert await pointers_of(list_tasks(team.owner, team.key, state="all; --")) == ["/query/state"]


async def test_a_walk_over_comments_meets_every_one_in_order_also_those_of_one_moment() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    for number in range(11):
        await comments.add_comment(team.owner, ref, f"Comment {number}")
    await Comment.filter(author_id=team.owner.account_id).update(created_at=datetime.now(UTC) - timedelta(hours=1))
    seen: list[str] = []
    page = await list_comments(team.owner, ref, limit=4)
    seen += [each.body for each in page.items]
    await comments.add_comment(team.owner, ref, "Comment 11")
    while page.cursor:
        page = await list_comments(team.owner, ref, limit=4, cursor=page.cursor)
        seen += [each.body for each in page.items]
    assert sorted(seen) == sorted(f"Comment {number}" for number in range(12))
    assert seen[-1] == "Comment 11"


async def test_a_tasks_history_is_walked_back_to_its_creation() -> None:
    team = await make_team()
    ref = team.ref((await team.task("Title 0")).number)
    for number in range(1, 8):
        await tasks.edit_task(team.owner, ref, {"title": f"Title {number}"})
        await team.task("Another one in between")
    titles, cursor = [], None
    while True:
        page = await list_history(team.owner, ref, limit=3, cursor=cursor)
        titles += [change["new"] for event in page.items for change in event.changes if change["field"] == "title"]
        if (cursor := page.cursor) is None:
            break
    assert titles == [f"Title {number}" for number in range(7, -1, -1)]
    assert {event.task for event in page.items} == {str(ref)}


async def test_a_projects_events_are_read_on_without_a_gap_while_it_changes() -> None:
    team = await make_team()
    writers = asyncio.gather(*(team.task(f"Task {n}") for n in range(30)))
    after = 0
    revisions: list[int] = []
    while not writers.done() or revisions[-1] < 30:
        for event in await list_events(team.owner, team.key, after=after, limit=7):
            after = event.revision
            revisions.append(after)
    await writers
    while more := await list_events(team.owner, team.key, after=after):
        revisions += [event.revision for event in more]
        after = revisions[-1]
    assert revisions == list(range(1, len(revisions) + 1))
    assert await revisions_of([team.project.id]) == {team.project.id: len(revisions)}
    for wrong in (-1, 2**63):
        assert await pointers_of(list_events(team.owner, team.key, after=wrong)) == ["/query/after"]


async def test_the_board_shows_just_what_the_list_shows() -> None:
    team = await make_team()
    mark, person = await labels.add_label(team.owner, team.key, {"name": "bug"}), await team.person()
    for number, column in enumerate([*team.columns] * 3):
        people, marks = [str(person.account_id)] * (number % 2), [str(mark.id)] * (number % 3 == 0)
        await team.task(
            f"Ä “{number}”", column=column, priority="high", assignee_ids=people, label_ids=marks, due="2026-11-30"
        )
    await comments.add_comment(person, team.ref(1), "Hello")
    await tasks.edit_task(team.owner, team.ref(4), {"start": "2026-11-20", "estimate": 2.5, "parent": str(team.ref(1))})
    for blocked in (5, 6):
        await relate(team.owner, team.ref(4), "blocks", team.ref(blocked))
    await tasks.archive_task(team.owner, team.ref(2))
    await tasks.trash_task(team.owner, team.ref(3))
    board = orjson.loads(await board_json(team.owner, team.key))
    listed = (await list_tasks(team.owner, team.key, limit=100)).items
    assert sorted(board["cards"], key=lambda card: -card["number"]) == [_card(task) for task in listed]
    places = [(card["column_id"], card["position"].encode()) for card in board["cards"]]
    assert places == sorted(places)
    frame = board["project"]
    assert [column["name"] for column in frame["columns"]] == list(team.columns)
    assert [label["name"] for label in frame["labels"]] == ["bug"]
    assert {one["id"] for one in frame["people"]} == {str(each.id) for each in await list_people(team.owner)}


async def test_a_task_reads_the_same_one_by_one_and_in_the_list() -> None:
    team = await make_team()
    made = [await team.task(f"Task {n}") for n in range(3)]
    listed = (await list_tasks(team.owner, team.key)).items
    assert listed == [await get_task(team.owner, team.ref(task.number)) for task in listed] == made[::-1]


def _card(task: TaskView) -> dict[str, object]:
    """A task as the board draws it."""
    names = ("number", "title", "position", "priority", "comment_count", "version")
    card = {name: getattr(task, name) for name in (*names, "column_id", "start", "due", "estimate")}
    card |= {"assignee_ids": task.assignee_ids, "label_ids": task.label_ids}
    card["parent"] = TaskRef.parse(task.parent).number if task.parent else None
    card["blocked_by"] = [TaskRef.parse(each.ref).number for each in task.relations if each.kind == "blocked_by"]
    as_json: dict[str, object] = json.loads(orjson.dumps(card))
    return as_json
