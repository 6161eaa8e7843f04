"""A workspace full of chance, and what is so of each of its tasks in plain words: what filters are tried on."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tasktracker.domain.actor import Actor
from tasktracker.domain.ids import new_id
from tasktracker.domain.task_fields import PRIORITIES, RELATIONS
from tasktracker.models import Comment, CustomField, Label, Project, Task
from tasktracker.services import columns, labels, projects
from tasktracker.services.queries.projects import list_columns
from tests.factories import Team, make_team

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
WORDS = ("login", "crash", "page", "log", "in", "again", "fast", "über", "5%", "a_b")
LABELS = ("bug", "Needs Review", "docs", "none")
SOURCES = ("GitHub", "jira")
OPTIONS = ("S", "Medium", "Über L")
CUSTOM_KINDS = {
    "team": "text", "cost": "number", "day": "date", "size": "select", "tags": "multi_select", "lead": "person",
    "link": "url", "ok": "checkbox",
}  # fmt: skip


@dataclass
class Fact:
    """A task as somebody would tell of it: names for ids. `due` and `start` are a day, a moment or None."""

    project: str
    number: int
    title: str
    description: str
    column: str
    category: str
    priority: str
    assignees: set[str]
    watchers: set[str]
    creator: str
    commenters: list[str]
    labels: set[str]
    start: date | datetime | None
    due: date | datetime | None
    created: datetime
    updated: datetime
    completed: datetime | None
    archived: datetime | None
    trashed: datetime | None
    estimate: float | None
    attachments: int
    recurs: bool
    source: str | None
    external: str | None
    parent: str | None
    custom: dict[str, Any]
    related: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in RELATIONS})

    @property
    def ref(self) -> str:
        return f"{self.project}-{self.number}"


class World:
    """Its tasks by reference. `people` are accounts by handle; `kinds` the custom fields of each project by key."""

    def __init__(self, seed: int, team: Team, other: str, people: dict[str, Actor]) -> None:
        self.seed, self.team, self.other, self.people = seed, team, other, people
        self.kinds: dict[str, dict[str, str]] = {team.key: CUSTOM_KINDS, other: {"cost": "text", "size": "select"}}
        self.facts: dict[str, Fact] = {}
        self.ids: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"make_world({self.seed})"


async def make_world(seed: int, tasks: int = 120) -> World:
    """Two projects that everybody sees, and one that nobody but its manager sees, with tasks that relate to all."""
    chance = Random(seed)
    team = await make_team()
    people = {}
    for name in ("ana", "ben", "cy"):
        handle = f"{name}.{team.key.lower()}"
        people[handle] = await team.person(handle=handle)
    other = await projects.create_project(team.owner, {"key": f"{team.key}B", "name": "Other"})
    hidden = await projects.create_project(team.owner, {"key": f"{team.key}H", "name": "Hidden", "is_private": True})
    world = World(seed, team, other, people)
    for key in (team.key, other, hidden):
        await _furnish(world, key)
        for number in range(1, (tasks if key == team.key else tasks // 4) + 1):
            await _add(world, chance, key, number)
    await _relate(world, chance, hidden)
    await _comment(world, chance)
    for ref in [ref for ref in world.facts if ref.startswith(f"{hidden}-")]:
        del world.facts[ref]
    return world


async def _furnish(world: World, key: str) -> None:
    owner = world.team.owner
    await columns.add_column(owner, key, {"name": "Dropped", "category": "cancelled"})
    for name in LABELS:
        await labels.add_label(owner, key, {"name": name})
    project = await Project.get(key=key, workspace_id=world.team.workspace.id)
    for place, (field_key, kind) in enumerate(world.kinds.get(key, {}).items()):
        options = list(OPTIONS) if kind.endswith("select") else []
        await CustomField.create(
            project=project, key=field_key, name=field_key, kind=kind, options=options, position=f"a{place}"
        )


async def _add(world: World, chance: Random, key: str, number: int) -> None:
    project = await Project.get(key=key, workspace_id=world.team.workspace.id)
    column = chance.choice(await list_columns(world.team.owner, key))
    fact = _chosen(world, chance, key, number)
    fact.column, fact.category = column.name, column.category
    label_ids = [each.id for each in await Label.filter(project=project) if each.name in fact.labels]
    task = await Task.create(
        **{
            **_row(world, fact),
            "project": project,
            "column_id": column.id,
            "position": f"a{number:06}",
            "label_ids": label_ids,
        }
    )
    world.facts[fact.ref], world.ids[fact.ref] = fact, task.id


def _chosen(world: World, chance: Random, key: str, number: int) -> Fact:
    people = list(world.people)
    earlier = [ref for ref, fact in world.facts.items() if fact.project == key]

    def some(names: Any) -> set[str]:
        return set(chance.sample(sorted(names), chance.choice((0, 0, 1, 2))))

    return Fact(
        project=key, number=number,
        title=" ".join(chance.choices(WORDS, k=chance.randint(1, 4))),
        description=" ".join(chance.choices(WORDS, k=chance.randint(0, 5))),
        column="", category="", priority=chance.choice(PRIORITIES),
        assignees=some(people), watchers=some(people), creator=chance.choice(people), commenters=[],
        labels=some(LABELS), start=_when(chance), due=_when(chance),
        created=_moment(chance), updated=_moment(chance),
        completed=chance.choice((None, _moment(chance))),
        archived=chance.choice((None, None, None, _moment(chance))),
        trashed=chance.choice((None, None, None, None, _moment(chance))),
        estimate=chance.choice((None, 0.0, 0.5, 2.0, 13.0)), attachments=chance.choice((0, 0, 2)),
        recurs=chance.random() < 0.2, source=chance.choice((None, *SOURCES)),
        external=chance.choice((None, f"x{number}")), parent=chance.choice([None, None, *earlier[-9:]]),
        custom=_custom(chance, world.kinds.get(key, {}), people),
    )  # fmt: skip


def _row(world: World, fact: Fact) -> dict[str, Any]:
    ids = {handle: actor.account_id for handle, actor in world.people.items()}
    moments = ("created", "updated", "completed", "archived", "trashed")
    custom = {key: str(ids[value]) if value in ids else value for key, value in fact.custom.items()
              if not isinstance(value, list)}  # fmt: skip
    lists = {key: value for key, value in fact.custom.items() if isinstance(value, list)}
    return {
        "number": fact.number, "title": fact.title, "description": fact.description,
        "priority": PRIORITIES.index(fact.priority), "assignee_ids": [ids[each] for each in fact.assignees],
        "watcher_ids": [ids[each] for each in fact.watchers], "created_by_id": ids[fact.creator],
        **_split("start", fact.start), **_split("due", fact.due), "estimate": fact.estimate,
        **{f"{name}_at": getattr(fact, name) for name in moments}, "attachment_count": fact.attachments,
        "recurrence": {"rule": "FREQ=DAILY"} if fact.recurs else None, "external_source": fact.source,
        "external_id": fact.external, "parent_id": world.ids.get(fact.parent or ""), "custom": {**custom, **lists},
    }  # fmt: skip


def _custom(chance: Random, kinds: dict[str, str], people: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "text": " ".join(chance.choices(WORDS, k=2)), "number": chance.choice((-1.0, 0.0, 2.5, 1000.0)),
        "date": str(_moment(chance).date()), "select": chance.choice(OPTIONS), "person": chance.choice(people),
        "multi_select": chance.sample(OPTIONS, 2), "url": "https://example.org/login",
        "checkbox": chance.random() < 0.5,
    }  # fmt: skip
    return {key: made[kind] for key, kind in kinds.items() if chance.random() < 0.6}


def _moment(chance: Random) -> datetime:
    """Near now, and often at the edge of a day somewhere."""
    edge = chance.choice((0, 30, 330, 750, 1439))
    return NOW.replace(hour=0, minute=0) + timedelta(
        days=chance.choice((-400, -40, -8, -1, 0, 0, 1, 6, 33)), minutes=edge
    )


def _when(chance: Random) -> date | datetime | None:
    moment = _moment(chance)
    return chance.choice((None, moment, moment.date()))


def _split(name: str, when: date | datetime | None) -> dict[str, Any]:
    is_moment = isinstance(when, datetime)
    return {f"{name}_at": when if is_moment else None, f"{name}_on": None if is_moment else when}


async def _relate(world: World, chance: Random, hidden: str) -> None:
    """Each relation stands on both sides; those with hidden tasks are not told of."""
    refs = list(world.facts)
    made: dict[str, dict[str, set[Any]]] = {ref: {kind: set() for kind in RELATIONS} for ref in refs}
    for _ in range(len(refs)):
        one, two = chance.sample(refs, 2)
        kind = chance.choice([*RELATIONS])
        for side, other, how in ((one, two, kind), (two, one, RELATIONS[kind])):
            made[side][how].add(world.ids[other])
            if not other.startswith(f"{hidden}-"):
                world.facts[side].related[how].add(other)
    for ref, related in made.items():
        await Task.filter(id=world.ids[ref]).update(**{f"{kind}_ids": list(ids) for kind, ids in related.items()})


async def _comment(world: World, chance: Random) -> None:
    for ref, fact in world.facts.items():
        fact.commenters = chance.choices(list(world.people), k=chance.choice((0, 0, 1, 3)))
        for handle in fact.commenters:
            await Comment.create(task_id=world.ids[ref], author_id=world.people[handle].account_id, body="Hm.")
        if chance.random() < 0.2:  # somebody has taken back what they said
            author = chance.choice([*world.people.values()]).account_id
            await Comment.create(task_id=world.ids[ref], author_id=author, body="", deleted_at=NOW, id=new_id())
        await Task.filter(id=world.ids[ref]).update(comment_count=len(fact.commenters))
