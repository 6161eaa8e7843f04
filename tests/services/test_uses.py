from typing import Any

from tasktracker.services import custom_fields, labels, tasks
from tasktracker.services.queries.uses import count_uses
from tests.factories import make_team


async def test_it_is_counted_what_tasks_use_archived_and_trashed_ones_too() -> None:
    team, other = await make_team(), await make_team()
    bug, spare = [await labels.add_label(team.owner, team.key, {"name": name}) for name in ("bug", "spare")]
    await custom_fields.add_custom_field(team.owner, team.key, {"name": "Severity", "kind": "text"})
    fields: dict[str, Any] = {"label_ids": [str(bug.id)], "custom": {"severity": "bad"}}
    for stamp in (tasks.archive_task, tasks.trash_task):
        await stamp(team.owner, team.ref((await team.task(column="Done", **fields)).number))
    await team.task(column="To do", label_ids=[str(bug.id)])
    await other.task()
    uses = await count_uses(team.owner, team.key)
    assert uses.columns == {str(team.columns["Done"].id): 2, str(team.columns["To do"].id): 1}
    assert (uses.labels, uses.custom_fields) == ({str(bug.id): 3}, {"severity": 2})
    assert str(spare.id) not in uses.labels
