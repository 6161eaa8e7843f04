"""A real browser through the balancer, in a process of its own, since Playwright's waiting face needs one.

`python -m tests.release.browser`: somebody writes a comment, word by word, and does not send it, while their page moves
from replica to replica. Reads what to open as JSON from its first line, says “open”, and at the end of its input what
became of the text.
"""

import json
import re
import sys
import threading
from dataclasses import asdict, dataclass, field

from playwright.sync_api import Error, Locator, Page, Response, expect

from e2e.browsers import chromium

WORDS = 1_500
"""Milliseconds from one word to the next: long enough for the page to find a pause."""
BACK_WITHIN = 20_000
"""Milliseconds that a page has to load, draw, and put a draft back, on a busy machine."""
TOASTS = """() => { window.isOld = true; new MutationObserver(() => {
    const toast = document.querySelector('.tt-toast-info');
    if (toast) sessionStorage.setItem('seen', toast.textContent);
}).observe(document.body, { subtree: true, childList: true }); }"""


@dataclass
class Written:
    """`lost` are texts that were there before a move and not after it. `failed` are answers that no page should get."""

    text: str = ""
    moves: int = 0
    toast: str = ""
    lost: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Writer:
    def __init__(self, page: Page, draft: str) -> None:
        self._page = page
        self._draft = draft
        self.written = Written()
        page.on("response", self._hear)
        page.on("requestfailed", lambda request: self._note(f"{request.url}: {request.failure}"))

    @property
    def _field(self) -> Locator:
        return self._page.locator(f"textarea[data-draft='{self._draft}']")

    def begin(self, path: str) -> None:
        self._page.goto(path)
        self._arrive()

    def write(self, word: str) -> None:
        """A word more, unless the page is just moving."""
        try:
            if not self._page.evaluate("() => window.isOld"):
                self.written.moves += 1
                self._arrive()
            self._field.focus(timeout=2_000)
            self._page.keyboard.press("End")
            self._page.keyboard.insert_text(f"{word} ")
            now = self._field.input_value(timeout=2_000)
        except Error:  # it moves
            self._page.wait_for_timeout(200)
            return
        if now == f"{self.written.text}{word} ":
            self.written.text = now
        elif now != self.written.text and now:  # an empty one is a page that has just loaded: looked at next time
            self.written.lost.append(f"{self.written.text!r} is {now!r}")

    def end(self) -> Written:
        self._arrive()
        return self.written

    def _arrive(self) -> None:
        """The page is there, and so is what was typed."""
        try:
            expect(self._field).to_have_value(_beginning(self.written.text), timeout=BACK_WITHIN)
        except AssertionError as error:
            self.written.lost.append(str(error))
        self.written.text = self._field.input_value()
        self.written.toast = self._page.evaluate("() => sessionStorage.getItem('seen')") or ""
        self._page.evaluate(TOASTS)

    def _hear(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/readyz"):  # which says 503 when it has to
            self._note(f"{response.url}: {response.status}")

    def _note(self, what: str) -> None:
        if "ERR_ABORTED" not in what:  # the page went on before the answer came
            self.written.failed.append(what)


def _beginning(text: str) -> re.Pattern[str]:
    """A word whose arrival nobody saw may be there as well."""
    return re.compile(f"^{re.escape(text)}")


def _wait_for_end(over: threading.Event) -> None:
    sys.stdin.read()
    over.set()


def main() -> None:
    plan: dict[str, str] = json.loads(sys.stdin.readline())
    over = threading.Event()
    threading.Thread(target=_wait_for_end, args=[over], daemon=True).start()
    with chromium() as browser:
        context = browser.new_context(base_url=plan["address"], locale=plan["locale"])
        context.add_cookies([{"name": "tasktracker", "value": plan["secret"], "url": plan["address"]}])
        page = context.new_page()
        writer = Writer(page, plan["draft"])
        writer.begin(plan["path"])
        print("open", flush=True)
        count = 0
        while not over.is_set():
            count += 1
            writer.write(f"word{count}")
            page.wait_for_timeout(WORDS)
        print(json.dumps(asdict(writer.end())), flush=True)
        context.close()


if __name__ == "__main__":
    main()
