"""What the pages of settings know, and what they tell those who may change nothing."""

from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotSignedIn
from tasktracker.services import labels, projects, sessions
from tasktracker.services.queries.tasks import get_task
from tasktracker.ui.presenters.profile import Profile
from tasktracker.ui.presenters.project_settings import ProjectSettings
from tasktracker.ui.presenters.project_things import Columns, CustomFields, Labels
from tasktracker.ui.presenters.rules import Rules
from tasktracker.ui.presenters.workspace_settings import WorkspaceSettings
from tests.factories import PASSWORD, Team, make_session, make_team
from tests.services.outcomes import outcome_of


async def settings_of(team: Team, actor: Actor) -> ProjectSettings:
    settings = ProjectSettings(actor, team.key)
    _, leave = await settings.open(lambda _patch: None)
    leave()
    return settings


async def test_who_may_change_a_project_is_told_nothing_and_others_whom_to_ask() -> None:
    team = await make_team()
    boss = await team.person("member", name="Ana Lima")
    await projects.set_project_member(team.owner, team.key, boss.account_id, "manager")
    manager, editor = await settings_of(team, boss), await settings_of(team, await team.person())
    assert (manager.can_manage, manager.why_not) == (True, "")
    assert not editor.can_manage
    assert editor.why_not.startswith("You are Editor here. Only managers change these settings: ask ")
    assert "Ana Lima" in editor.why_not


async def test_in_an_archived_project_nobody_changes_anything_and_is_told_the_way_out() -> None:
    team = await make_team()
    settings = await settings_of(team, team.owner)
    await settings.archive(is_wanted=True)
    await settings.reload()
    assert (settings.can_manage, settings.is_manager) == (False, True)
    assert "archived" in settings.why_not
    await settings.archive(is_wanted=False)
    await settings.reload()
    assert settings.can_manage


async def test_columns_say_what_is_in_them_and_where_it_could_go() -> None:
    team = await make_team()
    await team.task(column="In review")
    columns = Columns(await settings_of(team, team.owner))
    await columns.load()
    review = next(item for item in columns.items if item["name"] == "In review")
    assert (review["words"], columns.used(review["id"])) == ("1 task", 1)
    assert [*columns.others(review["id"]).values()] == ["In progress", "Backlog", "To do", "Done"]
    await columns.delete(review["id"], next(iter(columns.others(review["id"]))))
    await columns.load()
    assert "In review" not in [item["name"] for item in columns.items]


async def test_labels_say_how_many_tasks_have_them() -> None:
    team = await make_team()
    bug = await labels.add_label(team.owner, team.key, {"name": "bug"})
    await labels.add_label(team.owner, team.key, {"name": "idea"})
    for _ in range(2):
        await team.task(label_ids=[str(bug.id)])
    rows = Labels(await settings_of(team, team.owner))
    await rows.load()
    assert [(row["name"], row["words"]) for row in rows.items] == [("bug", "2 tasks"), ("idea", "No tasks")]


async def test_a_field_gets_its_options_from_a_line_and_tasks_follow_a_rename() -> None:
    team = await make_team()
    fields = CustomFields(await settings_of(team, team.owner))
    await fields.add({"name": "Severity", "kind": "select", "options": " low, high ,,"})
    await fields.add({"name": "Customer", "kind": "text", "options": "ignored"})
    await fields.load()
    severity, customer = fields.items
    assert (severity["key"], severity["words"], severity["without"]) == ("severity", "No tasks", [])
    assert customer["without"] == ["options"]
    task = await team.task(custom={"severity": "high"})
    await fields.set_options(severity["id"], ["low", "urgent"], {"high": "urgent"})
    assert [option["name"] for option in fields.options(severity["id"])] == ["low", "urgent"]
    assert (await get_task(team.owner, team.ref(task.number))).custom == {"severity": "urgent"}


