"""The inbox in words."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tasktracker.consumers.notifications import Notifications
from tasktracker.consumers.reader import read_pass
from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid
from tasktracker.services import comments, tasks
from tasktracker.services.clock import now
from tasktracker.services.queries.notifications import NotificationView, count_notifications
from tasktracker.ui.presenters.inbox import InboxPresenter, item, phrase
from tasktracker.ui.presenters.naming import ids_in
from tasktracker.ui.presenters.task_preview import preview
from tests.factories import Team, make_team

BEN = UUID("019a5c1e-7b1a-7c3e-9d55-0c2f4be8a102")
NAMES = {str(BEN): "Ben"}


def notice(reason: str, kind: str, *changes: dict[str, Any], **fields: Any) -> NotificationView:
    return NotificationView(
        **{
            "id": BEN,
            "reason": reason,
            "task": "WEB-1",
            "title": "Fix the login",
            "kind": kind,
            "subject_id": BEN,
            "actor_id": BEN,
            "changes": list(changes),
            "at": datetime(2026, 11, 23, tzinfo=UTC),
            "read_at": None,
            "snoozed_until": None,
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (notice("mentioned", "CommentAdded"), "mentioned you in a comment"),
        (notice("mentioned", "TaskEdited"), "mentioned you in the description"),
        (notice("assigned", "TaskEdited"), "assigned you"),
        (notice("commented", "CommentAdded"), "commented"),
        (notice("due", "TaskFellDue"), "This is due"),
        (notice("reminder", "ReminderFired"), "Your reminder"),
        (
            notice("changed", "TaskEdited", {"field": "priority", "old": "low", "new": "high"}),
            "set the priority to High",
        ),
        (notice("changed", "TaskEdited", {"field": "priority", "redacted": True}), "changed this task"),
    ],
)
def test_the_reason_is_told_in_words(told: NotificationView, words: str) -> None:
    assert phrase(told, NAMES) == words


def test_a_notification_says_who_did_it_unless_the_time_did() -> None:
    assert item(notice("assigned", "TaskEdited"), NAMES)["who"] == "Ben"
    assert item(notice("assigned", "TaskEdited"), {})["who"] == "Somebody who left"
    assert item(notice("due", "TaskFellDue"), NAMES)["who"] is None


def test_a_comment_is_told_with_its_beginning_without_marks() -> None:
    body = {
        "field": "body",
        "old": None,
        "new": "**Look** at `this`\n\n- [link](https://example.org) & more " + "x" * 200,
    }
    said = item(notice("commented", "CommentAdded", body), NAMES)["excerpt"]
    assert said.startswith("Look at this link & more xxx")
    assert (len(said), said[-1]) == (160, "…")


def test_what_is_put_off_says_until_when_and_what_has_come_back_does_not() -> None:
    later, earlier = now() + timedelta(hours=1), now() - timedelta(hours=1)
    assert item(notice("assigned", "TaskEdited", snoozed_until=later), NAMES)["snoozed"] == later.isoformat()
    assert item(notice("assigned", "TaskEdited", snoozed_until=earlier), NAMES)["snoozed"] is None


def test_only_ids_are_looked_up() -> None:
    changes: list[dict[str, Any]] = [
        {"field": "assignee_ids", "old": [], "new": [str(BEN)]},
        {"field": "title", "old": "-" * 36, "new": None},
        {"field": "body", "redacted": True},
    ]
    assert ids_in(changes, None) == {str(BEN)}


async def inbox_of(person: Actor) -> tuple[InboxPresenter, list[dict[str, Any]]]:
    presenter = InboxPresenter(person)
    await presenter.open()
    return presenter, await presenter.load()


async def tell(team: Team) -> None:
    while await read_pass(Notifications(), [team.project.id]):
        continue


async def test_an_inbox_names_people_columns_and_labels() -> None:
    team = await make_team()
    person = await team.person()
    task = await team.task(assignee_ids=[str(person.account_id)], column="To do")
    await tasks.edit_task(team.owner, team.ref(task.number), {"column_id": str(team.columns["Done"].id)})
    await tell(team)
    presenter, items = await inbox_of(person)
    assert [each["text"] for each in items] == ["moved this from To do to Done", "assigned you"]
    assert presenter.shell.unread == 2
    assert presenter.projects()[team.key] == {"name": "Web site", "color": team.project.color}


async def test_all_is_read_but_what_has_come_in_since_it_was_drawn() -> None:
    team = await make_team()
    person = await team.person()
    await team.task(assignee_ids=[str(person.account_id)])
    await tell(team)
    presenter, _ = await inbox_of(person)
    await team.task("Another", assignee_ids=[str(person.account_id)])
    await tell(team)
    await presenter.read_all()
    assert (await count_notifications(person)).unread == 1
    presenter.show("unread")
    assert [each["title"] for each in await presenter.load()] == ["Another"]
    with pytest.raises(Invalid):
        presenter.show("everything")


async def test_a_task_at_a_glance_has_its_names_and_what_was_said_last() -> None:
    team = await make_team()
    person = await team.person(name="Ben Okafor")
    task = await team.task(description="It **fails**.", column="To do", assignee_ids=[str(person.account_id)])
    for number in range(7):
        await comments.add_comment(team.owner, team.ref(task.number), f"Comment *{number}*")
    shown = await preview(person, team.ref(task.number))
    assert (shown["column"], [each["name"] for each in shown["people"]]) == ("To do", ["Ben Okafor"])
    assert "<strong>fails</strong>" in shown["html"]
    assert [each["html"].strip() for each in shown["comments"]] == [f"<p>Comment <em>{n}</em></p>" for n in range(2, 7)]
