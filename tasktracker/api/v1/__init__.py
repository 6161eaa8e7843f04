"""Version 1: one file for each noun."""

from fastapi import APIRouter

from tasktracker.api.v1 import (
    batch,
    boards,
    columns,
    comments,
    custom_fields,
    events,
    history,
    labels,
    markdown,
    notifications,
    people,
    projects,
    relations,
    sessions,
    tasks,
    templates,
    transfers,
    undo,
    watchers,
)

ROUTERS: tuple[APIRouter, ...] = (
    sessions.public,
    sessions.router,
    sessions.secret,
    people.router,
    projects.router,
    boards.router,
    columns.router,
    labels.router,
    templates.router,
    custom_fields.router,
    tasks.router,
    transfers.router,
    relations.router,
    watchers.router,
    batch.router,
    comments.router,
    markdown.router,
    notifications.router,
    history.router,
    events.router,
    undo.router,
)
