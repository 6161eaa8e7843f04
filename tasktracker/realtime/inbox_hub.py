"""The hub of inboxes: tells the open pages of a person that something in their inbox has changed.

What changed it does not say: pages read it. An inbox has a *mark*, which differs whenever what is unread in it differs.
So a page that knows the mark of what it has read misses nothing, and is told of nothing twice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from loguru import logger

COALESCE = 0.1
"""Seconds: what happens within this time after a look is told together by the next one."""

Inbox = tuple[UUID, UUID]
"""Whose: `workspace_id, account_id`."""


@dataclass(eq=False)
class _Page:
    """An open page. `seen` is the mark of what it shows."""

    inbox: Inbox
    seen: str
    tell: Callable[[], None]


class InboxHub:
    """One per process."""

    def __init__(self, marks_of: Callable[[list[Inbox]], Awaitable[dict[Inbox, str]]]) -> None:
        """`marks_of` reads the present marks."""
        self._marks_of = marks_of
        self._pages: set[_Page] = set()
        self._rung: set[UUID] = set()
        self._looking: asyncio.Task[None] | None = None

    def follow(self, inbox: Inbox, seen: str, tell: Callable[[], None]) -> Callable[[], None]:
        """Call `tell` whenever the inbox's mark is no longer `seen`, and then on each change; returns how to stop."""
        page = _Page(inbox, seen, tell)
        self._pages.add(page)
        return lambda: self._pages.discard(page)

    def heard(self, account_ids: Collection[UUID]) -> None:
        """Look at the inboxes of these people, as far as pages here show them."""
        self._rung.update({page.inbox[1] for page in self._pages}.intersection(account_ids))
        if self._rung and self._looking is None:
            self._looking = asyncio.create_task(self._catch_up(), name="inboxes: look")

    async def look(self) -> int:
        """Look at every inbox that some page shows; returns how many pages had to be told."""
        return await self._look_at(list(self._pages))

    async def _catch_up(self) -> None:
        try:
            while self._rung:
                rung, self._rung = self._rung, set()
                await self._look_at([page for page in self._pages if page.inbox[1] in rung])
                await asyncio.sleep(COALESCE)
        except Exception as error:  # noqa: BLE001  whatever it is, the next poll makes up for it
            logger.warning("inboxes: could not look ({}), the next poll will", error)
        finally:
            self._looking = None

    async def _look_at(self, pages: Collection[_Page]) -> int:
        inboxes = list({page.inbox for page in pages})
        marks = await self._marks_of(inboxes) if inboxes else {}
        behind = [page for page in pages if page in self._pages and page.seen != marks[page.inbox]]
        for page in behind:
            page.seen = marks[page.inbox]
            _tell(page)
        return len(behind)


def _tell(page: _Page) -> None:
    try:
        page.tell()
    except Exception:  # noqa: BLE001  one page that fails must not keep the news from the others
        logger.exception("inboxes: a page failed on news")
