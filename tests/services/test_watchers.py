import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Clash, Forbidden, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.domain.references import TaskRef
from tasktracker.models import Task
from tasktracker.services import comments, projects, tasks
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.watchers import LIMIT, unwatch, watch
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, outcomes_of


async def scene() -> tuple[Team, TaskRef]:
    """A team with a task that its owner made, and so watches."""
    team = await make_team()
    return team, team.ref((await team.task()).number)


async def fill(team: Team, count: int) -> None:
    """Let so many strangers watch the team's only task."""
    await Task.filter(project_id=team.project.id).update(watcher_ids=[new_id() for _ in range(count)])


async def role_of(team: Team, role: str) -> Actor:
    person = await team.person()
    await projects.set_project_member(team.owner, team.key, person.account_id, role)
    return person


async def test_who_only_reads_watches_for_themselves_and_for_nobody_else() -> None:
    team, ref = await scene()
    viewer, other = await role_of(team, "viewer"), await team.person()
    assert (await watch(viewer, ref, viewer.account_id)).watcher_ids == [team.owner.account_id, viewer.account_id]
    for call in (watch(viewer, ref, other.account_id), unwatch(viewer, ref, team.owner.account_id)):
        assert isinstance(await outcome_of(call), Forbidden)
    assert (await unwatch(viewer, ref, viewer.account_id)).watcher_ids == [team.owner.account_id]


async def test_who_changes_tasks_lets_others_watch_and_takes_them_off() -> None:
    team, ref = await scene()
    editor, other = await team.person(), await team.person()
    assert (await watch(editor, ref, other.account_id)).watcher_ids == [team.owner.account_id, other.account_id]
    view = await unwatch(editor, ref, team.owner.account_id)
    assert (view.watcher_ids, view) == ([other.account_id], await get_task(editor, ref))


async def test_the_history_tells_who_watches() -> None:
    team, ref = await scene()
    other = await team.person()
    await watch(other, ref, other.account_id)
    newest = (await list_history(team.owner, ref)).items[0]
    before, after = [str(team.owner.account_id)], [str(team.owner.account_id), str(other.account_id)]
    assert (newest.kind, newest.actor_id) == ("TaskEdited", other.account_id)
    assert newest.changes == [{"field": "watcher_ids", "old": before, "new": after}]


async def test_watching_twice_and_stopping_twice_changes_nothing() -> None:
    team, ref = await scene()
    assert (await watch(team.owner, ref, team.owner.account_id)).version == 1
    once = await unwatch(team.owner, ref, team.owner.account_id)
    assert await unwatch(team.owner, ref, team.owner.account_id) == once


async def test_nobody_watches_what_they_may_not_see() -> None:
    team = await make_team(is_private=True)
    ref, stranger = team.ref((await team.task()).number), await make_team()
    colleague = await team.person()
    for account_id in (colleague.account_id, stranger.owner.account_id, new_id()):
        assert isinstance(await outcome_of(watch(team.owner, ref, account_id)), NotFound)
    assert isinstance(await outcome_of(watch(colleague, ref, colleague.account_id)), NotFound)
    assert isinstance(await outcome_of(watch(team.owner, team.ref(99), team.owner.account_id)), NotFound)


async def test_who_comments_watches_from_then_on_in_the_same_command() -> None:
    team, ref = await scene()
    commenter = await role_of(team, "commenter")
    await comments.add_comment(commenter, ref, "I know this one.")
    await comments.add_comment(commenter, ref, "It is the cache.")
    assert (await get_task(team.owner, ref)).watcher_ids == [team.owner.account_id, commenter.account_id]
    newest, edited, added, _created = (await list_history(team.owner, ref)).items
    assert (newest.kind, added.kind, edited.kind) == ("CommentAdded", "CommentAdded", "TaskEdited")
    assert added.command == edited.command != newest.command


async def test_a_full_task_takes_no_more_watchers_but_any_comment() -> None:
    team, ref = await scene()
    await fill(team, LIMIT)
    assert isinstance(await outcome_of(watch(team.owner, ref, team.owner.account_id)), Clash)
    await comments.add_comment(team.owner, ref, "Many of us.")
    task = await get_task(team.owner, ref)
    assert (len(task.watcher_ids), task.comment_count) == (LIMIT, 1)
    await unwatch(team.owner, ref, task.watcher_ids[0])
    assert (await watch(team.owner, ref, team.owner.account_id)).watcher_ids[-1] == team.owner.account_id


async def test_many_who_watch_at_once_all_do() -> None:
    team, ref = await scene()
    people = [await team.person() for _ in range(10)]
    await outcomes_of(watch(person, ref, person.account_id) for person in people)
    watching = set((await get_task(team.owner, ref)).watcher_ids)
    assert watching == {team.owner.account_id, *(person.account_id for person in people)}


@pytest.mark.parametrize("change", [watch, unwatch])
async def test_a_task_in_the_trash_is_left_alone(change: object) -> None:
    team, ref = await scene()
    other = await team.person()
    await tasks.trash_task(team.owner, ref)
    call = change(other, ref, other.account_id)  # type: ignore[operator]  # one of the two above
    assert "in the trash" in str(await outcome_of(call))
