"""People wait for reads: each is one round trip to the database, with its permission check in it."""

import inspect
import pkgutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

import pytest
from tortoise.transactions import in_transaction

from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.models import Rule, Task
from tasktracker.services import (
    attachments,
    comments,
    custom_fields,
    following,
    labels,
    queries,
    rendering,
    saved_views,
    sessions,
    tasks,
    templates,
)
from tasktracker.services.clock import now
from tasktracker.services.projects import create_project
from tasktracker.services.queries import (
    activity,
    board_filters,
    boards,
    dates,
    filter_names,
    history,
    me,
    members,
    moments,
    names,
    notifications,
    past_boards,
    past_tasks,
    projects,
    put_away,
    quick_add,
    reminders,
    reports,
    rules,
    search,
    shell,
    uses,
)
from tasktracker.services.queries import attachments as attachment_queries
from tasktracker.services.queries import custom_fields as custom_field_queries
from tasktracker.services.queries import saved_views as view_queries
from tasktracker.services.queries import sessions as session_queries
from tasktracker.services.queries import tasks as task_queries
from tasktracker.services.queries import templates as template_queries
from tasktracker.services.relocation import transfer_task
from tasktracker.services.reminders import add_reminder
from tasktracker.services.rule_firing import fire_rule
from tasktracker.services.rules import add_rule
from tasktracker.services.transaction import unit_of_work
from tests.factories import Team, make_session, make_team
from tests.shelf import in_pieces


@dataclass
class Scene:
    """A project with something to read in it."""

    team: Team
    actor: Actor
    ref: TaskRef
    old_ref: TaskRef
    secret: str
    comment_id: UUID
    file: UUID
    view_id: UUID
    rule_id: UUID


READS: dict[Callable[..., Awaitable[object]], Callable[[Scene], tuple[object, ...]]] = {
    board_filters.fitting_tasks: lambda scene: (scene.actor, scene.team.key, "state:open -label:none OR due:today"),
    boards.board_json: lambda scene: (scene.actor, scene.team.key),
    boards.project_patch: lambda scene: (scene.team.project.id, 0),
    boards.revisions_of: lambda scene: ([scene.team.project.id],),
    past_boards.board_at: lambda scene: (scene.actor, scene.team.key, now()),
    past_tasks.task_at: lambda scene: (scene.actor, scene.ref, now()),
    task_queries.get_task: lambda scene: (scene.actor, scene.ref),
    task_queries.moved_ref: lambda scene: (scene.actor, scene.old_ref),
    task_queries.wherever_it_is: lambda scene: (
        scene.actor,
        scene.ref,
        lambda ref: task_queries.get_task(scene.actor, ref),
    ),
    task_queries.list_tasks: lambda scene: (scene.actor, scene.team.key),
    task_queries.list_all_tasks: lambda scene: (scene.actor,),
    history.list_comments: lambda scene: (scene.actor, scene.ref),
    history.list_history: lambda scene: (scene.actor, scene.ref),
    history.list_comment_history: lambda scene: (scene.actor, scene.ref, scene.comment_id),
    history.list_events: lambda scene: (scene.actor, scene.team.key),
    rules.list_rule_runs: lambda scene: (scene.actor, scene.team.key, scene.rule_id),
    uses.count_uses: lambda scene: (scene.actor, scene.team.key),
    moments.find_moment: lambda scene: (scene.actor, scene.team.key),
    activity.list_activity: lambda scene: (scene.actor, scene.team.key),
    **dict.fromkeys(
        (reports.flow, reports.burndown, reports.cycle_time, reports.throughput),
        lambda scene: (scene.actor, scene.team.key, "state:open -label:none OR due:today"),
    ),
    activity.list_all_activity: lambda scene: (scene.actor,),
    put_away.list_put_away: lambda scene: (scene.actor, scene.team.key, "trash"),
    rules.list_rules: lambda scene: (scene.actor, scene.team.key),
    reminders.list_reminders: lambda scene: (scene.actor, scene.ref),
    projects.list_projects: lambda scene: (scene.actor,),
    projects.get_project: lambda scene: (scene.actor, scene.team.key),
    projects.list_columns: lambda scene: (scene.actor, scene.team.key),
    projects.list_labels: lambda scene: (scene.actor, scene.team.key),
    template_queries.list_templates: lambda scene: (scene.actor, scene.team.key),
    view_queries.list_views: lambda scene: (scene.actor, scene.team.key),
    view_queries.get_view: lambda scene: (scene.actor, scene.view_id),
    custom_field_queries.list_custom_fields: lambda scene: (scene.actor, scene.team.key),
    attachment_queries.list_attachments: lambda scene: (scene.actor, scene.ref),
    attachment_queries.get_attachment: lambda scene: (scene.actor, scene.ref, scene.file),
    projects.list_people: lambda scene: (scene.actor,),
    members.list_members: lambda scene: (scene.actor, scene.team.key),
    filter_names.get_filter_names: lambda scene: (scene.actor, scene.team.key),
    filter_names.complete_filter: lambda scene: (scene.actor, "label:", 6, scene.team.key),
    quick_add.read_quick_add: lambda scene: (scene.actor, scene.team.key, "Fix it !high #nowhere tomorrow"),
    dates.read_dates: lambda scene: (scene.actor, ["tomorrow"]),
    search.search_tasks: lambda scene: (scene.actor, "hello"),
    me.get_me: lambda scene: (scene.actor,),
    shell.get_shell: lambda scene: (scene.actor,),
    shell.get_names: lambda scene: (scene.actor,),
    shell.get_frame: lambda scene: (scene.actor, scene.team.key),
    session_queries.list_sessions: lambda scene: (scene.actor,),
    session_queries.get_session_by_secret: lambda scene: (scene.actor, scene.secret),
    sessions.authenticate: lambda scene: (scene.secret,),
    notifications.list_notifications: lambda scene: (scene.actor,),
    notifications.count_notifications: lambda scene: (scene.actor,),
    notifications.marks_of: lambda scene: ([(scene.actor.workspace_id, scene.actor.account_id)] * 50,),
    names.get_names: lambda scene: (scene.actor, [str(scene.actor.account_id)] * 50),
    rendering.render: lambda scene: (scene.actor, [f"{scene.ref}, @nobody"] * 50),
    following.still_allowed: lambda scene: ([(scene.actor, scene.team.project.id)] * 50,),
}


