"""What the browser emits, on its way to who answers it."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from loguru import logger
from nicegui import events
from nicegui.element import Element

from tasktracker.domain.errors import NotFound
from tasktracker.domain.references import TaskRef

Intent = TypeVar("Intent")
Handler = Callable[[Intent], Awaitable[None] | None]
"""Takes what a person wants; may be a coroutine function."""


def answer(element: Element, event: str, read: Callable[[Any], Intent | None], handler: Handler[Intent]) -> None:
    """Pass what the browser emits to the handler. What has the wrong shape is logged and goes no further."""

    def emitted(arguments: events.GenericEventArguments) -> Awaitable[None] | None:
        intent = read(arguments.args)
        if intent is None:
            logger.warning("{}: a malformed “{}” came from the browser", type(element).__name__, event)
            return None
        return handler(intent)

    element.on(event, emitted)


def settled(element: Element, handler: Handler[Intent]) -> Callable[[Intent], Awaitable[None]]:
    """The handler, for an element that lets nobody go on until it is done: then, its method `settle` is run."""

    async def settle(intent: Intent) -> None:
        try:
            doing = handler(intent)
            if doing is not None:
                await doing
        finally:
            if not element.is_deleted:  # what was wanted was refused; else it would have been drawn anew
                element.run_method("settle")

    return settle


def read_uuid(raw: Any) -> UUID | None:
    """An id, if it is one."""
    try:
        return UUID(raw)
    except (ValueError, AttributeError, TypeError):
        return None


def read_ref(raw: Any) -> TaskRef | None:
    """A task's reference, if it is one."""
    try:
        return TaskRef.parse(raw) if isinstance(raw, str) else None
    except NotFound:
        return None
