"""A task's dialog: what it shows of the texts in it."""

from tasktracker.services import comments
from tasktracker.ui.presenters.task import TaskPresenter
from tests.factories import make_team


async def test_references_in_description_and_comments_are_links_with_their_titles() -> None:
    team = await make_team()
    other = await team.task("Ship the shop")
    ref = team.ref((await team.task(description=f"After {other.ref}")).number)
    await comments.add_comment(team.owner, ref, f"Not before {other.ref}?")
    presenter = TaskPresenter(team.owner, ref)
    await presenter.load()
    link = f'<a href="/t/{other.ref}" class="tt-ref" title="Ship the shop (To do)"'
    assert link in presenter.description_html
    (comment,) = [item["html"] for item in presenter.thread({}) if "html" in item]
    assert link in comment


async def test_a_description_that_was_just_saved_is_shown_as_it_is_now() -> None:
    team = await make_team()
    task = await team.task(description="Old")
    presenter = TaskPresenter(team.owner, team.ref(task.number))
    await presenter.load()
    await presenter.edit({"description": f"See {task.ref} <b>"})
    assert f'data-ref="{task.ref}"' in presenter.description_html
    assert "&lt;b&gt;" in presenter.description_html
