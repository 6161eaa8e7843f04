"""Rules act on what happens: once, as their owner, and not on each other for ever."""

from typing import Any

import pytest

from tasktracker.consumers.reader import read_pass
from tasktracker.consumers.rules import Rules
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef
from tasktracker.models import Event, Label, Rule, Task
from tasktracker.services import accounts, columns, comments, labels, projects, tasks
from tasktracker.services.clock import time_is
from tasktracker.services.project_copies import duplicate_project
from tasktracker.services.queries.history import list_comments, list_history
from tasktracker.services.queries.projects import list_labels
from tasktracker.services.queries.rules import list_rule_runs, list_rules
from tasktracker.services.queries.tasks import get_task, list_tasks
from tasktracker.services.rule_firing import fire_rule
from tasktracker.services.rules import add_rule, delete_rule, edit_rule
from tasktracker.services.task_changes import Spot
from tasktracker.services.transaction import unit_of_work
from tasktracker.services.undo import undo_command, undo_last
from tasktracker.services.views import RuleView, TaskView
from tests.due_work import at, utc
from tests.factories import Team, make_team

pytestmark = pytest.mark.usefixtures("database")


async def settle() -> None:
    """Let the rules answer until there is nothing left to answer."""
    while await read_pass(Rules()):
        pass


async def rule(team: Team, *actions: dict[str, Any], by: Actor | None = None, **fields: Any) -> RuleView:
    given = {"name": f"Rule {len(await list_rules(team.owner, team.key))}", "events": ["created"], **fields}
    return await add_rule(by or team.owner, team.key, {**given, "actions": list(actions)})


def sets(**fields: Any) -> dict[str, Any]:
    return {"do": "set", "fields": fields}


async def read(team: Team, ref: TaskRef) -> TaskView:
    return await get_task(team.owner, ref)


async def make_task(team: Team, **fields: Any) -> TaskRef:
    return team.ref((await team.task(**fields)).number)


async def events_of(team: Team) -> list[Event]:
    return await Event.filter(log_id=team.project.id).order_by("revision")


async def answers(team: Team) -> list[str]:
    """The kinds of what rules did."""
    return [event.kind for event in await events_of(team) if event.request_id.startswith("rule:")]


async def errors(team: Team) -> list[str | None]:
    return [each.error for each in await list_rules(team.owner, team.key)]


@pytest.fixture
async def team() -> Team:
    return await make_team()


async def test_a_rule_does_all_of_its_actions_in_one_command_which_can_be_undone(team: Team) -> None:
    ana = await team.person()
    bug = await labels.add_label(team.owner, team.key, {"name": "bug"})
    old = await labels.add_label(team.owner, team.key, {"name": "old"})
    doing = team.columns["In progress"].id
    await rule(
        team,
        sets(priority="high", estimate=3),
        {"do": "add_labels", "label_ids": [str(bug.id)]},
        {"do": "remove_labels", "label_ids": [str(old.id)]},
        {"do": "add_assignees", "assignee_ids": [str(ana.account_id)]},
        {"do": "move", "column_id": str(doing)},
        {"do": "comment", "body": "On it."},
    )
    ref = await make_task(team, label_ids=[str(old.id)])
    before = await read(team, ref)
    await settle()
    task = await read(team, ref)
    assert (task.priority, task.estimate, task.label_ids) == ("high", 3, [bug.id])
    assert (task.assignee_ids, task.column_id) == ([ana.account_id], doing)
    assert [comment.body for comment in (await list_comments(team.owner, ref)).items] == ["On it."]
    done = [event for event in await events_of(team) if event.request_id.startswith("rule:")]
    assert len({event.command for event in done}) == 1
    await undo_command(team.owner, team.key, done[0].revision)
    undone = await read(team, ref)
    assert (undone.priority, undone.label_ids, undone.column_id) == ("none", [old.id], before.column_id)


async def test_an_event_is_answered_once(team: Team) -> None:
    await rule(team, {"do": "comment", "body": "Welcome"})
    ref = await make_task(team)
    for _ in range(3):
        await settle()
    assert len((await list_comments(team.owner, ref)).items) == 1


