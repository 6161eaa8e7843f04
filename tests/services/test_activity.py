"""What was done in a project, command by command."""

import pytest

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.services import comments, labels, projects, tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.clock import now
from tasktracker.services.queries.activity import CommandView, list_activity, list_all_activity
from tasktracker.services.queries.activity_sql import LINES
from tasktracker.services.reminders import add_reminder
from tasktracker.services.undo import undo_command
from tests.factories import Team, make_team
from tests.services.outcomes import pointers_of
from tests.services.tampering import tampering


async def read(team: Team, actor: Actor | None = None, **asked: object) -> list[CommandView]:
    page = await list_activity(actor or team.owner, team.key, **asked)  # type: ignore[arg-type]
    return page.items


async def edit_many(team: Team, count: int) -> int:
    """One command that gives so many tasks a priority; returns its revision."""
    refs = [str(team.ref((await team.task()).number)) for _ in range(count)]
    operations = [{"op": "edit", "ref": ref, "fields": {"priority": "high"}} for ref in refs]
    return (await run_batch(team.owner, team.key, operations)).command or 0


async def test_what_one_command_did_is_one_entry_with_its_first_events() -> None:
    team = await make_team()
    command = await edit_many(team, 20)
    newest = (await read(team))[0]
    assert (newest.command, newest.count, len(newest.deeds)) == (command, 20, LINES)
    assert (newest.deeds[0].task, newest.deeds[0].title) == (str(team.ref(1)), "Fix the login")
    assert newest.actor_id == team.owner.account_id


