"""What the journeys share: Chromium, a server with two people, and a project of its own for each journey.

A journey that fails leaves in `.e2e/` what each of its visitors saw (`*.png`) and did (`*.zip`, for
`playwright show-trace`); the report of the failure names the files.
"""

import re
from collections.abc import Callable, Generator, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from e2e.browsers import PATIENCE, Come, Visitors, chromium
from e2e.contexts import Contexts
from e2e.people import Project, Team
from e2e.servers import elsewhere, up

FIGURE = "figure"
KEPT = Path(__file__).resolve().parent.parent / ".e2e"

expect.set_options(timeout=PATIENCE)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "measured: measures time; nothing else may run meanwhile")
    KEPT.mkdir(exist_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what was seen while it can still be seen."""
    report = yield
    visitors = item.funcargs.get("visitors") if isinstance(item, pytest.Function) else None
    if report.when == "call" and report.failed and isinstance(visitors, Visitors):
        kept = visitors.keep(KEPT, _name_of(item))
        report.sections.append(("What the visitors saw", "\n".join(map(str, kept))))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured, whether it passed or not."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    figures = [
        text for report in reports if report.when == "call" for name, text in report.user_properties if name == FIGURE
    ]
    if figures:
        terminalreporter.section("measured")
    for text in figures:
        terminalreporter.write_line(str(text))


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell a figure at the end of the run: `figure("p95 40 ms")`."""
    return lambda text: request.node.user_properties.append((FIGURE, text))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def team() -> Iterator[Team]:
    """A server that the journeys of this process share, with Ana and Ben; or the one that is named."""
    with elsewhere() or up() as server:
        team = Team(server)
        yield team
        team.close()


@pytest.fixture
def project(team: Team) -> Project:
    """A project of Ana's that no other journey touches."""
    return team.new_project()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture
def visitors(contexts: Contexts, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    """Whoever visits in this journey. It fails if any of their pages had a fault, whatever they saw."""
    for old in KEPT.glob(f"{_name_of(request.node)}-[0-9]*"):
        old.unlink()
    is_measured = request.node.get_closest_marker("measured") is not None
    visitors = Visitors(Contexts(browser, is_fresh=True) if is_measured else contexts, traced=not is_measured)
    yield visitors
    visitors.leave()
    assert visitors.faults == []


@pytest.fixture
def come(team: Team, visitors: Visitors) -> Come:
    return partial(visitors.come, team.server)


def _name_of(item: pytest.Item) -> str:
    """What the files of a journey that failed are called, before their number."""
    return re.sub(r"\W+", "-", item.name)
