"""The unit of work: one transaction, joined by whatever runs inside it, and what is to happen once it is committed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction


@dataclass
class Work:
    """A transaction under way. `after_commit` is called in order once it is committed, and never if it is not."""

    db: BaseDBAsyncClient
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    is_broken: bool = False
    """Something that joined it failed half-way: its rows may be changed and its events not written."""


_current: ContextVar[Work | None] = ContextVar("current_work", default=None)
_under_way: set[object] = set()
"""A mark for each unit of work that is open in this process."""


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[Work]:
    """Begin a transaction, or join the one that is open.

    Joining is what lets an idempotency record, or several commands of a bulk call, commit with their effect. All or
    nothing: a failure inside must reach the outermost block, and a swallowed one undoes everything all the same.
    """
    if (outer := _current.get()) is not None:
        try:
            yield outer
        except BaseException:
            outer.is_broken = True
            raise
        return
    async with _counted(), in_transaction() as db:
        work = Work(db)
        token = _current.set(work)
        try:
            yield work
            _require_whole(work)
        finally:
            _current.reset(token)
    for call in work.after_commit:
        call()


@asynccontextmanager
async def _counted() -> AsyncIterator[None]:
    _under_way.add(mark := object())
    try:
        yield
    finally:
        _under_way.discard(mark)


def work_under_way() -> int:
    """How many units of work are open in this process."""
    return len(_under_way)


@asynccontextmanager
async def attempt() -> AsyncIterator[Work]:
    """A part of the open unit of work that may fail alone: what is raised inside undoes that part, and goes on.

    Whoever catches it outside may do something else in the same transaction. Locks taken inside are given back then.
    """
    outer = _current.get()
    if outer is None:
        raise RuntimeError("a part of a transaction needs a transaction around it")
    async with in_transaction() as db:  # inside a transaction: a savepoint
        part = Work(db)
        token = _current.set(part)
        try:
            yield part
            _require_whole(part)
        finally:
            _current.reset(token)
    outer.after_commit += part.after_commit


def after_commit(call: Callable[[], None]) -> None:
    """Call it once the open unit of work is committed, and never if it is not; at once if none is open."""
    if (work := _current.get()) is None:
        call()
    else:
        work.after_commit.append(call)


def _require_whole(work: Work) -> None:
    if work.is_broken:
        raise RuntimeError("a command in this transaction failed and was passed over; nothing of it is kept")
