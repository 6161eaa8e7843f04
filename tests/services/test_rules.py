"""Rules: who may arrange them, what is refused, and what a dry run shows."""

from typing import Any

import pytest

from tasktracker.domain.errors import Clash, FilterProblem, Forbidden, NotFound
from tasktracker.models import Event, Project, Task
from tasktracker.services import columns, labels, projects, tasks
from tasktracker.services.queries.rules import list_rules
from tasktracker.services.queries.tasks import list_tasks
from tasktracker.services.rules import RULE_LIMIT, add_rule, delete_rule, edit_rule
from tasktracker.services.rules_dry_run import try_existing_rule, try_rule
from tasktracker.services.undo import undo_last
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

ARCHIVE = {"do": "archive"}
NEW: dict[str, Any] = {"name": "Tidy up", "events": ["completed"], "actions": [ARCHIVE]}


async def test_a_rule_is_added_edited_listed_and_deleted() -> None:
    team = await make_team()
    made = await add_rule(team.owner, team.key, NEW)
    assert (made.name, made.is_enabled, made.condition, made.error) == ("Tidy up", True, "", None)
    assert (made.events, made.actions, made.owner_id) == (["completed"], [ARCHIVE], team.owner.account_id)
    edited = await edit_rule(team.owner, team.key, made.id, {"is_enabled": False, "events": ["due"]})
    assert (edited.is_enabled, edited.events, edited.version) == (False, ["due"], 2)
    assert await list_rules(team.owner, team.key) == [edited]
    await delete_rule(team.owner, team.key, made.id)
    assert await list_rules(team.owner, team.key) == []


async def test_the_rule_of_another_project_is_not_found() -> None:
    team, other = await make_team(), await make_team()
    theirs = await add_rule(other.owner, other.key, NEW)
    for call in (
        edit_rule(team.owner, team.key, theirs.id, {"name": "x"}),
        delete_rule(team.owner, team.key, theirs.id),
        try_existing_rule(team.owner, team.key, theirs.id),
        list_rules(team.owner, other.key),
    ):
        assert isinstance(await outcome_of(call), NotFound)


async def test_managers_arrange_rules_and_everybody_sees_them() -> None:
    team = await make_team()
    rule = await add_rule(team.owner, team.key, NEW)
    editor = await team.person()
    for call in (
        add_rule(editor, team.key, {**NEW, "name": "Mine"}),
        edit_rule(editor, team.key, rule.id, {"name": "Mine"}),
        delete_rule(editor, team.key, rule.id),
        try_rule(editor, team.key, {"actions": [ARCHIVE]}),
        try_existing_rule(editor, team.key, rule.id),
    ):
        assert isinstance(await outcome_of(call), Forbidden)
    assert await list_rules(editor, team.key) == [rule]


async def test_who_edits_a_rule_is_its_owner_from_then_on() -> None:
    team = await make_team()
    admin = await team.person("admin")
    rule = await add_rule(team.owner, team.key, NEW)
    assert (await edit_rule(admin, team.key, rule.id, {"name": "Tidy"})).owner_id == admin.account_id


@pytest.mark.parametrize("missing", ["name", "events", "actions"])
async def test_a_rule_needs_a_name_events_and_actions(missing: str) -> None:
    team = await make_team()
    raw = {name: value for name, value in NEW.items() if name != missing}
    assert await pointers_of(add_rule(team.owner, team.key, raw)) == [f"/{missing}"]


async def test_an_action_that_names_what_the_project_does_not_have_is_refused() -> None:
    team, other = await make_team(), await make_team()
    column = str(other.columns["Done"].id)
    label = str((await labels.add_label(other.owner, other.key, {"name": "bug"})).id)
    person = str(other.owner.account_id)
    actions = {
        "/actions/0/column_id": {"do": "move", "column_id": column},
        "/actions/0/label_ids/0": {"do": "add_labels", "label_ids": [label]},
        "/actions/0/assignee_ids/0": {"do": "add_assignees", "assignee_ids": [person]},
        "/actions/0/fields/assignee_ids/0": {"do": "set", "fields": {"assignee_ids": [person]}},
        "/actions/0/fields/custom/severity": {"do": "set", "fields": {"custom": {"severity": "high"}}},
    }
    rule = await add_rule(team.owner, team.key, NEW)
    for pointer, action in actions.items():
        assert await pointers_of(add_rule(team.owner, team.key, {**NEW, "name": "x", "actions": [action]})) == [pointer]
        assert await pointers_of(edit_rule(team.owner, team.key, rule.id, {"actions": [action]})) == [pointer]
        assert await pointers_of(try_rule(team.owner, team.key, {"actions": [action]})) == [pointer]


@pytest.mark.parametrize(
    ("condition", "wrong"), [("priority:highest", "highest"), ("label:bug", "bug"), ("due:<", ""), ("(", "")]
)
async def test_a_condition_that_means_nothing_is_refused_at_the_characters_that_are_wrong(
    condition: str, wrong: str
) -> None:
    team = await make_team()
    rule = await add_rule(team.owner, team.key, NEW)
    for call in (
        add_rule(team.owner, team.key, {**NEW, "name": "x", "condition": condition}),
        edit_rule(team.owner, team.key, rule.id, {"condition": condition}),
        try_rule(team.owner, team.key, {"actions": [ARCHIVE], "condition": condition}),
    ):
        refusal = await outcome_of(call)
        assert isinstance(refusal, FilterProblem)
        assert [problem.pointer for problem in refusal.problems] == ["/condition"]
        assert condition[refusal.start : refusal.end] == wrong or not wrong


