"""The rules of axe (WCAG 2.2 AA and good practice), for a page in both themes, on a desk and on a phone."""

from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from e2e.browsers import DESKTOP, PHONE
from e2e.contexts import Scheme

Options = dict[str, Any]

EVERYTHING: Options = {"resultTypes": ["violations"]}
COLORS: Options = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


class Look(NamedTuple):
    """Between the themes nothing differs but colours."""

    scheme: Scheme
    size: ViewportSize
    options: Options


LOOKS = (
    Look("dark", DESKTOP, COLORS),
    Look("dark", PHONE, COLORS),
    Look("light", PHONE, EVERYTHING),
    Look("light", DESKTOP, EVERYTHING),
)
STANDS_STILL = "() => !document.getAnimations().some((each) => each.playState === 'running')"


def require_accessible(page: Page, what: str) -> None:
    """Fail if axe finds anything, in any look; `what` says what is open. Leaves the page light and wide."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = [problem for look in LOOKS for problem in _problems(page, look)]
    assert not found, "\n\n".join([what, *found])


def _problems(page: Page, look: Look) -> list[str]:
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size(look.size)
    page.wait_for_function(STANDS_STILL)
    return [
        f"{look.scheme}, {look.size['width']} wide: {rule['id']} ({rule['impact']}) at {node['target']}\n"
        f"{node['html'][:300]}\n{node['failureSummary']}"
        for rule in page.evaluate("(options) => axe.run(document, options)", look.options)["violations"]
        for node in rule["nodes"]
    ]
