"""A task's dialog: what it shows of the texts in it."""

import asyncio
from typing import Any

import pytest

from tasktracker.domain.markdown import boxes
from tasktracker.realtime.hub import Patch
from tasktracker.services import comments, reactions
from tasktracker.services.custom_fields import add_custom_field
from tasktracker.services.queries.shell import get_frame
from tasktracker.ui.presenters.task import TaskPresenter
from tasktracker.ui.presenters.task_properties import properties, surroundings
from tests.factories import make_team
from tests.held import Held


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


async def test_a_task_that_a_text_names_is_followed_for_its_title_and_state() -> None:
    team = await make_team()
    named, other = await team.task("Ship the shop"), await team.task()
    presenter = TaskPresenter(team.owner, team.ref((await team.task(description=f"After {named.ref}")).number))
    await presenter.load()
    patch = Patch(since=1, revision=2, cards=[], gone=[], project=None)
    for number, is_touched in ((named.number, True), (other.number, False)):
        assert presenter.is_touched_by({**patch, "cards": [{"number": number, "parent": None}]}) is is_touched
        assert presenter.is_touched_by({**patch, "gone": [number]}) is is_touched


async def test_what_is_ticked_is_shown_ticked_at_once() -> None:
    team = await make_team()
    presenter = TaskPresenter(team.owner, team.ref((await team.task(description="- [ ] milk")).number))
    await presenter.load()
    await presenter.tick(boxes("- [ ] milk")[0].item, done=True)
    assert (presenter.task.description, "tt-checked" in presenter.description_html) == ("- [x] milk", True)


async def test_a_comment_shows_who_answered_it_and_how() -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    said = await comments.add_comment(team.owner, ref, "Done?")
    await reactions.react(await team.person(), ref, said.id, "👍")
    presenter = TaskPresenter(team.owner, ref)
    await presenter.load()
    await presenter.react(str(said.id), "👍", wanted=True)
    await presenter.react(str(said.id), "🎉", wanted=True)
    await presenter.react(str(said.id), "🎉", wanted=False)
    await presenter.load()
    (comment,) = [item for item in presenter.thread({str(team.owner.account_id): "Ana"}) if "html" in item]
    assert comment["reactions"] == [{"emoji": "👍", "n": 2, "own": True, "names": "Somebody who left and Ana"}]


async def test_the_properties_tell_all_that_a_task_has() -> None:
    team = await make_team()
    await add_custom_field(team.owner, team.key, {"name": "Severity", "kind": "select", "options": ["low", "high"]})
    ref = team.ref((await team.task(due="2030-11-30T16:30:00Z", start="2030-11-04")).number)
    presenter = TaskPresenter(team.owner, ref)
    await presenter.load()
    assert _properties(presenter)["changed"] is None
    await presenter.remind({"minutes_before": 60})
    rule = {"rule": "FREQ=WEEKLY;BYDAY=MO", "from": "due"}
    outside = {"external_source": "gitlab", "external_id": "7"}
    await presenter.edit({"custom": {"severity": "high"}, "recurrence": rule, **outside})
    await presenter.load()

    shown = _properties(presenter)
    assert [shown["values"][name] for name in ("start", "due")] == ["2030-11-04", "2030-11-30T16:30:00Z"]
    assert shown["values"]["custom.severity"] == "high"
    assert shown["recurrence_text"] == "every week on Monday"
    assert shown["outside"] == {"source": "gitlab", "id": "7"}
    assert shown["reminders"][0]["fire_at"] == "2030-11-30T15:30:00+00:00"
    assert (shown["created"]["by"], shown["changed"]["by"]) == ("Ana", "Ana")
    frame = surroundings(await get_frame(team.owner, team.key), presenter.custom_fields)
    assert frame["custom"] == [{"key": "severity", "name": "Severity", "kind": "select", "options": ["low", "high"]}]
    assert any("set Severity to high" in str(item.get("text")) for item in presenter.thread({}))


async def test_an_answer_that_was_overtaken_by_a_newer_one_is_not_shown() -> None:
    team = await make_team()
    presenter = TaskPresenter(team.owner, team.ref((await team.task()).number))
    await presenter.load()
    early = presenter.task
    await presenter.edit({"estimate": 5})
    presenter._take(early)  # noqa: SLF001  as if it had been read first and had come last
    assert presenter.task.estimate == 5


async def test_who_watches_is_chosen_all_at_once() -> None:
    team = await make_team()
    ben, chi = await team.person(), await team.person()
    presenter = TaskPresenter(team.owner, team.ref((await team.task()).number))
    await presenter.load()
    await presenter.let_watch([str(ben.account_id), str(chi.account_id)])
    assert sorted(presenter.task.watcher_ids) == sorted([ben.account_id, chi.account_id])


def _properties(presenter: TaskPresenter) -> dict[str, Any]:
    return properties(presenter, {str(presenter.actor.account_id): "Ana"}, can_edit=True)


async def test_an_older_answer_neither_takes_comments_away_nor_breaks_the_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    team = await make_team()
    ref = team.ref((await team.task()).number)
    presenter = TaskPresenter(team.owner, ref)
    await presenter.load()
    held = Held(monkeypatch, "tasktracker.ui.presenters.task.render")
    older = asyncio.create_task(presenter.load())
    await held.reached()
    await comments.add_comment(team.owner, ref, "Newer")
    await presenter.load()
    held.let_go()
    await older
    assert [item["body"] for item in presenter.thread({}) if "html" in item] == ["Newer"]


async def test_a_description_saved_while_the_task_was_read_stays_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    team = await make_team()
    presenter = TaskPresenter(team.owner, team.ref((await team.task(description="Old")).number))
    await presenter.load()
    held = Held(monkeypatch, "tasktracker.ui.presenters.task.render")
    older = asyncio.create_task(presenter.load())
    await held.reached()
    await presenter.edit({"description": "New"})
    held.let_go()
    await older
    assert "New" in presenter.description_html