@pytest.fixture(scope="module")
async def scene() -> Scene:
    team = await make_team()
    secret, _ = await make_session(team.owner)
    await labels.add_label(team.owner, team.key, {"name": "bug"})
    await templates.add_template(team.owner, team.key, {"name": "Bug report"})
    await custom_fields.add_custom_field(team.owner, team.key, {"name": "Budget", "kind": "number"})
    rule = await add_rule(team.owner, team.key, {"name": "Tidy", "events": ["created"], "actions": [{"do": "archive"}]})
    for number in range(1, 21):
        await team.task()
        await comments.add_comment(team.owner, team.ref(number), "Hello @nobody")
        await add_reminder(team.owner, team.ref(number), {"minutes_before": 60})
        await tasks.edit_task(team.owner, team.ref(number), {"priority": "high"})
    comment = await comments.add_comment(team.owner, team.ref(1), "Hello again")
    file = await attachments.add_attachment(team.owner, team.ref(1), "a.txt", in_pieces(b"Hello"))
    await create_project(team.owner, {"key": f"{team.key}B", "name": "Shop"})
    await transfer_task(team.owner, team.ref(20), f"{team.key}B")
    view = await saved_views.create_view(team.owner, {"name": "All", "project": team.key})
    async with unit_of_work():
        await fire_rule(await Rule.get(id=rule.id), (await Task.get(project=team.project, number=2)).id, "a-request")
    actor = await sessions.authenticate(secret)
    return Scene(team, actor, team.ref(1), team.ref(20), secret, comment.id, file.id, view.id, rule.id)


@pytest.mark.parametrize("read", READS, ids=lambda read: read.__name__)
async def test_a_read_is_one_round_trip(scene: Scene, read: Callable[..., Awaitable[object]]) -> None:
    async with counting() as statements:
        assert await read(*READS[read](scene))
    assert len(statements) == 1, statements


def test_no_read_is_left_out() -> None:
    modules = [import_module(module.name) for module in pkgutil.iter_modules(queries.__path__, f"{queries.__name__}.")]
    public = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - set(READS) == set()


@asynccontextmanager
async def counting() -> AsyncIterator[list[str]]:
    """The statements that reach the database meanwhile."""
    statements: list[str] = []
    async with in_transaction() as db:
        with db._connection.query_logger(lambda record: statements.append(record.query)):  # noqa: SLF001
            yield statements