async def test_the_log_is_read_part_by_part_each_command_once() -> None:
    team = await make_team()
    await edit_many(team, 3)
    seen, cursor = [], None
    while True:
        page = await list_activity(team.owner, team.key, limit=2, cursor=cursor)
        seen += [command.command for command in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == [each.command for each in await read(team)]
    assert seen == sorted(set(seen), reverse=True)
    assert await pointers_of(list_activity(team.owner, team.key, cursor="x")) == ["/query/cursor"]


async def test_it_can_be_narrowed_to_a_person_and_to_kinds() -> None:
    team = await make_team()
    person, ref = await team.person(), team.ref((await team.task()).number)
    await comments.add_comment(person, ref, "Look")
    await tasks.edit_task(team.owner, ref, {"priority": "high"})
    mine = await read(team, by=person.account_id)
    assert [deed.kind for command in mine for deed in command.deeds] == ["CommentAdded", "TaskEdited"], "they watch it"
    edits = await read(team, kinds=["TaskEdited"])
    assert [deed.changes[0]["field"] for command in edits for deed in command.deeds] == ["priority", "watcher_ids"]


async def test_what_is_rare_is_found_however_long_ago_it_was() -> None:
    team = await make_team()
    await labels.add_label(team.owner, team.key, {"name": "bug"})
    person = await team.person()
    await tasks.create_task(person, team.key, {"title": "The last one"})
    async with tampering() as db:
        later = "UPDATE event SET revision = revision + 100000, command = command + 100000"
        await db.execute_query(f"{later} WHERE log_id = $1 AND kind = 'TaskCreated'", [team.project.id])
        rare: dict[str, object] = {"kinds": ["LabelAdded", "RuleAdded"]}
        for asked in (rare, {**rare, "by": team.owner.account_id}):
            found = [*await read(team, **asked), *(await list_all_activity(team.owner, **asked)).items]  # type: ignore[arg-type]
            assert [deed.kind for command in found for deed in command.deeds] == ["LabelAdded", "LabelAdded"]
        assert await read(team, by=person.account_id, kinds=["LabelAdded"]) == []
        (made,) = await read(team, by=person.account_id)
        assert [deed.title for deed in made.deeds] == ["The last one"]


async def test_what_was_undone_says_so_until_it_is_done_again() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    await tasks.edit_task(team.owner, ref, {"priority": "high"})
    edited = (await read(team))[0]
    assert (edited.is_undone, edited.may_undo) == (False, True)
    undone = await undo_command(team.owner, team.key, edited.command)
    undo, after = (await read(team))[:2]
    assert (after.command, after.is_undone, after.may_undo) == (edited.command, True, False)
    assert (undo.command, undo.may_undo) == (undone.command, True)
    await undo_command(team.owner, team.key, undo.command)
    again = next(each for each in await read(team) if each.command == edited.command)
    assert (again.is_undone, again.may_undo) == (False, True)


@pytest.mark.parametrize(("role", "may"), [("viewer", set()), ("commenter", set()), ("editor", {"TaskCreated"})])
async def test_an_undo_is_offered_to_those_who_may(role: str, may: set[str]) -> None:
    team = await make_team()
    person = await team.person()
    await team.task()
    await labels.add_label(team.owner, team.key, {"name": "bug"})
    await projects.set_project_member(team.owner, team.key, person.account_id, role)
    offered = {deed.kind for command in await read(team, person) if command.may_undo for deed in command.deeds}
    assert offered - {"ColumnAdded"} == may


async def test_reminders_are_nobody_elses_business() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    await add_reminder(team.owner, ref, {"minutes_before": 60})
    assert "ReminderAdded" not in {deed.kind for command in await read(team) for deed in command.deeds}


async def test_what_was_done_in_all_projects_comes_newest_first_part_by_part() -> None:
    team = await make_team()
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Other"})
    for key in (team.key, other, team.key):
        await tasks.create_task(team.owner, key, {"title": key})
    await edit_many(team, 20)
    seen, cursor = [], None
    while True:
        page = await list_all_activity(team.owner, limit=2, cursor=cursor)
        seen += page.items
        cursor = page.cursor
        if cursor is None:
            break
    assert [each.at for each in seen] == sorted((each.at for each in seen), reverse=True)
    assert (seen[0].project, seen[0].count, len(seen[0].deeds)) == (team.key, 20, LINES)
    for key in (team.key, other):
        here = (await list_activity(team.owner, key)).items
        assert [each.command for each in seen if each.project == key] == [each.command for each in here]
        only = (await list_all_activity(team.owner, project=key)).items
        assert [(each.command, each.may_undo) for each in only] == [(each.command, each.may_undo) for each in here]
    assert await pointers_of(list_all_activity(team.owner, cursor="x")) == ["/query/cursor"]


@pytest.mark.parametrize("limit", [1, 5, 6])
async def test_who_turns_from_project_to_project_is_told_in_order(limit: int) -> None:
    team = await make_team()
    others = [{"key": f"{team.key}{letter}", "name": "Other"} for letter in "ABC"]
    keys = [team.key, *[await projects.create_project(team.owner, other) for other in others]]
    for turn in (0, 1, 1, 0, 3, 3, 3, 2, 1, 0):
        await labels.add_label(team.owner, keys[turn], {"name": now().isoformat()})
    whole = [(each.at, key, each.command) for key in keys for each in (await list_activity(team.owner, key)).items]
    page = await list_all_activity(team.owner, limit=limit)
    told = page.items
    while page.cursor:
        page = await list_all_activity(team.owner, limit=limit, cursor=page.cursor)
        told += page.items
    assert [(each.at, each.project, each.command) for each in told] == sorted(whole, reverse=True)


async def test_what_was_done_where_one_may_not_look_is_not_told() -> None:
    team = await make_team()
    person = await team.person()
    private = await projects.create_project(team.owner, {"key": f"{team.key}P", "name": "Salaries", "is_private": True})
    await tasks.create_task(team.owner, private, {"title": "Raise them"})
    await tasks.create_task(person, team.key, {"title": "Seen by all"})
    assert {each.project for each in (await list_all_activity(person)).items} == {team.key}
    assert {each.project for each in (await list_all_activity(team.owner)).items} == {team.key, private}
    mine = (await list_all_activity(team.owner, by=person.account_id, kinds=["TaskCreated"])).items
    assert [(each.project, each.actor_id) for each in mine] == [(team.key, person.account_id)]


async def test_commands_of_one_moment_are_all_told_part_by_part() -> None:
    """As where a clock was set back: the log's moments never go back, so they stand still for a while."""
    team = await make_team()
    for name in "abcde":
        await labels.add_label(team.owner, team.key, {"name": name})
    async with tampering() as db:
        await db.execute_query("UPDATE event SET at = $1 WHERE log_id = $2", [now(), team.project.id])
        whole = [each.command for each in (await list_all_activity(team.owner)).items]
        page = await list_all_activity(team.owner, limit=2)
        seen = page.items
        while page.cursor:
            page = await list_all_activity(team.owner, limit=2, cursor=page.cursor)
            seen = [*seen, *page.items]
    assert [each.command for each in seen] == whole == sorted(set(whole), reverse=True)


@pytest.mark.parametrize("key", ["NOSUCH", "not a key"])
async def test_a_project_that_is_not_there_is_named_as_that(key: str) -> None:
    with pytest.raises(NotFound):
        await list_all_activity((await make_team()).owner, project=key)
