"""Browser contexts, used again: what one has cached opens the next journey's pages several times faster."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ViewportSize

Scheme = Literal["light", "dark"]
_KEPT = "local_storage,indexeddb,cache_storage,service_workers"
"""What a page leaves to those after it, besides cookies: nothing of it may be met by another journey."""
_CLOCK_IS_SET = "() => Boolean(Date.isFake)"
"""Playwright can put a clock of its own into a context, and cannot take it out again."""


@dataclass(frozen=True)
class Kind:
    """What a browser is like. Those that are alike may be one after the other."""

    address: str
    width: int
    height: int
    scheme: Scheme
    locale: str


@dataclass
class Contexts:
    """Of one browser. With `is_fresh` each is a new one, and has cached nothing."""

    browser: Browser
    is_fresh: bool = False
    _free: dict[Kind, list[BrowserContext]] = field(default_factory=dict)

    def take(self, kind: Kind) -> BrowserContext:
        """One that nobody uses and that knows nobody."""
        free = self._free.get(kind)
        if free:
            return free.pop()
        return self.browser.new_context(
            base_url=kind.address,
            viewport=ViewportSize(width=kind.width, height=kind.height),
            color_scheme=kind.scheme,
            locale=kind.locale,
            reduced_motion="reduce",
        )

    def give_back(self, kind: Kind, context: BrowserContext) -> None:
        """Let others have it, without anything that could be told from a new one but what is cached."""
        if self.is_fresh:
            context.close()
            return
        for page in context.pages:
            page.close()
        context.clear_cookies()
        blank = context.new_page()
        if blank.evaluate(_CLOCK_IS_SET):
            context.close()
            return
        session = context.new_cdp_session(blank)
        session.send("Storage.clearDataForOrigin", {"origin": kind.address, "storageTypes": _KEPT})
        blank.close()
        self._free.setdefault(kind, []).append(context)
