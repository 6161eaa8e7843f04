import pytest

from tasktracker.domain.errors import Clash, Conflict, Forbidden, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.services import comments, projects, tasks
from tasktracker.services.queries.history import list_comments, list_history
from tasktracker.services.queries.tasks import get_task
from tests.factories import make_team
from tests.services.outcomes import outcome_of, outcomes_of, pointers_of


async def test_what_is_said_about_a_task_stands_in_its_order_and_is_counted() -> None:
    team = await make_team()
    ref, other = team.ref((await team.task()).number), await team.person()
    first = await comments.add_comment(team.owner, ref, "Who takes **this**?\r\n")
    second = await comments.add_comment(other, ref, "I do.")
    assert (await list_comments(team.owner, ref)).items == [first, second]
    assert (first.body, first.author_id) == ("Who takes **this**?", team.owner.account_id)
    task = await get_task(team.owner, ref)
    assert (task.comment_count, task.version, task.watcher_ids) == (2, 2, [first.author_id, second.author_id])
    assert [event.kind for event in (await list_history(team.owner, ref)).items] == [
        "TaskEdited", "CommentAdded", "CommentAdded", "TaskCreated",
    ]  # fmt: skip


@pytest.mark.parametrize("body", ["", "  \n\t ", None, 5, "x" * 100_001, "a\0b"])
async def test_a_comment_says_something_that_can_be_kept(body: object) -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    assert await pointers_of(comments.add_comment(team.owner, ref, body)) == ["/body"]


async def test_people_edit_what_they_wrote_themselves() -> None:
    team = await make_team()
    ref, author = team.ref((await team.task()).number), await team.person()
    said = await comments.add_comment(author, ref, "I do")
    edited = await comments.edit_comment(author, ref, said.id, "I do.", version=1)
    assert (edited.body, edited.version, edited.created_at) == ("I do.", 2, said.created_at)
    assert edited.edited_at is not None
    refusal = await outcome_of(comments.edit_comment(team.owner, ref, said.id, "He does."))
    assert isinstance(refusal, Forbidden)
    assert (await list_comments(team.owner, ref)).items == [edited]


async def test_an_edit_from_an_old_tab_does_not_overwrite_a_newer_one() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    two = await comments.edit_comment(team.owner, ref, said.id, "Two", version=1)
    refusal = await outcome_of(comments.edit_comment(team.owner, ref, said.id, "Three", version=1))
    assert isinstance(refusal, Conflict)
    assert refusal.fields["body"]["yours"] == "Three"
    assert refusal.fields["body"]["theirs"] == "Two"
    assert await comments.edit_comment(team.owner, ref, said.id, "Two", version=1) == two


async def test_people_delete_their_own_comments_and_a_manager_anybodys() -> None:
    team = await make_team()
    ref, author, other = team.ref((await team.task()).number), await team.person(), await team.person()
    said = [await comments.add_comment(author, ref, text) for text in ("One", "Two")]
    assert isinstance(await outcome_of(comments.delete_comment(other, ref, said[0].id)), Forbidden)
    await comments.delete_comment(author, ref, said[0].id)
    await comments.delete_comment(team.owner, ref, said[1].id)
    left = (await list_comments(team.owner, ref)).items
    assert [(each.id, each.body) for each in left] == [(each.id, "") for each in said]
    assert all(each.deleted_at for each in left)
    assert (await get_task(team.owner, ref)).comment_count == 0


async def test_a_deleted_comment_stays_deleted_and_is_counted_once() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    outcomes = await outcomes_of(comments.delete_comment(team.owner, ref, said.id) for _ in range(5))
    assert [type(outcome) for outcome in outcomes].count(Clash) == 4
    assert isinstance(await outcome_of(comments.edit_comment(team.owner, ref, said.id, "Two")), Clash)
    assert (await get_task(team.owner, ref)).comment_count == 0


async def test_many_who_comment_at_once_are_all_counted() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    await outcomes_of(comments.add_comment(team.owner, ref, f"Comment {n}") for n in range(20))
    assert (await get_task(team.owner, ref)).comment_count == 20
    assert len((await list_comments(team.owner, ref)).items) == 20


async def test_a_comment_belongs_to_its_task() -> None:
    team = await make_team()
    ref, other = team.ref((await team.task()).number), team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    for call in (
        comments.edit_comment(team.owner, other, said.id, "x"),
        comments.delete_comment(team.owner, other, said.id),
        comments.delete_comment(team.owner, ref, new_id()),
        comments.add_comment(team.owner, team.ref(99), "x"),
        list_comments(team.owner, team.ref(99)),
    ):
        assert isinstance(await outcome_of(call), NotFound)


async def test_a_viewer_reads_and_says_nothing() -> None:
    team = await make_team()
    ref, viewer = team.ref((await team.task()).number), await team.person()
    await projects.set_project_member(team.owner, team.key, viewer.account_id, "viewer")
    assert isinstance(await outcome_of(comments.add_comment(viewer, ref, "x")), Forbidden)
    assert (await list_comments(viewer, ref)).items == []


async def test_nothing_is_said_about_a_task_in_the_trash() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    await tasks.trash_task(team.owner, ref)
    for call in (
        comments.add_comment(team.owner, ref, "x"),
        comments.edit_comment(team.owner, ref, said.id, "x"),
        comments.delete_comment(team.owner, ref, said.id),
    ):
        assert "in the trash" in str(await outcome_of(call))
