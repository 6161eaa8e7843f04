"""No list and no read looks through a large table, or sorts one, however much there is in it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from tasktracker.models import Comment, Project, Task, Workspace
from tasktracker.services import attachments, sessions
from tasktracker.services.queries import activity, boards, history, notifications, past_boards, reports, uses
from tasktracker.services.queries.cursors import moment_cursor
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.relocation import transfer_task
from tasktracker.services.rules import add_rule
from tasktracker.services.saved_views import create_view
from tests.explain.filling import BIG, SMALL, Filled
from tests.explain.lists import LISTS
from tests.explain.plans import faults_of
from tests.factories import Team, make_session
from tests.services.test_round_trips import READS, Scene
from tests.shelf import Shelf, in_pieces

pytestmark = pytest.mark.explain

OF_A_WHOLE_PROJECT = {
    *(boards.board_json, past_boards.board_at, boards.project_patch),
    *(reports.flow, reports.burndown, reports.cycle_time, reports.throughput, uses.count_uses),
}
"""What shows all that is on a board, or counts all that there is or has happened.

It takes as long as that is, so it is looked at in the small project alone.
"""
FEW_ROWS = 5_000
"""That a step may take of those in the order of their latest change, however many fit."""
BY_TIME = (
    *("search for ", "a common word", "a rare word", "a phrase", "bugs"),
    *("a label that few have", "a label that hardly any has", "what I commented on"),
)
"""What is sought by words, labels or people, from the latest change on, by how its name begins."""
_LONG_AGO = moment_cursor(datetime.now(UTC) - timedelta(days=4 * 365), UUID(int=0))
FAR_DOWN: dict[str, Callable[[Filled], Awaitable[object]]] = {
    "notifications": lambda filled: notifications.list_notifications(filled.owner, state="all", cursor=_LONG_AGO),
    "unread ones": lambda filled: notifications.list_notifications(filled.owner, cursor=_LONG_AGO),
    "snoozed ones": lambda filled: notifications.list_notifications(filled.owner, state="snoozed"),
    "events": lambda filled: history.list_events(filled.owner, BIG, after=500_000),
    **{
        f"{what}, in {where}": partial(read, by=by, kinds=kinds)
        for what, by, kinds in (
            ("what somebody did who did nothing", UUID(int=0), None),
            ("what became of rules", None, ("RuleAdded", "RuleEdited", "RuleDeleted")),
            ("what somebody did to rules who did nothing", UUID(int=0), ("RuleAdded", "RuleEdited", "RuleDeleted")),
        )
        for where, read in (
            ("all projects", lambda filled, **asked: activity.list_all_activity(filled.owner, **asked)),
            ("one of them", lambda filled, **asked: activity.list_all_activity(filled.owner, project=BIG, **asked)),
            ("a project", lambda filled, **asked: activity.list_activity(filled.owner, BIG, **asked)),
        )
    },
}


@pytest.fixture(scope="session")
async def scenes(years: Filled, shelf: Shelf) -> dict[str, Scene]:
    """The big project, and one with a thousand tasks on the board."""
    return {key: await _scene(years, key) for key in (BIG, SMALL)}


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_found_by_indexes(years: Filled, name: str) -> None:
    assert await faults_of(lambda: LISTS[name](years)) == []


@pytest.mark.parametrize("name", [name for name in LISTS if name.startswith(BY_TIME)])
async def test_what_is_found_by_its_latest_change_is_found_among_few(years: Filled, name: str) -> None:
    assert await faults_of(lambda: LISTS[name](years), FEW_ROWS) == []


@pytest.mark.parametrize("name", FAR_DOWN)
async def test_what_is_far_down_is_found_by_indexes(years: Filled, name: str) -> None:
    assert await faults_of(lambda: FAR_DOWN[name](years)) == []


@pytest.mark.parametrize(
    ("read", "key"),
    [(read, key) for read in READS for key in (BIG, SMALL) if key == SMALL or read not in OF_A_WHOLE_PROJECT],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
async def test_a_read_is_found_by_indexes(
    scenes: dict[str, Scene], read: Callable[..., Awaitable[object]], key: str
) -> None:
    assert await faults_of(lambda: read(*READS[read](scenes[key]))) == []


async def _scene(years: Filled, key: str) -> Scene:
    """Two tasks more, which stay in the database."""
    project = await Project.get(workspace_id=years.owner.workspace_id, key=key)
    workspace = await Workspace.get(id=years.owner.workspace_id)
    columns = {column.name: column for column in await list_columns(years.owner, key)}
    team = Team(workspace, years.owner, key, project, columns)
    secret, _ = await make_session(years.owner)
    task = await team.task("Here for a while")
    gone = await team.task("Gone elsewhere")
    await transfer_task(years.owner, team.ref(gone.number), "P2")
    comment = await Comment.filter(task__project_id=project.id).first()
    assert comment is not None
    spoken_of = await Task.get(id=comment.task_id)
    file = await attachments.add_attachment(years.owner, team.ref(spoken_of.number), "a.txt", in_pieces(b"Hello"))
    view = await create_view(years.owner, {"name": task.ref, "project": key})
    actor = await sessions.authenticate(secret)
    refs = team.ref(spoken_of.number), team.ref(gone.number)
    archive = [{"do": "archive"}]
    rule = await add_rule(years.owner, key, {"name": task.ref, "events": ["created"], "actions": archive})
    return Scene(team, actor, *refs, secret, comment.id, file.id, view.id, rule.id)
