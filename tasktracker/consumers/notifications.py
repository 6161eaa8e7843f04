"""Tells people what happens to the tasks that concern them, from the log."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import orjson
from tortoise.backends.base.client import BaseDBAsyncClient

from tasktracker.consumers.reader import Row
from tasktracker.domain.mentions import handles_in
from tasktracker.domain.notices import notices_of, texts_of
from tasktracker.services.clock import now
from tasktracker.services.inboxes import News, people_called, tell

STALE = timedelta(days=14)
"""What is older than this when it is read (an import, a demonstration, a server's first start) is history, no news."""


class Notifications:
    """Reads projects' logs; what stands in a workspace's own log concerns no task."""

    name = "notifications"

    async def consume(self, db: BaseDBAsyncClient, log_id: UUID, events: Sequence[Row]) -> None:
        fresh = [event for event in events if event["task_id"] and event["at"] > now() - STALE]
        told = [(event["revision"], event["kind"], orjson.loads(event["changes"])) for event in fresh]
        texts = [text for _, kind, changes in told for text in texts_of(kind, changes)]
        handles = set().union(*map(handles_in, texts))
        people = await people_called(db, events[0]["workspace_id"], handles)
        news = [
            News(revision, reason, account_id)
            for revision, kind, changes in told
            for reason, account_id in notices_of(kind, changes, people)
        ]
        await tell(db, log_id, news)