async def test_a_profile_tells_browsers_from_tokens_and_ends_the_other_browsers() -> None:
    team = await make_team()
    here, _ = await make_session(team.owner)
    elsewhere, _ = await make_session(team.owner)
    token = await sessions.create_token(team.owner, "a script", may_write=False)
    profile = Profile(await sessions.authenticate(here))
    await profile.open()
    await profile.load_sessions()
    assert [(row["tag"], row["kept"]) for row in profile.browsers()] == [("This browser", True), ("", False)]
    (row,) = profile.tokens()
    assert (row["name"], row["tag"], row["when"]["was"]) == ("a script", "Reads only", "made")
    await profile.revoke_others()
    assert isinstance(await outcome_of(sessions.authenticate(elsewhere)), NotSignedIn)
    for secret in (here, token):
        assert (await sessions.authenticate(secret)).account_id == team.owner.account_id


async def test_a_language_that_is_set_is_among_the_choices_whatever_it_is() -> None:
    team = await make_team()
    profile = Profile(team.owner)
    await profile.open()
    await profile.edit({"locale": "pt-BR"})
    assert profile.languages()[profile.language] == "pt-BR"
    await profile.edit({"locale": "en-GB"})
    assert (profile.language, profile.languages()["en"]) == ("en", "English")


async def test_only_owners_are_offered_to_make_or_touch_owners() -> None:
    team = await make_team()
    owner, admin = WorkspaceSettings(team.owner), WorkspaceSettings(await team.person("admin"))
    await owner.open()
    await admin.open()
    assert ("owner" in owner.roles(), "owner" in admin.roles()) == (True, False)
    (row,) = [item for item in admin.items() if item["role"] == "owner"]
    assert (row["locked"], row["kept"]) == (True, True)
    assert not any(item["locked"] for item in owner.items())
    member = WorkspaceSettings(await team.person("member"))
    await member.open()
    assert not member.can_manage
    assert member.why_not.startswith("You are Member in this workspace. Only its owners and admins change this: ask ")


async def test_a_rule_is_tried_in_words_and_stands_in_the_list_with_what_it_waits_for() -> None:
    team = await make_team()
    bug = await labels.add_label(team.owner, team.key, {"name": "bug"})
    rules = Rules(await settings_of(team, team.owner))
    await rules.load()
    task = await team.task("Fix the login", label_ids=[str(bug.id)])
    done = str(team.columns["Done"].id)
    actions: list[dict[str, Any]] = [
        {"do": "move", "column_id": done},
        {"do": "set", "fields": {"priority": "high", "due": "2030-01-02"}},
        {"do": "remove_labels", "label_ids": [str(bug.id)]},
        {"do": "comment", "body": "Done, then."},
    ]
    raw = {"name": "Close bugs", "events": ["changed:priority"], "condition": "label:bug", "actions": actions}
    tried = await rules.try_out(raw)
    words = "State: Done · Due date: Jan 2, 2030 · Priority: High · Labels: none · Comment: Done, then."
    assert tried == {
        "total": 1,
        "tasks": [{"ref": task.ref, "title": "Fix the login", "words": words, "refusal": None}],
    }
    await rules.save(None, raw)
    await rules.load()
    (item,) = rules.items
    assert (item["name"], item["is_enabled"]) == ("Close bugs", True)
    assert item["summary"] == "When: Priority changed · 4 actions"
    assert rules.draft_of(item["id"])["actions"] == actions
    await rules.change(item["id"], "is_enabled", value=False)
    assert await rules.runs(item["id"]) == []
    assert ["changed:priority", "Priority changed"] in rules.facts()["changes"]


async def test_somebody_who_was_removed_is_added_again_and_that_is_told() -> None:
    team = await make_team()
    settings = WorkspaceSettings(team.owner)
    await settings.open()
    email = f"{team.key.lower()}@example.org"
    assert await settings.add("Ben", email, PASSWORD, "member") == "Ben is added"
    await settings.remove(next(item["id"] for item in settings.items() if item["name"] == "Ben"))
    told = await settings.add("Benjamin", email, PASSWORD, "guest")
    assert told == "Ben is here again, with the password of before"
    assert [(item["name"], item["role"]) for item in settings.items() if item["email"] == email] == [("Ben", "guest")]
