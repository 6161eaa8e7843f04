from tasktracker.domain.errors import Clash, NotFound
from tasktracker.services import labels, tasks
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.projects import list_labels
from tasktracker.services.queries.tasks import get_task
from tests.factories import make_team
from tests.services.outcomes import outcome_of, pointers_of


async def test_labels_are_made_renamed_and_recoloured() -> None:
    team = await make_team()
    made = await labels.add_label(team.owner, team.key, {"name": " idea ", "color": "#ABCDEF"})
    grey = await labels.add_label(team.owner, team.key, {"name": "Bug"})
    edited = await labels.edit_label(team.owner, team.key, made.id, {"name": "Wish"})
    assert (edited.name, edited.color, edited.version) == ("Wish", "#abcdef", 2)
    assert await list_labels(team.owner, team.key) == [grey, edited]


async def test_a_wrong_or_taken_label_is_refused() -> None:
    team = await make_team()
    bug = await labels.add_label(team.owner, team.key, {"name": "bug"})
    idea = await labels.add_label(team.owner, team.key, {"name": "idea"})
    assert isinstance(await outcome_of(labels.add_label(team.owner, team.key, {"name": "bug"})), Clash)
    assert isinstance(await outcome_of(labels.edit_label(team.owner, team.key, idea.id, {"name": "bug"})), Clash)
    assert await pointers_of(labels.add_label(team.owner, team.key, {"color": "#123456"})) == ["/name"]
    assert await pointers_of(labels.add_label(team.owner, team.key, {"name": "x", "color": "red"})) == ["/color"]
    assert await labels.edit_label(team.owner, team.key, bug.id, {"name": "bug"}) == bug


async def test_a_label_of_another_project_is_not_found() -> None:
    team, other = await make_team(), await make_team()
    theirs = await labels.add_label(other.owner, other.key, {"name": "bug"})
    for call in (
        labels.edit_label(team.owner, team.key, theirs.id, {"name": "x"}),
        labels.delete_label(team.owner, team.key, theirs.id),
    ):
        assert isinstance(await outcome_of(call), NotFound)


async def test_a_deleted_label_is_off_every_task_and_each_tells_so_in_its_history() -> None:
    team = await make_team()
    ids = [str((await labels.add_label(team.owner, team.key, {"name": name})).id) for name in ("bug", "idea", "docs")]
    marked = [await team.task(label_ids=ids), await team.task(label_ids=ids[:1]), await team.task(label_ids=ids)]
    other = await team.task(label_ids=ids[1:])
    await tasks.trash_task(team.owner, team.ref(marked[2].number))
    await labels.delete_label(team.owner, team.key, (await list_labels(team.owner, team.key))[0].id)
    for task, left in zip(marked, (ids[1:], [], ids[1:]), strict=True):
        now = await get_task(team.owner, team.ref(task.number))
        assert [str(each) for each in now.label_ids] == left
        newest = (await list_history(team.owner, team.ref(task.number))).items[0]
        old = [str(each) for each in task.label_ids]
        assert newest.changes == [{"field": "label_ids", "old": old, "new": left}]
    assert await get_task(team.owner, team.ref(other.number)) == other
    assert [label.name for label in await list_labels(team.owner, team.key)] == ["docs", "idea"]
