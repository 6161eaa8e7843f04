"""Ticking the items of checklists."""

from tasktracker.domain.errors import Clash, Forbidden, Refusal
from tasktracker.domain.markdown import boxes
from tasktracker.services import comments, tasks
from tasktracker.services.checklists import tick_comment_item, tick_item
from tasktracker.services.queries.history import list_history
from tasktracker.services.queries.tasks import get_task
from tasktracker.services.undo import undo_last
from tests.factories import make_team
from tests.services.outcomes import outcome_of

LIST = "- [ ] milk\n- [ ] bread"


async def test_a_tick_keeps_what_somebody_else_has_written_meanwhile() -> None:
    team = await make_team()
    other = await team.person()
    task = await team.task(description=LIST)
    ref, bread = team.ref(task.number), boxes(LIST)[1].item
    await tasks.edit_task(other, ref, {"description": f"For *today*:\n\n{LIST}\n- [ ] jam"}, version=task.version)
    view = await tick_item(team.owner, ref, bread, done=True)
    assert view.description == "For *today*:\n\n- [ ] milk\n- [x] bread\n- [ ] jam"
    assert view == await tick_item(team.owner, ref, bread, done=True)
    assert view.version == task.version + 2


async def test_an_item_that_was_rewritten_is_not_ticked_for_another_one() -> None:
    team = await make_team()
    ref = team.ref((await team.task(description=LIST)).number)
    milk = boxes(LIST)[0].item
    await tasks.edit_task(team.owner, ref, {"description": "- [ ] oat milk\n- [ ] bread"})
    assert isinstance(await outcome_of(tick_item(team.owner, ref, milk, done=True)), Clash)
    assert (await get_task(team.owner, ref)).description == "- [ ] oat milk\n- [ ] bread"


async def test_a_tick_can_be_undone() -> None:
    team = await make_team()
    ref = team.ref((await team.task(description=LIST)).number)
    await tick_item(team.owner, ref, boxes(LIST)[0].item, done=True)
    await undo_last(team.owner, team.key)
    assert (await get_task(team.owner, ref)).description == LIST


async def test_people_tick_in_what_they_may_change() -> None:
    team = await make_team()
    ref, item = team.ref((await team.task(description=LIST)).number), boxes(LIST)[0].item
    guest, author = await team.person("guest"), await team.person()
    assert isinstance(await outcome_of(tick_item(guest, ref, item, done=True)), Refusal)
    said = await comments.add_comment(author, ref, LIST)
    refusal = await outcome_of(tick_comment_item(team.owner, ref, said.id, item, done=True))
    assert isinstance(refusal, Forbidden)
    view = await tick_comment_item(author, ref, said.id, item, done=True)
    assert view.body == "- [x] milk\n- [ ] bread"
    assert view == await tick_comment_item(author, ref, said.id, item, done=True)
    assert (await list_history(author, ref)).items[0].kind == "CommentEdited"