async def test_rules_wait_for_what_they_name(team: Team) -> None:
    for event in ("moved", "completed", "reopened", "commented", "changed:priority"):
        await rule(team, {"do": "comment", "body": event}, name=event, events=[event])
    ref = await make_task(team)
    await tasks.edit_task(team.owner, ref, {"title": "Other"})
    await settle()
    steps = [
        tasks.edit_task(team.owner, ref, {"priority": "low"}),
        tasks.move_task(team.owner, ref, Spot(str(team.columns["Done"].id))),
        tasks.move_task(team.owner, ref, Spot(str(team.columns["To do"].id))),
        comments.add_comment(team.owner, ref, "hello"),
    ]
    said: list[list[str]] = []
    for step in steps:
        await step
        await settle()
        found = [each.body for each in (await list_comments(team.owner, ref)).items if each.body != "hello"]
        said.append(sorted(found[sum(map(len, said)) :]))
    assert said[0] == ["changed:priority", "commented"]
    assert said[1] == ["commented", "commented", "completed", "moved"]
    assert said[2] == ["commented", "commented", "moved", "reopened"]
    assert said[3] == ["commented"]


async def test_only_a_task_that_fits_when_the_rule_looks_is_changed(team: Team) -> None:
    await rule(team, sets(estimate=8), events=["created", "edited"], condition="priority:urgent -title:draft")
    fits, other = await make_task(team, priority="urgent"), await make_task(team, priority="high")
    draft, calmed = await make_task(team, title="A draft", priority="urgent"), await make_task(team, priority="urgent")
    await tasks.edit_task(team.owner, calmed, {"priority": "low"})
    await settle()
    assert [(await read(team, ref)).estimate for ref in (fits, other, draft, calmed)] == [8, None, None, None]


async def test_me_in_a_condition_is_the_owner_of_the_rule(team: Team) -> None:
    ana, ben = await team.person("admin"), await team.person()
    await rule(team, sets(priority="high"), by=ana, condition="assignee:me")
    refs = [await make_task(team, assignee_ids=[str(person.account_id)]) for person in (ana, ben)]
    await settle()
    assert [(await read(team, ref)).priority for ref in refs] == ["high", "none"]


async def test_a_condition_that_names_what_is_gone_says_so(team: Team) -> None:
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    await rule(team, sets(priority="high"), condition="label:bug")
    await labels.delete_label(team.owner, team.key, label.id)
    ref = await make_task(team)
    await settle()
    assert "no label “bug”" in str((await errors(team))[0])
    assert (await read(team, ref)).priority == "none"


async def test_a_rule_answers_when_a_task_falls_due(team: Team) -> None:
    await rule(team, sets(priority="urgent"), events=["due"])
    with time_is(utc("2040-03-01 12:00")):
        ref = await make_task(team, due="2040-03-05")
    await settle()
    assert (await read(team, ref)).priority == "none"
    await at("2040-03-05 09:00")
    await settle()
    assert (await read(team, ref)).priority == "urgent"


async def test_two_rules_that_undo_each_other_come_to_rest(team: Team) -> None:
    await rule(team, sets(priority="high"), events=["changed:priority"])
    await rule(team, sets(priority="low"), events=["changed:priority"])
    ref = await make_task(team)
    await settle()
    before = len(await events_of(team))
    await tasks.edit_task(team.owner, ref, {"priority": "medium"})
    await settle()
    assert len(await events_of(team)) - before <= 1 + 2 + 2
    assert await answers(team) == ["TaskEdited"] * (len(await events_of(team)) - before - 1)


async def test_rules_answer_each_other_five_in_a_row_and_no_more(team: Team) -> None:
    wanted = {
        "title": "x",
        "description": "x",
        "priority": "low",
        "estimate": 1.0,
        "start": "2030-01-01",
        "due": "2030-01-02",
    }
    waits = ["created", *(f"changed:{field}" for field in wanted)]
    for (field, value), event in zip(wanted.items(), waits, strict=False):
        await rule(team, sets(**{field: value}), events=[event])
    await make_task(team)
    await settle()
    changed = [event.changes[0]["field"] for event in await events_of(team) if event.request_id.startswith("rule:")]
    assert changed == ["title", "description", "priority", "estimate", "start"]


async def test_a_rule_does_not_answer_itself(team: Team) -> None:
    await rule(team, {"do": "comment", "body": "Me too"}, events=["commented"])
    ref = await make_task(team)
    await comments.add_comment(team.owner, ref, "Hello")
    await settle()
    assert len((await list_comments(team.owner, ref)).items) == 2


