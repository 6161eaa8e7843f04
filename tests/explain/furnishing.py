"""What a filled database holds besides tasks: something of every kind that there is a list of."""

from tasktracker import consumers
from tasktracker.domain.actor import Actor
from tasktracker.domain.references import TaskRef
from tasktracker.models import Attachment, Project, Task
from tasktracker.models.database import connection
from tasktracker.services.comments import add_comment, edit_comment
from tasktracker.services.custom_fields import add_custom_field
from tasktracker.services.reminders import add_reminder
from tasktracker.services.rules import add_rule
from tasktracker.services.saved_views import create_view
from tasktracker.services.templates import add_template
from tests.explain.words import WORDS

_COMMENTS = 60
VIEW = {"query": "is:open", "layout": {"view": "list", "sort": "due"}}
_ARE_UP_TO_DATE = """
    INSERT INTO consumer_cursor (consumer, log_id, revision)
    SELECT name, id, revision FROM unnest($1::text[]) name,
        (SELECT id, revision FROM project UNION ALL SELECT id, revision FROM workspace) log
    ON CONFLICT (consumer, log_id) DO UPDATE SET revision = excluded.revision
"""


async def furnish(owner: Actor, ref: TaskRef) -> None:
    """Fill in what belongs to the project of an open task, and to the task."""
    key = ref.key
    await add_custom_field(owner, key, {"name": "Severity", "kind": "select", "options": ["low", "high"]})
    await add_template(owner, key, {"name": "Bug report"})
    rule = {"name": "Tidy", "is_enabled": False, "events": ["created"], "actions": [{"do": "archive"}]}
    await add_rule(owner, key, rule)
    for project in (key, None):
        await create_view(owner, {"name": "What is open", "project": project, **VIEW})
    await _talk(owner, ref)


async def let_consumers_be_up_to_date() -> None:
    """A server that is started here has nothing to catch up with."""
    await connection().execute_query(_ARE_UP_TO_DATE, [[consumer.name for consumer in consumers.ALL]])


async def _talk(owner: Actor, ref: TaskRef) -> None:
    comment = await add_comment(owner, ref, WORDS[0])
    for number in range(_COMMENTS):
        comment = await add_comment(owner, ref, f"{WORDS[number]} {WORDS[number + 1]} @person{number % 9}")
    for number in range(3):
        await edit_comment(owner, ref, comment.id, WORDS[number], version=number + 1)
    for minutes in (15, 60, 600):
        await add_reminder(owner, ref, {"minutes_before": minutes})
    project = await Project.get(workspace_id=owner.workspace_id, key=ref.key)
    task = await Task.get(project_id=project.id, number=ref.number)
    await Attachment.create(
        task=task, uploader_id=owner.account_id, name="a.txt", media_type="text/plain", size=5, sha256="0" * 64
    )
