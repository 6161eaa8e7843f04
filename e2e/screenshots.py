"""Take the pictures of the README: `python -m e2e.screenshots`, or `make screenshots`.

`--all FOLDER` takes every page in both themes, on a desk and on a phone, into a folder for looking at, and
`--gallery` into docs/gallery.
"""

import argparse
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from e2e import gallery
from e2e.browsers import DESKTOP, PHONE, Visitors, chromium
from e2e.contexts import Contexts, Scheme
from e2e.pages.activity import ActivityPage
from e2e.pages.board import BoardPage
from e2e.pages.inbox import InboxPage
from e2e.pages.my_work import MyWorkPage
from e2e.pages.palette import summon
from e2e.pages.projects import ProjectsPage
from e2e.pages.put_away import PutAwayPage
from e2e.pages.reports import REPORTS, ReportsPage
from e2e.pages.search import SearchPage
from e2e.pages.settings import SettingsPage
from e2e.pages.table import TablePage
from e2e.pages.task import TaskPage
from e2e.pages.task_list import ListPage
from e2e.pages.time_travel import Past
from e2e.pages.tools import ViewTools
from e2e.pages.welcome import SetupPage, SignInPage
from e2e.people import Api, Person
from e2e.servers import Server, up

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LIMIT = 250_000
"""Bytes that a picture of the README may have."""
QUALITY, SHARE = 30, 75
"""Of a picture of the gallery, of 100, and its part of the screen's size in percent: it can still be read."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
EMAIL, PASSWORD = "demo@example.org", "tasktracker-demo"
KEY, EMPTY = "OPS", "NEW"
_PROJECT_SETTINGS = ("general", "columns", "labels", "members", "fields", "templates", "rules", "transfer", "danger")
TITLE = "Autovacuum cannot keep up with the event table"


class Photographer:
    """Takes pages of one server into a folder; `name` is the file's, before the theme."""

    def __init__(self, page: Page, folder: Path, suffix: str) -> None:
        self.page = page
        self.taken: list[str] = []
        self._folder = folder
        self._suffix = suffix

    def take(self, name: str) -> None:
        """A picture once everything has settled, with as few bytes as it can do with."""
        self.page.mouse.move(0, 0)
        self.page.evaluate("() => document.fonts.ready")
        self.page.wait_for_timeout(300)
        picture = Image.open(io.BytesIO(self.page.screenshot(caret="hide"))).convert("RGB")
        self.taken.append(name)
        if self._folder == gallery.GALLERY:
            smaller_size = picture.width * SHARE // 100, picture.height * SHARE // 100
            smaller = picture.resize(smaller_size, Image.Resampling.LANCZOS)
            smaller.save(self._folder / f"{name}-{self._suffix}.webp", quality=QUALITY, method=6)
            return
        file = self._folder / f"{name}-{self._suffix}.png"
        picture.save(file, optimize=True)
        size = file.stat().st_size
        print(f"{file.name}: {size // 1000} kB")  # noqa: T201  a terminal is where it speaks
        assert size < LIMIT, f"{file} is too big for a README"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="take every page into this folder instead")
    parser.add_argument("--gallery", action="store_true", help="take every page for docs/gallery instead")
    wanted = parser.parse_args()
    with demo() as (server, robin), chromium() as browser:
        if wanted.gallery:
            gallery.write_index(take_everything(server, robin, browser, gallery.empty()))
        elif wanted.all:
            take_everything(server, robin, browser, wanted.all)
        else:
            take_readme(server, robin, browser)


@contextmanager
def demo() -> Iterator[tuple[Server, Person]]:
    """A server with the demo's workspace, and its owner."""
    print("==> filling a demo workspace…", flush=True)  # noqa: T201  as above
    with up("--demo") as server:
        robin = Person("Robin Halloran", EMAIL, Api(server.address))
        robin.api.sign_in(EMAIL, PASSWORD)
        yield server, robin
        robin.api.close()


def take_readme(server: Server, robin: Person, browser: Browser) -> None:
    """The board and a task, light and dark."""
    PICTURES.mkdir(exist_ok=True)
    number = _number(robin.api)
    for photographer in _sittings(server, robin, browser, PICTURES, [DESKTOP]):
        board = BoardPage(photographer.page, KEY).visit()
        photographer.take("board")
        board.open(number)
        photographer.take("task")


