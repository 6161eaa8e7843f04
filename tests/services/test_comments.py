import pytest

from tasktracker.domain.errors import Clash, Conflict, Forbidden, NotFound
from tasktracker.domain.ids import new_id
from tasktracker.domain.references import TaskRef
from tasktracker.services import comments, projects, reactions, tasks
from tasktracker.services.queries.history import list_comment_history, list_comments, list_history
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.relocation import transfer_task
from tests.factories import make_person, make_team
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
    assert refusal.fields == {"body": {"base": "One", "yours": "Three", "theirs": "Two"}}
    assert await pointers_of(comments.edit_comment(team.owner, ref, said.id, "Three", version=3)) == ["/version"]
    assert await comments.edit_comment(team.owner, ref, said.id, "Two", version=1) == two


async def test_a_comment_has_the_versions_that_it_had_before_its_task_went_elsewhere() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    await comments.edit_comment(team.owner, ref, said.id, "Two")
    elsewhere = await projects.create_project(team.owner, {"key": f"{team.key}E", "name": "Elsewhere"})
    moved = TaskRef.parse((await transfer_task(team.owner, ref, elsewhere)).task.ref)
    refusal = await outcome_of(comments.edit_comment(team.owner, moved, said.id, "Three", version=1))
    assert isinstance(refusal, Conflict)


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


async def test_a_comment_says_whom_it_mentions() -> None:
    team, stranger = await make_team(), await make_team()
    ref = team.ref((await team.task()).number)
    handle = new_id().hex[-8:]
    ana = await team.person(handle=f"ana-{handle}")
    dot = await team.person(handle=f"dot-{handle}.")
    gone = await team.person(handle=f"gone-{handle}", is_active=False)
    other = await make_person(stranger.workspace, handle=f"other-{handle}")
    body = f"@Ana-{handle}. @dot-{handle}.. `@{handle}` @gone-{handle} @other-{handle} @ana-{handle}"
    said = await comments.add_comment(team.owner, ref, body)
    assert said.mentions == [ana.account_id, dot.account_id]
    assert {gone.account_id, other.account_id} & set(said.mentions) == set()
    assert (await list_comments(team.owner, ref)).items == [said]
    edited = await comments.edit_comment(team.owner, ref, said.id, f"`@ana-{handle}` @dot-{handle}.")
    assert edited.mentions == [dot.account_id]


async def test_a_comments_history_holds_its_texts_and_nothing_else_of_the_task() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    await comments.add_comment(team.owner, ref, "Another")
    await comments.edit_comment(team.owner, ref, said.id, "Two")
    await reactions.react(team.owner, ref, said.id, "👍")
    await comments.delete_comment(team.owner, ref, said.id)
    first = await list_comment_history(team.owner, ref, said.id, limit=2)
    rest = await list_comment_history(team.owner, ref, said.id, limit=2, cursor=first.cursor)
    events = first.items + rest.items
    assert [event.kind for event in events] == ["CommentDeleted", "CommentEdited", "CommentAdded"]
    assert [event.changes[0]["new"] for event in events] == ["", "Two", "One"]
    assert (len(first.items), rest.cursor) == (2, None)
    assert {event.subject_id for event in events} == {said.id}


async def test_the_log_of_a_deleted_comment_tells_all_that_brings_it_back() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    await comments.delete_comment(team.owner, ref, said.id)
    deleted = (await list_history(team.owner, ref)).items[0]
    assert deleted.changes == [
        {"field": "body", "old": "One", "new": ""},
        {"field": "deleted_at", "old": None, "new": deleted.at.isoformat()},
    ]


async def test_the_history_of_a_comment_elsewhere_is_not_found() -> None:
    team, secret = await make_team(), await make_team(is_private=True)
    ref, other = team.ref((await team.task()).number), team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "One")
    hidden = secret.ref((await secret.task()).number)
    whispered = await comments.add_comment(secret.owner, hidden, "One")
    for call in (
        list_comment_history(team.owner, other, said.id),
        list_comment_history(team.owner, ref, whispered.id),
        list_comment_history(team.owner, ref, new_id()),
        list_comment_history(await secret.person(), hidden, whispered.id),
    ):
        assert isinstance(await outcome_of(call), NotFound)
