from typing import Any

import pytest

from tasktracker.domain.custom_fields import FIELD_LIMIT
from tasktracker.domain.errors import CannotUndo, Clash, Conflict, Forbidden, NotFound
from tasktracker.domain.permissions import Permission
from tasktracker.models import Event, Project
from tasktracker.services import custom_fields, projects, tasks
from tasktracker.services.batch import run_batch
from tasktracker.services.command import project_command
from tasktracker.services.custom_fields import CUSTOM_FIELD
from tasktracker.services.custom_values import custom_changes
from tasktracker.services.queries.custom_fields import list_custom_fields
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.undo import undo_command
from tasktracker.services.views import CustomFieldView, TaskView
from tests.factories import Team, make_team
from tests.services.outcomes import outcome_of, pointers_of

SEVERITY = {"name": "Severity", "kind": "select", "options": ["low", "medium", "high", "blocker"]}
PLATFORMS = {"name": "Platforms", "kind": "multi_select", "options": ["mac", "linux", "windows"]}


async def add(team: Team, **raw: Any) -> CustomFieldView:
    return await custom_fields.add_custom_field(team.owner, team.key, raw)


async def edit(team: Team, field: CustomFieldView, **raw: Any) -> CustomFieldView:
    return await custom_fields.edit_custom_field(team.owner, team.key, field.id, raw)


async def value_of(team: Team, task: TaskView, key: str) -> Any:
    return (await get_task(team.owner, team.ref(task.number))).custom.get(key)


async def test_fields_are_made_renamed_moved_and_deleted() -> None:
    team = await make_team()
    severity, due = await add(team, **SEVERITY), await add(team, name="Due at the customer", kind="date")
    assert (severity.key, due.key, due.options) == ("severity", "due_at_the_customer", [])
    renamed = await edit(team, severity, name="How bad", options=["low", "high"])
    assert (renamed.key, renamed.name, renamed.options, renamed.version) == ("severity", "How bad", ["low", "high"], 2)
    moved = await custom_fields.move_custom_field(team.owner, team.key, due.id, after=None)
    assert await list_custom_fields(team.owner, team.key) == [moved, renamed]
    moved = await custom_fields.move_custom_field(team.owner, team.key, due.id, after=severity.id)
    assert await list_custom_fields(team.owner, team.key) == [renamed, moved]
    await custom_fields.delete_custom_field(team.owner, team.key, severity.id)
    assert await list_custom_fields(team.owner, team.key) == [moved]


async def test_what_is_wrong_with_a_new_field_is_told_at_once() -> None:
    team = await make_team()
    assert await pointers_of(add(team)) == ["/name", "/kind"]
    assert await pointers_of(add(team, name="", kind="colour", key="A B", options=[1])) == [
        "/name", "/kind", "/key", "/options/0",
    ]  # fmt: skip
    assert await pointers_of(add(team, name="x", kind="select")) == ["/options"]
    assert await pointers_of(add(team, name="x", kind="text", options=["a"])) == ["/options"]


async def test_a_taken_name_or_key_is_refused_and_a_made_key_steps_aside() -> None:
    team = await make_team()
    await add(team, name="Severity", kind="text")
    other = await add(team, name="severity", kind="text")
    assert other.key == "severity_2"
    assert isinstance(await outcome_of(add(team, name="Severity", kind="number")), Clash)
    assert isinstance(await outcome_of(add(team, name="New", kind="number", key="severity")), Clash)
    assert isinstance(await outcome_of(edit(team, other, name="Severity")), Clash)
    assert (await edit(team, other, name="severity")) == other


async def test_neither_key_nor_kind_of_a_field_can_be_changed() -> None:
    team = await make_team()
    field = await add(team, **SEVERITY)
    assert await pointers_of(edit(team, field, key="x", kind="text")) == ["/key", "/kind"]


async def test_a_project_has_at_most_fifty_fields() -> None:
    team = await make_team()
    for number in range(FIELD_LIMIT):
        await add(team, name=f"Field {number}", kind="checkbox")
    assert isinstance(await outcome_of(add(team, name="One more", kind="checkbox")), Clash)


