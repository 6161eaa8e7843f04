"""Rules: who may arrange them, and what is refused."""

from typing import Any

import pytest

from tasktracker.domain.errors import Clash, FilterProblem, Forbidden, NotFound
from tasktracker.services import labels
from tasktracker.services.queries.rules import list_rules
from tasktracker.services.rules import RULE_LIMIT, add_rule, delete_rule, edit_rule
from tasktracker.services.undo import undo_last
from tests.factories import make_team
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
