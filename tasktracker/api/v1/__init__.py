"""Version 1: one file for each noun."""

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.types import Scope

from tasktracker.api.v1 import (
    activity,
    attachments,
    batch,
    boards,
    columns,
    comments,
    custom_fields,
    dates,
    events,
    filters,
    history,
    labels,
    markdown,
    notifications,
    people,
    projects,
    quick_add,
    relations,
    reminders,
    reports,
    rules,
    search,
    sessions,
    task_lists,
    tasks,
    templates,
    transfer,
    transfers,
    undo,
    views,
    watchers,
    workspace,
)

ROUTERS: tuple[APIRouter, ...] = (
    sessions.public,
    sessions.router,
    sessions.secret,
    people.router,
    people.secret,
    people.password,
    workspace.router,
    projects.router,
    boards.router,
    reports.router,
    columns.router,
    labels.router,
    templates.router,
    custom_fields.router,
    views.router,
    task_lists.router,
    filters.router,
    dates.router,
    tasks.router,
    transfers.router,
    transfer.router,
    transfer.imports,
    relations.router,
    watchers.router,
    batch.router,
    quick_add.router,
    comments.router,
    attachments.router,
    attachments.upload,
    attachments.content,
    markdown.router,
    search.router,
    notifications.router,
    reminders.router,
    rules.router,
    history.router,
    activity.router,
    events.router,
    undo.router,
)


def routes_of(kind: type[APIRoute]) -> list[APIRoute]:
    """The endpoints of that kind, for those who must know one before it is called."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, kind)]


def is_at(scope: Scope, routes: list[APIRoute]) -> bool:
    """Whether the request is for one of the endpoints."""
    return any(scope["method"] in (route.methods or ()) and route.path_regex.match(scope["path"]) for route in routes)