async def test_undoing_what_a_rule_did_does_not_call_it_again(team: Team) -> None:
    await rule(team, sets(priority="high"), events=["changed:priority"])
    ref = await make_task(team)
    await tasks.edit_task(team.owner, ref, {"priority": "low"})
    await settle()
    assert (await read(team, ref)).priority == "high"
    await undo_command(team.owner, team.key, (await events_of(team))[-1].revision)
    await settle()
    assert (await read(team, ref)).priority == "low"
    await undo_last(team.owner, team.key)
    await settle()
    assert (await read(team, ref)).priority == "none", "one's own last command is the edit, not what the rule did"


async def test_what_happened_before_a_rule_was_saved_is_not_its_matter(team: Team) -> None:
    early = await make_task(team)
    saved = await rule(team, sets(priority="high"))
    between = await make_task(team)
    await edit_rule(team.owner, team.key, saved.id, {"actions": [sets(priority="low")]})
    late = await make_task(team)
    await settle()
    assert [(await read(team, ref)).priority for ref in (early, between, late)] == ["none", "none", "low"]


async def test_a_rule_that_was_saved_while_its_answer_was_under_way_does_not_give_the_old_one(team: Team) -> None:
    saved = await rule(team, sets(priority="high"))
    ref = await make_task(team)
    under_way = await Rule.get(id=saved.id)
    await edit_rule(team.owner, team.key, saved.id, {"actions": [sets(priority="low")]})
    task_id = (await Task.get(project=team.project, number=ref.number)).id
    async with unit_of_work():
        assert not await fire_rule(under_way, task_id, "5f0c1d9e2b7a4836")
    assert (await read(team, ref)).priority == "none"


async def test_a_rule_that_is_off_or_deleted_does_nothing(team: Team) -> None:
    off, gone = await rule(team, sets(priority="high")), await rule(team, sets(estimate=1))
    await edit_rule(team.owner, team.key, off.id, {"is_enabled": False})
    ref = await make_task(team)
    await delete_rule(team.owner, team.key, gone.id)
    await settle()
    assert ((await read(team, ref)).priority, (await read(team, ref)).estimate) == ("none", None)


async def test_a_refused_rule_does_nothing_says_why_and_stops_no_other(team: Team) -> None:
    await columns.edit_column(team.owner, team.key, team.columns["In progress"].id, {"wip_limit": 1})
    await make_task(team, column="In progress")
    full = {"do": "move", "column_id": str(team.columns["In progress"].id)}
    await rule(team, {"do": "comment", "body": "Never said"}, full)
    await rule(team, sets(priority="high"))
    ref = await make_task(team)
    await settle()
    task = await read(team, ref)
    assert (task.priority, task.comment_count, task.state) == ("high", 0, "unstarted")
    said, silent = await errors(team)
    assert "full" in (said or "")
    assert silent is None
    await columns.edit_column(team.owner, team.key, team.columns["In progress"].id, {"wip_limit": None})
    await make_task(team)
    await settle()
    assert await errors(team) == [None, None]


async def test_a_rule_acts_as_its_owner_and_stops_when_they_may_not(team: Team) -> None:
    ana = await team.person("admin")
    saved = await rule(team, sets(priority="high"), by=ana)
    await make_task(team)
    await settle()
    done = (await events_of(team))[-1]
    assert (done.kind, done.actor_id) == ("TaskEdited", ana.account_id)  # type: ignore[attr-defined]
    await projects.set_project_member(team.owner, team.key, ana.account_id, "commenter")
    ref = await make_task(team)
    await settle()
    assert (await read(team, ref)).priority == "none"
    assert "may not change tasks" in str((await errors(team))[0])
    await edit_rule(team.owner, team.key, saved.id, {"name": "Taken over"})
    await make_task(team)
    await settle()
    assert (await errors(team), (await list_rules(team.owner, team.key))[0].owner_id) == ([None], team.owner.account_id)


async def test_the_rule_of_somebody_who_left_says_so_and_holds_nothing_up(team: Team) -> None:
    ana = await team.person("admin")
    await rule(team, sets(priority="high"), by=ana)
    await rule(team, sets(estimate=1))
    await accounts.remove_member(team.owner, ana.account_id)
    ref = await make_task(team)
    await settle()
    assert ((await read(team, ref)).priority, (await read(team, ref)).estimate) == ("none", 1)
    assert [bool(error) for error in await errors(team)] == [True, False]