async def test_only_who_manages_the_project_changes_its_fields() -> None:
    team, other = await make_team(), await make_team()
    field = await add(team, **SEVERITY)
    editor, stranger = await team.person(), other.owner
    for actor, refusal in ((editor, Forbidden), (stranger, NotFound)):
        for call in (
            custom_fields.add_custom_field(actor, team.key, SEVERITY),
            custom_fields.edit_custom_field(actor, team.key, field.id, {"name": "x"}),
            custom_fields.move_custom_field(actor, team.key, field.id, after=None),
            custom_fields.delete_custom_field(actor, team.key, field.id),
        ):
            assert isinstance(await outcome_of(call), refusal)
    theirs = await add(other, **SEVERITY)
    for call in (
        edit(team, theirs, name="x"),
        custom_fields.delete_custom_field(team.owner, team.key, theirs.id),
    ):
        assert isinstance(await outcome_of(call), NotFound)
    for after in (theirs.id, field.id):
        misplaced = custom_fields.move_custom_field(team.owner, team.key, field.id, after=after)
        assert await pointers_of(misplaced) == ["/after"]


async def test_a_task_takes_a_value_of_every_kind_and_shows_it() -> None:
    team = await make_team()
    values: dict[str, tuple[Any, Any]] = {
        "text": (" two  words ", "two words"),
        "number": (3, 3.0),
        "date": ("2026-11-30", "2026-11-30"),
        "select": ("low", "low"),
        "multi_select": (["high", "low"], ["low", "high"]),
        "person": (str(team.owner.account_id), str(team.owner.account_id)),
        "url": ("https://example.com", "https://example.com"),
        "checkbox": (False, False),
    }
    for kind in values:
        options = {"options": ["low", "high"]} if kind.endswith("select") else {}
        await add(team, name=kind, kind=kind, **options)
    task = await team.task(custom={kind: sent for kind, (sent, _) in values.items()})
    assert task.custom == {kind: kept for kind, (_, kept) in values.items()}
    assert task == await get_task(team.owner, team.ref(task.number))
    cleared = await tasks.edit_task(team.owner, team.ref(task.number), {"custom": dict.fromkeys(values)})
    assert (cleared.custom, cleared.version) == ({}, 2)
    again = await tasks.edit_task(team.owner, team.ref(task.number), {"custom": {"text": None, "multi_select": []}})
    assert again.version == 2


async def test_every_wrong_value_is_pointed_at() -> None:
    team = await make_team()
    await add(team, **SEVERITY)
    await add(team, **PLATFORMS)
    wrong = {"severity": "urgent", "platforms": ["mac", "amiga"], "colour": "red", "a/b": 1, "\x00": 1}
    assert await pointers_of(team.task(custom=wrong)) == [
        "/custom/severity", "/custom/platforms/1", "/custom/colour", "/custom/a~1b", "/custom/\x00",
    ]  # fmt: skip
    too_many = {f"x{number}": 1 for number in range(FIELD_LIMIT + 1)}
    assert await pointers_of(team.task(custom=too_many)) == ["/custom"]


async def test_a_person_in_a_field_is_one_who_sees_the_project() -> None:
    team, other = await make_team(), await make_team()
    await add(team, name="Customer contact", kind="person", key="contact")
    guest, member, gone = await team.person("guest"), await team.person(), await team.person(is_active=False)
    for person in (guest, gone, other.owner):
        refused = team.task(custom={"contact": str(person.account_id)})
        assert await pointers_of(refused) == ["/custom/contact"]
    assert (await team.task(custom={"contact": str(member.account_id)})).custom["contact"] == str(member.account_id)
    await projects.set_project_member(team.owner, team.key, guest.account_id, "viewer")
    assert (await team.task(custom={"contact": str(guest.account_id)})).custom["contact"] == str(guest.account_id)


async def test_many_tasks_of_one_call_read_the_fields_once() -> None:
    team = await make_team()
    await add(team, **SEVERITY)
    await add(team, name="Customer contact", kind="person", key="contact")
    people = [str((await team.person()).account_id) for _ in range(2)]
    operations = [
        {"op": "create", "fields": {"title": "Task", "custom": {"severity": "low", "contact": people[number % 2]}}}
        for number in range(50)
    ]
    asked: list[str] = []
    async with project_command(team.owner, team.key, Permission.EDIT_TASKS) as command:
        with command.db._connection.query_logger(lambda record: asked.append(record.query)):  # noqa: SLF001
            await run_batch(team.owner, team.key, operations)
    assert sum("FROM custom_field" in query for query in asked) == 2, "the fields with each of the two people"
    refused = run_batch(team.owner, team.key, [{"op": "create", "fields": {"title": "x", "custom": {"severity": "x"}}}])
    assert await pointers_of(refused) == ["/operations/0/fields/custom/severity"]


