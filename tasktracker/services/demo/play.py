"""Playing a story: each of its steps is a command of a service, by the person who took it, at its time."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.ids import new_request_id
from tasktracker.domain.references import TaskRef
from tasktracker.services import (
    columns,
    comments,
    custom_fields,
    labels,
    projects,
    relations,
    rules,
    saved_views,
    tasks,
    templates,
)
from tasktracker.services.clock import time_is
from tasktracker.services.demo.blueprints import Blueprint
from tasktracker.services.demo.habits import HABITS, Habits
from tasktracker.services.demo.outline import Card
from tasktracker.services.demo.pen import DOING, REVIEW, Step
from tasktracker.services.demo.team import GUEST, OWNER, Cast
from tasktracker.services.demo.working_time import WorkingTime
from tasktracker.services.queries.projects import list_columns
from tasktracker.services.task_changes import Spot
from tasktracker.services.transaction import unit_of_work

_REFERENCE = re.compile(r"\{\{(.+?)\}\}")


@dataclass
class Stage:
    """A project under way: who is who in it, and what its columns, labels and tasks are called."""

    key: str
    cast: Cast
    time: WorkingTime
    planned_numbers: Mapping[int, int]
    titles: Mapping[int, str]
    columns: dict[str, UUID] = field(default_factory=dict)
    labels: dict[str, UUID] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    remarks: dict[tuple[int, str], UUID] = field(default_factory=dict)

    def ref(self, card: int) -> TaskRef:
        return TaskRef(self.key, self.numbers[card])

    def text(self, text: str) -> str:
        """The text with handles and references as they are called here."""
        return _REFERENCE.sub(lambda found: self._reference(found[1]), self.cast.mentioned(text))

    def _reference(self, title: str) -> str:
        card = next(index for index, each in self.titles.items() if each.startswith(title))
        return f"{self.key}-{self.planned_numbers[card]}"

    @contextmanager
    def acting(self, who: str, minute: float) -> Iterator[Actor]:
        """Somebody at a moment, in a request of their own."""
        with time_is(self.time.at(minute)):
            yield self.cast.actors[who].for_request(new_request_id())


async def play(stage: Stage, blueprint: Blueprint, steps: Sequence[Step], progress: Callable[[], None]) -> None:
    """Set the project up and take every step, in one transaction: all of it is there in the end, or nothing."""
    async with unit_of_work():
        await _set_up(stage, blueprint)
        for step in steps:
            with stage.acting(step.who, step.minute) as actor:
                await _ACTIONS[step.action](stage, actor, step)
            progress()
        with stage.acting(blueprint.lead, stage.time.length) as lead:
            await _settle(stage, lead, HABITS[blueprint.content])


def set_stage(key: str, cast: Cast, time: WorkingTime, cards: Sequence[Card], steps: Sequence[Step]) -> Stage:
    """A stage that knows already which number each task is going to have."""
    created = [step.card for step in steps if step.action == "create"]
    numbers = {card: number for number, card in enumerate(created, start=1)}
    return Stage(key, cast, time, numbers, {card.index: card.title for card in cards})


async def _set_up(stage: Stage, blueprint: Blueprint) -> None:
    """Labels, limits and members; the owner made the project and does it."""
    with stage.acting(OWNER.key, 2) as owner:
        for name, color in blueprint.labels.items():
            stage.labels[name] = (await labels.add_label(owner, stage.key, {"name": name, "color": color})).id
    with stage.acting(OWNER.key, 5) as owner:
        stage.columns = {column.name: column.id for column in await list_columns(owner, stage.key)}
        for name, limit in ((DOING, blueprint.in_progress), (REVIEW, blueprint.in_review)):
            await columns.edit_column(owner, stage.key, stage.columns[name], {"wip_limit": limit})
    with stage.acting(OWNER.key, 8) as owner:
        for who, role in ((blueprint.lead, "manager"), (GUEST, "commenter")):
            await projects.set_project_member(owner, stage.key, stage.cast.actors[who].account_id, role)


async def _settle(stage: Stage, lead: Actor, habits: Habits) -> None:
    """Fields, templates, rules and views, in the end: no rule answers what happened before it was made."""
    for own in habits.fields:
        await custom_fields.add_custom_field(lead, stage.key, own)
    for template in habits.templates:
        content = {**template["content"]}
        content["label_ids"] = [str(stage.labels[name]) for name in content.pop("labels")]
        await templates.add_template(lead, stage.key, {**template, "content": content})
    for rule in habits.rules:
        await rules.add_rule(lead, stage.key, rule)
    for view in habits.views:
        await saved_views.create_view(lead, {**view, "project": stage.key, "is_shared": True})


async def _create(stage: Stage, actor: Actor, step: Step) -> None:
    task = await tasks.create_task(actor, stage.key, _raw(stage, step))
    stage.numbers[step.card] = task.number


async def _edit(stage: Stage, actor: Actor, step: Step) -> None:
    await tasks.edit_task(actor, stage.ref(step.card), _raw(stage, step))


async def _move(stage: Stage, actor: Actor, step: Step) -> None:
    before = step.fields.get("before")
    column = str(stage.columns[step.fields["column"]])
    spot = Spot(column, before=None if before is None else stage.numbers[before])
    await tasks.move_task(actor, stage.ref(step.card), spot)


async def _comment(stage: Stage, actor: Actor, step: Step) -> None:
    remark = await comments.add_comment(actor, stage.ref(step.card), stage.text(step.fields["body"]))
    stage.remarks[step.card, step.who] = remark.id


async def _reword(stage: Stage, actor: Actor, step: Step) -> None:
    remark = stage.remarks[step.card, step.who]
    await comments.edit_comment(actor, stage.ref(step.card), remark, stage.text(step.fields["body"]))


async def _relate(stage: Stage, actor: Actor, step: Step) -> None:
    await relations.relate(actor, stage.ref(step.card), "blocks", stage.ref(step.fields["blocks"]))


def _on_task(command: Callable[[Actor, TaskRef], Awaitable[object]]) -> Callable[[Stage, Actor, Step], Awaitable[None]]:
    async def act(stage: Stage, actor: Actor, step: Step) -> None:
        await command(actor, stage.ref(step.card))

    return act


_ACTIONS: Mapping[str, Callable[[Stage, Actor, Step], Awaitable[None]]] = {
    "create": _create,
    "edit": _edit,
    "move": _move,
    "comment": _comment,
    "relate": _relate,
    "reword": _reword,
    "archive": _on_task(tasks.archive_task),
    "unarchive": _on_task(tasks.unarchive_task),
    "trash": _on_task(tasks.trash_task),
    "restore": _on_task(tasks.restore_task),
}


def _raw(stage: Stage, step: Step) -> dict[str, Any]:
    """The step's fields as a request has them."""
    raw: dict[str, Any] = {}
    for name, value in step.fields.items():
        if name == "column":
            raw["column_id"] = str(stage.columns[value])
        elif name == "labels":
            raw["label_ids"] = [str(stage.labels[label]) for label in value]
        elif name == "assignees":
            raw["assignee_ids"] = [str(stage.cast.actors[who].account_id) for who in value]
        else:
            raw[name] = stage.text(value) if name == "description" else value
    return raw