def take_everything(server: Server, robin: Person, browser: Browser, folder: Path) -> list[str]:
    """Every page and dialog, to be looked at by a person. Returns their names, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes, taken = [DESKTOP, PHONE], list[str]()
    with up() as empty:
        for photographer in _sittings(empty, None, browser, folder, sizes):
            SetupPage(photographer.page).visit().submit()
            photographer.take("setup")
            taken += photographer.taken
    for photographer in _sittings(server, None, browser, folder, sizes):
        SignInPage(photographer.page).visit()
        photographer.take("sign-in")
        taken += photographer.taken
    number = _number(robin.api)
    robin.api.create_project(EMPTY, "Fresh start")
    disputed = str(robin.api.create_task(KEY, "Say what to do when a disk is full", priority="high")["ref"])
    for photographer in _sittings(server, robin, browser, folder, sizes):
        for name, show in _scenes(photographer.page, number, disputed, robin.api).items():
            show()
            photographer.take(name)
        taken += photographer.taken
    return taken


def _scenes(page: Page, number: int, disputed: str, api: Api) -> dict[str, Callable[[], object]]:
    board, rows, projects = BoardPage(page, KEY), ListPage(page, KEY), ProjectsPage(page)
    inbox, work = InboxPage(page), MyWorkPage(page)
    settings, profile = SettingsPage(page, f"/{KEY}/settings"), SettingsPage(page, "/profile")
    return {
        "projects": projects.visit,
        "new-project": projects.new_project,
        "board": board.visit,
        "new-task": lambda: board.press_c().type("Fix login !high *security tomorrow 17:00 every 2 weeks"),
        "new-tasks": lambda: page.keyboard.insert_text("\n- Write the manual !low\n- Call Ana"),
        "preview": lambda: _look_at_first(board.visit()),
        "task": lambda: board.visit().open(number),
        "task-editing": lambda: board.opened(number).edit_description(),
        "task-completing": lambda: page.keyboard.type(" @"),
        "task-menu": lambda: _afresh(board).open(number).button("More").click(),
        "task-page": lambda: TaskPage.visit(page, f"{KEY}-{number}"),
        "task-due": lambda: TaskPage(page, f"{KEY}-{number}").property("Due date").click(),
        "task-then": lambda: _go_back(board.visit().open(number).button("As it was…")),
        "task-conflict": lambda: _disagree(page, api, disputed),
        "board-then": lambda: _go_back(board.visit().page.get_by_role("button", name="As it was…")),
        "list": rows.visit,
        "filter": lambda: ViewTools(page).filter.fill("is:open pri"),
        "lanes": lambda: ViewTools(board.visit().page).choose("Lanes", "Priority"),
        "table": TablePage(page, KEY).visit,
        "table-columns": lambda: page.get_by_role("button", name="Display").click(),
        "calendar": lambda: _show(page, "calendar"),
        "palette": lambda: summon(_afresh(board).task(number), "Control+k"),
        "values": lambda: summon(board.task(number), "l"),
        "keys": lambda: summon(board.task(number), "?"),
        "search": lambda: SearchPage(page).visit("kiln"),
        "timeline": lambda: _show(page, "timeline"),
        "inbox": inbox.visit,
        "my-work": work.visit,
        **{f"settings-{each}": partial(settings.visit, each) for each in _PROJECT_SETTINGS},
        **{f"profile-{each}": partial(profile.visit, each) for each in ("you", "security", "tokens")},
        "workspace-people": lambda: SettingsPage(page, "/settings").visit("people"),
        "trash": PutAwayPage(page, "WEB").visit,
        "activity": ActivityPage(page, KEY).visit,
        **{f"report-{each}": partial(ReportsPage(page, KEY).visit, each) for each in REPORTS},
        "archive": PutAwayPage(page, "WEB", "archive").visit,
        "all-activity": ActivityPage(page).visit,
        "workspace-general": lambda: SettingsPage(page, "/settings").visit("general"),
        "empty-board": BoardPage(page, EMPTY).visit,
        "empty-calendar": lambda: _show(page, "calendar", EMPTY),
        "nothing-fits": lambda: page.goto(f"/{KEY}/list?filter=kiln+is:overdue+label:none"),
        "not-here": lambda: page.goto("/NOPE/board"),
    }


def _look_at_first(board: BoardPage) -> None:
    for key in ("j", "Space"):
        board.page.keyboard.press(key)
    board.page.wait_for_selector(".tt-glance__title")


def _afresh(board: BoardPage) -> BoardPage:
    """The board without what the scenes before it have left: texts that were not saved, and lanes."""
    board.page.evaluate("() => localStorage.clear()")
    return board.visit()


def _go_back(way: Locator) -> None:
    """A fortnight of deeds or so, or all there is."""
    way.click()
    past = Past(way.page)
    past.slider.press("PageDown")
    past.slider.press("ArrowLeft")
    way.page.wait_for_timeout(500)


def _disagree(page: Page, api: Api, ref: str) -> None:
    """Somebody saves a text that somebody else has saved since it was opened."""
    words = "Nodes with a full disk stop taking jobs.\n\nFind the largest folder first."
    api.edit_task(ref, description=words)
    task = TaskPage.visit(page, ref)
    task.edit_description().fill(f"{words} Then free ten percent at least.")
    api.edit_task(ref, description=words.replace("largest", "oldest"))
    task.description_field.press("Control+Enter")
    task.conflict.wait_for()


def _show(page: Page, view: str, key: str = KEY) -> None:
    """A view of a project that has no journeys of its own."""
    page.goto(f"/{key}/{view}")
    page.wait_for_selector(f".tt-{view}[aria-busy=false]")


def _sittings(
    server: Server, person: Person | None, browser: Browser, folder: Path, sizes: list[ViewportSize]
) -> Iterator[Photographer]:
    """A new visitor for every theme and size."""
    for scheme in SCHEMES:
        for size in sizes:
            visitors = Visitors(Contexts(browser, is_fresh=True), traced=False)
            page = visitors.come(server, person, size=size, scheme=scheme)
            suffix = scheme if len(sizes) == 1 else f"{scheme}-{size['width']}"
            yield Photographer(page, folder, suffix)
            visitors.leave()


def _number(api: Api) -> int:
    """The task of the pictures."""
    return next(int(card["number"]) for card in api.board(KEY)["cards"] if card["title"] == TITLE)


if __name__ == "__main__":
    main()