async def test_two_people_who_change_different_custom_fields_both_keep_what_they_did() -> None:
    team = await make_team()
    await add(team, **SEVERITY)
    await add(team, **PLATFORMS)
    ref = team.ref((await team.task()).number)
    other = await team.person()
    await tasks.edit_task(other, ref, {"custom": {"severity": "high"}}, version=1)
    merged = await tasks.edit_task(team.owner, ref, {"custom": {"platforms": ["mac"]}}, version=1)
    assert merged.custom == {"severity": "high", "platforms": ["mac"]}


async def test_two_people_who_change_one_custom_field_are_shown_all_three_sides() -> None:
    team = await make_team()
    await add(team, **SEVERITY)
    ref = team.ref((await team.task(custom={"severity": "low"})).number)
    await tasks.edit_task(await team.person(), ref, {"custom": {"severity": "high"}}, version=1)
    refusal = await outcome_of(tasks.edit_task(team.owner, ref, {"custom": {"severity": None}}, version=1))
    assert isinstance(refusal, Conflict)
    assert refusal.fields == {"custom.severity": {"base": "low", "yours": None, "theirs": "high"}}


async def test_an_option_that_tasks_have_is_not_removed_under_them() -> None:
    team = await make_team()
    severity, platforms = await add(team, **SEVERITY), await add(team, **PLATFORMS)
    for level in ("low", "low", "high"):
        await team.task(custom={"severity": level, "platforms": ["linux", "mac"]})
    refusal = await outcome_of(edit(team, severity, options=["medium"]))
    assert isinstance(refusal, Clash)
    assert "“high” (1), “low” (2)." in str(refusal)
    assert isinstance(await outcome_of(edit(team, platforms, options=["mac"])), Clash)
    assert (await edit(team, severity, options=["high", "low"])).options == ["high", "low"]


async def test_an_option_that_a_task_in_the_trash_has_is_not_removed_either() -> None:
    team = await make_team()
    severity = await add(team, **SEVERITY)
    task = await team.task(custom={"severity": "low"})
    await tasks.trash_task(team.owner, team.ref(task.number))
    assert isinstance(await outcome_of(edit(team, severity, options=["high"])), Clash)


async def test_a_renamed_option_has_its_new_name_on_every_task_and_each_tells_so() -> None:
    team = await make_team()
    severity = await add(team, **SEVERITY)
    marked = [await team.task(custom={"severity": "blocker"}) for _ in range(2)]
    other = await team.task(custom={"severity": "low"})
    edited = await edit(team, severity, rename={"blocker": "critical"})
    assert edited.options == ["low", "medium", "high", "critical"]
    for task in marked:
        now = await get_task(team.owner, team.ref(task.number))
        assert (now.custom, now.version) == ({"severity": "critical"}, 2)
        newest = (await list_history(team.owner, team.ref(task.number))).items[0]
        assert newest.changes == [{"field": "custom.severity", "old": "blocker", "new": "critical"}]
    assert await get_task(team.owner, team.ref(other.number)) == other
    commands = {event.command for event in await Event.filter(log_id=team.project.id).order_by("-revision").limit(3)}
    assert len(commands) == 1, "one command, so that one undo takes it back"


async def test_an_option_may_become_another_one_that_there_is() -> None:
    team = await make_team()
    platforms = await add(team, **PLATFORMS)
    both, one = [await team.task(custom={"platforms": each}) for each in (["mac", "windows"], ["windows"])]
    edited = await edit(team, platforms, options=["other", "mac"], rename={"windows": "mac", "linux": "other"})
    assert edited.options == ["other", "mac"]
    assert [await value_of(team, task, "platforms") for task in (both, one)] == [["mac"], ["mac"]]


async def test_two_options_may_swap_their_names() -> None:
    team = await make_team()
    severity, platforms = await add(team, **SEVERITY), await add(team, **PLATFORMS)
    low, high = [await team.task(custom={"severity": each, "platforms": ["mac", "linux"]}) for each in ("low", "high")]
    await edit(team, severity, rename={"low": "high", "high": "low"})
    assert [await value_of(team, task, "severity") for task in (low, high)] == ["high", "low"]
    await edit(team, platforms, options=PLATFORMS["options"], rename={"mac": "linux", "linux": "mac"})
    assert (await get_task(team.owner, team.ref(low.number))).version == 2, "a task that has both is as it was"


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"rename": {"amiga": "mac"}}, "/rename/amiga"),
        ({"rename": {"mac": "macos"}, "options": ["mac", "linux", "windows"]}, "/rename/mac"),
        ({"rename": {"mac": "LINUX"}}, "/rename/mac"),
        ({"rename": {"mac": ""}}, "/rename/mac"),
        ({"rename": ["mac"]}, "/rename"),
        ({"options": []}, "/options"),
    ],
)
async def test_a_rename_that_makes_no_sense_is_refused(raw: dict[str, Any], pointer: str) -> None:
    team = await make_team()
    platforms = await add(team, **PLATFORMS)
    assert await pointers_of(edit(team, platforms, **raw)) == [pointer]