async def test_a_rule_whose_label_is_gone_says_so(team: Team) -> None:
    label = await labels.add_label(team.owner, team.key, {"name": "bug"})
    await rule(team, {"do": "add_labels", "label_ids": [str(label.id)]})
    await labels.delete_label(team.owner, team.key, label.id)
    await make_task(team)
    await settle()
    assert "no label" in str((await errors(team))[0])
    assert await Label.filter(project=team.project).count() == 0


async def test_a_task_that_went_to_the_trash_or_an_archived_project_is_left_alone(team: Team) -> None:
    await rule(team, sets(priority="high"))
    ref = await make_task(team)
    await tasks.trash_task(team.owner, ref)
    await settle()
    assert ((await read(team, ref)).priority, await errors(team)) == ("none", [None])
    other = await make_task(team)
    await projects.archive_project(team.owner, team.key)
    await settle()
    await projects.unarchive_project(team.owner, team.key)
    await settle()
    assert ((await read(team, other)).priority, await errors(team)) == ("none", [None])


async def test_many_events_are_answered_in_their_order(team: Team) -> None:
    await rule(team, {"do": "comment", "body": "Seen"})
    refs = [await make_task(team) for _ in range(45)]
    await settle()
    assert [event.kind for event in await events_of(team)].count("CommentAdded") == len(refs)
    answered = [str(event.task_id) for event in await events_of(team) if event.kind == "CommentAdded"]
    assert answered == sorted(answered)


async def test_the_history_of_the_task_tells_what_the_rule_did(team: Team) -> None:
    await rule(team, sets(priority="high"))
    ref = await make_task(team)
    await settle()
    newest = (await list_history(team.owner, ref)).items[0]
    assert newest.changes == [{"field": "priority", "old": "none", "new": "high"}]
    assert newest.request.startswith("rule:")


async def test_a_copied_project_has_rules_that_act_as_who_copied_it_and_leave_the_copies_alone(team: Team) -> None:
    label = await labels.add_label(team.owner, team.key, {"name": "new"})
    await rule(team, {"do": "add_labels", "label_ids": [str(label.id)]})
    await team.task("There before")
    admin = await team.person("admin")
    key = await duplicate_project(admin, team.key, {"key": f"{team.key}C", "name": "Copy"}, with_tasks=True)
    copied, marks = (await list_rules(admin, key))[0], await list_labels(admin, key)
    assert (copied.owner_id, copied.actions[0]["label_ids"]) == (admin.account_id, [str(marks[0].id)])
    await tasks.create_task(team.owner, key, {"title": "Made since"})
    await settle()
    found = {task.title: task.label_ids for task in (await list_tasks(admin, key)).items}
    assert found == {"There before": [], "Made since": [marks[0].id]}


async def test_what_a_rule_did_is_listed_newest_first_and_nothing_of_the_others() -> None:
    team = await make_team()
    first = await rule(team, sets(priority="high"), {"do": "comment", "body": "Hurry."}, condition="title:login")
    second = await rule(team, sets(estimate=3))
    login = await make_task(team, title="Fix the login")
    other = await make_task(team, title="Fix the logout")
    await settle()
    (run,) = await list_rule_runs(team.owner, team.key, first.id)
    assert (run.task, run.title) == (str(login), "Fix the login")
    assert {"field": "priority", "old": "none", "new": "high"} in run.changes
    assert {"field": "comment", "old": None, "new": "Hurry."} in run.changes
    runs = await list_rule_runs(team.owner, team.key, second.id)
    assert [each.task for each in runs] == [str(other), str(login)]
    assert [each.task for each in await list_rule_runs(team.owner, team.key, second.id, limit=1)] == [str(other)]
    await undo_command(team.owner, team.key, run.command)
    assert (await read(team, login)).priority == "none"


async def test_the_runs_of_a_rule_that_is_not_there_are_not_found() -> None:
    team, elsewhere = await make_team(), await make_team()
    theirs = await rule(elsewhere, sets(priority="high"))
    with pytest.raises(NotFound):
        await list_rule_runs(team.owner, team.key, theirs.id)