async def test_a_name_is_taken_once_and_a_project_has_so_many_rules() -> None:
    team = await make_team()
    made = [await add_rule(team.owner, team.key, {**NEW, "name": f"Rule {number}"}) for number in range(RULE_LIMIT)]
    rule = made[-1]
    assert isinstance(await outcome_of(edit_rule(team.owner, team.key, rule.id, {"name": "Rule 0"})), Clash)
    assert (await edit_rule(team.owner, team.key, rule.id, {"name": rule.name})).name == rule.name
    assert isinstance(await outcome_of(add_rule(team.owner, team.key, NEW)), Clash)
    await delete_rule(team.owner, team.key, rule.id)
    assert isinstance(await outcome_of(add_rule(team.owner, team.key, {**NEW, "name": "Rule 0"})), Clash)


async def test_deleting_and_editing_a_rule_can_be_undone() -> None:
    team = await make_team()
    rule = await add_rule(team.owner, team.key, NEW)
    await edit_rule(team.owner, team.key, rule.id, {"name": "Other", "is_enabled": False})
    await undo_last(team.owner, team.key)
    back = (await list_rules(team.owner, team.key))[0]
    assert (back.name, back.is_enabled) == ("Tidy up", True)
    await delete_rule(team.owner, team.key, rule.id)
    await undo_last(team.owner, team.key)
    again = (await list_rules(team.owner, team.key))[0]
    assert (again.id, again.actions, again.owner_id) == (rule.id, [ARCHIVE], team.owner.account_id)


async def state(team: Team) -> tuple[object, ...]:
    """All that a dry run must leave alone."""
    project = await Project.get(id=team.project.id)
    found = [task.version for task in await Task.filter(project=team.project).order_by("number")]
    return project.revision, project.changed_at, found, await Event.filter(log_id=team.project.id).count()


async def test_a_dry_run_shows_what_would_change_and_changes_nothing() -> None:
    team = await make_team()
    bug = str((await labels.add_label(team.owner, team.key, {"name": "bug"})).id)
    await team.task("First", priority="high")
    await team.task("Second", label_ids=[bug])
    before = await state(team)
    actions = [
        {"do": "set", "fields": {"priority": "high"}},
        {"do": "add_labels", "label_ids": [bug]},
        {"do": "comment", "body": "Hello"},
    ]
    run = await try_rule(team.owner, team.key, {"actions": actions})
    labelled = {"field": "label_ids", "old": [], "new": [bug]}
    raised = {"field": "priority", "old": "none", "new": "high"}
    said = {"field": "comment", "old": None, "new": "Hello"}
    assert run.total == 2
    assert [(task.ref, task.title, task.changes, task.refusal) for task in run.tasks] == [
        (f"{team.key}-1", "First", [labelled, said], None),
        (f"{team.key}-2", "Second", [raised, said], None),
    ]
    assert await state(team) == before
    assert [task.comment_count for task in (await list_tasks(team.owner, team.key)).items] == [0, 0]


async def test_a_dry_run_counts_and_shows_the_tasks_that_fit() -> None:
    team = await make_team()
    for number in range(5):
        await team.task(f"Bug {number}", priority="urgent")
    await team.task("Wish")
    await tasks.archive_task(team.owner, team.ref(1))
    await tasks.trash_task(team.owner, team.ref(2))
    trial = {"actions": [{"do": "set", "fields": {"priority": "low"}}], "condition": "priority:urgent"}
    run = await try_rule(team.owner, team.key, trial, limit=2)
    assert (run.total, [task.title for task in run.tasks]) == (3, ["Bug 2", "Bug 3"])
    archived = await try_rule(team.owner, team.key, {**trial, "condition": "priority:urgent is:archived"})
    assert (archived.total, archived.tasks[0].title) == (1, "Bug 0")


async def test_a_dry_run_tries_each_task_by_itself_and_says_what_is_refused() -> None:
    team = await make_team()
    doing = team.columns["In progress"].id
    for number in range(3):
        await team.task(f"Task {number}")
    rule = await add_rule(team.owner, team.key, {**NEW, "actions": [{"do": "move", "column_id": str(doing)}]})
    await columns.edit_column(team.owner, team.key, doing, {"wip_limit": 1})
    run = await try_existing_rule(team.owner, team.key, rule.id, limit=2)
    assert (run.total, [task.refusal for task in run.tasks]) == (3, [None, None])
    assert run.tasks[0].changes == [{"field": "column_id", "old": str(team.columns["To do"].id), "new": str(doing)}]
    await team.task(column="In progress")
    refused = (await try_existing_rule(team.owner, team.key, rule.id)).tasks[0]
    assert (refused.changes, "full" in str(refused.refusal)) == ([], True)


@pytest.mark.parametrize("limit", [0, 101])
async def test_a_dry_run_shows_one_to_a_hundred_tasks(limit: int) -> None:
    team = await make_team()
    assert await pointers_of(try_rule(team.owner, team.key, {"actions": [ARCHIVE]}, limit=limit)) == ["/limit"]
    rule = await add_rule(team.owner, team.key, NEW)
    assert await pointers_of(try_existing_rule(team.owner, team.key, rule.id, limit=limit)) == ["/limit"]


async def test_a_dry_run_in_an_archived_project_is_refused() -> None:
    team = await make_team()
    await projects.archive_project(team.owner, team.key)
    assert isinstance(await outcome_of(try_rule(team.owner, team.key, {"actions": [ARCHIVE]})), Clash)