async def test_undoing_a_new_option_is_refused_while_tasks_have_it() -> None:
    team = await make_team()
    severity = await add(team, **SEVERITY)
    await edit(team, severity, options=[*SEVERITY["options"], "fatal"])
    wanted = (await Project.get(id=team.project.id)).revision
    task = await team.task(custom={"severity": "fatal"})
    refusal = await outcome_of(undo_command(team.owner, team.key, wanted))
    assert isinstance(refusal, CannotUndo)
    assert "“fatal” (1)" in str(refusal)
    await tasks.edit_task(team.owner, team.ref(task.number), {"custom": {"severity": "low"}})
    await undo_command(team.owner, team.key, wanted)
    assert (await list_custom_fields(team.owner, team.key))[0].options == SEVERITY["options"]


async def test_undoing_a_new_field_is_refused_while_tasks_have_a_value_of_it() -> None:
    team = await make_team()
    await add(team, **SEVERITY)
    wanted = (await Project.get(id=team.project.id)).revision
    task = await team.task(custom={"severity": "low"})
    assert isinstance(await outcome_of(undo_command(team.owner, team.key, wanted)), CannotUndo)
    await tasks.edit_task(team.owner, team.ref(task.number), {"custom": {"severity": None}})
    await undo_command(team.owner, team.key, wanted)
    assert await list_custom_fields(team.owner, team.key) == []


async def test_a_command_that_changes_a_field_sees_its_values_as_they_fit_then() -> None:
    team = await make_team()
    severity = await add(team, **SEVERITY)
    async with project_command(team.owner, team.key, Permission.MANAGE_PROJECT) as command:
        await custom_changes(command, {"severity": "low"})
        row = await CUSTOM_FIELD.find(command, severity.id)
        await CUSTOM_FIELD.edit(command, row, {"options": ["minor"]})
        assert await custom_changes(command, {"severity": "minor"}) == {"custom.severity": "minor"}
        assert await pointers_of(custom_changes(command, {"severity": "low"})) == ["/custom/severity"]


async def test_a_value_comes_back_only_where_it_still_fits() -> None:
    team = await make_team()
    severity = await add(team, **SEVERITY)
    ref = team.ref((await team.task(custom={"severity": "low"})).number)
    await tasks.edit_task(team.owner, ref, {"custom": {"severity": "high"}})
    wanted = (await Project.get(id=team.project.id)).revision
    await edit(team, severity, options=["medium", "high"])
    refusal = await outcome_of(undo_command(team.owner, team.key, wanted))
    assert isinstance(refusal, CannotUndo)
    assert "one of: medium, high" in str(refusal)


async def test_a_deleted_field_is_off_every_task_and_each_tells_so_in_its_history() -> None:
    team = await make_team()
    severity = await add(team, **SEVERITY)
    await add(team, **PLATFORMS)
    marked = await team.task(custom={"severity": "low", "platforms": ["mac"]})
    trashed = await team.task(custom={"severity": "high"})
    await tasks.trash_task(team.owner, team.ref(trashed.number))
    other = await team.task(custom={"platforms": ["mac"]})
    await custom_fields.delete_custom_field(team.owner, team.key, severity.id)
    for task, old, left in ((marked, "low", {"platforms": ["mac"]}), (trashed, "high", {})):
        now = await get_task(team.owner, team.ref(task.number))
        assert now.custom == left
        newest = (await list_history(team.owner, team.ref(task.number))).items[0]
        assert newest.changes == [{"field": "custom.severity", "old": old, "new": None}]
    assert await get_task(team.owner, team.ref(other.number)) == other
    last = await Event.filter(log_id=team.project.id).order_by("-revision").first()
    assert last is not None
    assert (last.kind, last.subject_id) == ("CustomFieldDeleted", severity.id)
    again = await add(team, **SEVERITY)
    assert again.key == "severity", "the key is free again"
