"""What axe has to say of a view by itself. Whole pages are asked in e2e/accessibility.py."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

_STANDS_STILL = """() => !document.getAnimations().some(
    (each) => each.playState === "running" && Number.isFinite(each.effect.getComputedTiming().endTime)
)"""
"""What waits for an answer that this harness does not give moves for ever."""
_RULES = {
    "target-size": {"enabled": True},  # WCAG 2.2, which axe leaves out unless asked
    # What the frame of a real page answers for, and a view alone cannot keep.
    "page-has-heading-one": {"enabled": False},
    "region": {"enabled": False},
}


async def require_accessible(page: Page, within: str | None = None, *, but: str | None = None) -> None:
    """Fail if axe finds anything in the page, or within what a selector names; `but` is a rule that does not count."""
    await page.wait_for_function(_STANDS_STILL)  # whatever fades in has other colours on its way
    rules = {**_RULES, but: {"enabled": False}} if but else _RULES
    found = await Axe().run(page, context=within, options={"rules": rules})
    assert found.violations_count == 0, found.generate_report()
