"""A text in the middle of being typed outlives a reload, a process that is killed, and a move to another replica.

One address stays before all of it, as that of a balancer does: the browser keeps drafts by address.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from e2e.browsers import Visitors
from e2e.pages.board import BoardPage
from e2e.pages.task import TaskDialog
from e2e.people import Project, Team
from e2e.proxy import Proxy
from e2e.servers import Server, serve_beside

TITLE, DESCRIPTION = "Fix the login in Safari", "It fails\n\nsince Monday, in Safari"
COMMENT, EDIT = "Half a thought, and", "What I had meant to say"
NEW_TITLE, NEW_DESCRIPTION = "Write the release notes", "For people who upgrade"
THEIRS = "What Ben wrote meanwhile"
BACK_WITHIN = 40_000
"""Milliseconds, with a start of the server on a busy machine."""
HAS_NO_DRAFT = "(of) => !Object.keys(localStorage).some((key) => key.startsWith(of))"


@dataclass(frozen=True)
class Cluster:
    """Two replicas behind one address; the first of them answers."""

    proxy: Proxy
    first: Server
    second: Server


@pytest.fixture(scope="module")
def replicas(team: Team) -> Iterator[tuple[Server, Server]]:
    first, second = serve_beside(team.server), serve_beside(team.server)
    yield first, second
    first.stop()
    second.stop()


@pytest.fixture
def cluster(replicas: tuple[Server, Server]) -> Iterator[Cluster]:
    with Proxy(replicas[0]) as proxy:
        yield Cluster(proxy, *replicas)


def reload(board: BoardPage, _cluster: Cluster) -> None:
    board.page.reload()


def kill_and_restart(board: BoardPage, cluster: Cluster) -> None:
    cluster.first.kill()
    expect(board.offline).to_be_visible()
    cluster.first.start()


def switch_replica(_board: BoardPage, cluster: Cluster) -> None:
    cluster.proxy.switch_to(cluster.second)


@pytest.mark.thorough
@pytest.mark.parametrize("accident", [reload, kill_and_restart, switch_replica])
def test_every_text_is_there_again_and_can_be_saved_and_what_another_wrote_meanwhile_is_not_lost(
    team: Team,
    cluster: Cluster,
    visitors: Visitors,
    project: Project,
    accident: Callable[[BoardPage, Cluster], None],
) -> None:
    number = project.add("Fix the login", description="It fails")
    project.api.comment(project.ref(number), "What I said")
    board = BoardPage(visitors.come(cluster.proxy, team.ana), project.key).visit()
    _type_everything(board, number)

    board.page.evaluate("() => window.isOld = true")
    project.api.edit_task(project.ref(number), description=THEIRS)
    accident(board, cluster)
    board.page.wait_for_function("() => !window.isOld && window.did_handshake", timeout=BACK_WITHIN)
    task = board.ready().opened(number)
    _expect_everything(task)
    _save_everything(board, task)

    saved = project.api.task(project.ref(number))
    assert (saved["title"], saved["description"]) == (TITLE, DESCRIPTION)
    assert project.api.comments(project.ref(number)) == [EDIT, COMMENT]
    created = project.api.task(project.ref(number + 1))
    assert (created["title"], created["description"]) == (NEW_TITLE, NEW_DESCRIPTION)
    board.page.wait_for_function(HAS_NO_DRAFT, arg=f"tasktracker:draft:{project.ref(number)}:")
    board.page.goto(f"{board.path}?task={number}")
    task = board.ready().opened(number)
    expect(task.comment_field).to_have_value("")
    expect(task.description_field.or_(task.comment_edit)).to_have_count(0)


def _type_everything(board: BoardPage, number: int) -> None:
    """Letter by letter, as people do, and the title last: it would be saved as soon as the next field is entered."""
    new = board.press_c()
    new.type(NEW_TITLE, NEW_DESCRIPTION)
    board.page.keyboard.press("Escape")
    board.shows_no_dialog()
    task = board.open(number)
    for field, text in (
        (task.comment_field, COMMENT),
        (task.edit_comment(), EDIT),
        (task.edit_description(), DESCRIPTION),
        (task.title, TITLE),
    ):
        field.fill("")
        field.press_sequentially(text)


def _expect_everything(task: TaskDialog) -> None:
    expect(task.title).to_have_value(TITLE)
    expect(task.description_field).to_have_value(DESCRIPTION)
    expect(task.comment_field).to_have_value(COMMENT)
    expect(task.comment_edit).to_have_value(EDIT)


def _save_everything(board: BoardPage, task: TaskDialog) -> None:
    """The title merges with what Ben did; about the description Ana has to decide, and loses neither text."""
    task.title.press("Enter")
    expect(task.root).to_contain_text(f"renamed this to “{TITLE}”")
    task.button("Save").first.click()
    together = task.conflict.get_by_label("Description, both together")
    expect(together).to_have_value(re.compile(f"{DESCRIPTION}.*{THEIRS}", re.DOTALL))
    task.conflict.get_by_role("button", name="Keep mine").click()
    expect(task.description).to_contain_text("since Monday")
    _expect_drafts_of_comments(task)
    task.comment_edit.press("Control+Enter")
    expect(task.comments.first).to_contain_text(EDIT)
    task.button("Comment").click()
    expect(task.comments).to_have_count(2)
    task.close()
    new = board.press_c()
    expect(new.title).to_have_value(NEW_TITLE)
    expect(new.description).to_have_value(NEW_DESCRIPTION)
    new.create()
    board.shows_no_dialog()


def _expect_drafts_of_comments(task: TaskDialog) -> None:
    """What is decided about one text touches no other."""
    expect(task.comment_field).to_have_value(COMMENT)
    expect(task.comment_edit).to_have_value(EDIT)
