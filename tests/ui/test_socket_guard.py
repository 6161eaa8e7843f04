"""A page's socket belongs to the session that the page was built for, and to nobody else."""

import asyncio
import signal

import pytest

from tasktracker.models import Task
from tasktracker.services import accounts, projects, sessions
from tests.factories import Team, make_session, make_team
from tests.servers import RunningServer
from tests.ui.raw_socket import Page, load_page, page_socket

QUIET = 0.7
"""Seconds after which an event that was let in has long had its effect."""


@pytest.fixture
async def team() -> Team:
    team = await make_team()
    await team.task(column="To do")
    return team


async def column_of_first_task(team: Team) -> str:
    task = await Task.get(project_id=team.project.id, number=1)
    return next(name for name, column in team.columns.items() if column.id == task.column_id)


def move(team: Team, column: str, version: int = 1) -> dict[str, object]:
    return {"number": 1, "column_id": str(team.columns[column].id), "after": None, "before": None, "version": version}


async def board_of(team: Team, server: RunningServer) -> tuple[Page, str]:
    secret, _ = await make_session(team.owner)
    return await load_page(server.address, f"/{team.key}/board", secret), secret


async def test_the_owners_socket_moves_a_card(team: Team, server: RunningServer) -> None:
    page, secret = await board_of(team, server)
    async with page_socket(server.address, page.client_id, secret=secret) as own:
        assert own.is_accepted
        await own.event(page, "move", move(team, "Done"))
        assert await own.hears("revision", seconds=3), "the patch comes back"
    assert await column_of_first_task(team) == "Done"


async def test_a_stranger_without_a_session_is_refused(team: Team, server: RunningServer) -> None:
    page, _ = await board_of(team, server)
    async with page_socket(server.address, page.client_id, secret=None) as stranger:
        assert not stranger.is_accepted
        await stranger.event(page, "move", move(team, "Done"))
        await asyncio.sleep(QUIET)
    assert await column_of_first_task(team) == "To do"


async def test_a_colleague_with_a_stolen_client_id_is_refused(team: Team, server: RunningServer) -> None:
    page, _ = await board_of(team, server)
    secret, _ = await make_session(await team.person("admin"))
    async with page_socket(server.address, page.client_id, secret=secret) as colleague:
        assert not colleague.is_accepted


async def test_a_socket_of_another_page_cannot_speak_for_a_stolen_client_id(team: Team, server: RunningServer) -> None:
    page, _ = await board_of(team, server)
    secret, _ = await make_session(await team.person("guest"))
    own_page = await load_page(server.address, "/", secret)
    async with page_socket(server.address, own_page.client_id, secret=secret) as colleague:
        assert colleague.is_accepted
        await colleague.event(page, "move", move(team, "Done"))
        await colleague.emit("handshake", {"client_id": page.client_id, "tab_id": "tab", "document_id": "document"})
        await colleague.event(page, "move", move(team, "Done"))
        await asyncio.sleep(QUIET)
    assert await column_of_first_task(team) == "To do"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_origin_is_refused_even_with_the_cookie(team: Team, server: RunningServer, origin: str) -> None:
    page, secret = await board_of(team, server)
    async with page_socket(server.address, page.client_id, secret=secret, origin=origin) as foreign:
        assert not foreign.is_accepted
        await foreign.event(page, "move", move(team, "Done"))
        await asyncio.sleep(QUIET)
    assert await column_of_first_task(team) == "To do"


async def test_a_revoked_session_can_do_nothing_and_loses_its_page(team: Team, server: RunningServer) -> None:
    secret, session = await make_session(team.owner)
    page = await load_page(server.address, f"/{team.key}/board", secret)
    async with page_socket(server.address, page.client_id, secret=secret) as own:
        assert own.is_accepted
        await sessions.revoke_session(team.owner, session.id)
        await own.event(page, "move", move(team, "Done"))
        assert await own.hears("location.reload", seconds=5), "the open tab is sent away within 5 s"
        await own.event(page, "move", move(team, "Done"))
        await team.task("Secret news")
        assert not await own.hears("Secret news", seconds=1.5), "and hears nothing any more"
    assert await column_of_first_task(team) == "To do"
    async with page_socket(server.address, page.client_id, secret=secret) as again:
        assert not again.is_accepted


@pytest.mark.parametrize("path", ["/my-work", "/activity"])
async def test_a_page_of_all_projects_hears_nothing_any_more_once_its_session_is_revoked(
    team: Team, server: RunningServer, path: str
) -> None:
    secret, session = await make_session(team.owner)
    page = await load_page(server.address, path, secret)
    async with page_socket(server.address, page.client_id, secret=secret) as own:
        await sessions.revoke_session(team.owner, session.id)
        assert await own.hears("location.reload", seconds=5)
        await team.task("Secret news")
        assert not await own.hears('42["', seconds=1.5), "not even that there is something"


async def test_somebody_taken_out_of_a_private_project_loses_its_page(server: RunningServer) -> None:
    team = await make_team(is_private=True)
    member = await team.person()
    await projects.set_project_member(team.owner, team.key, member.account_id, "editor")
    secret, _ = await make_session(member)
    page = await load_page(server.address, f"/{team.key}/board", secret)
    async with page_socket(server.address, page.client_id, secret=secret) as own:
        assert own.is_accepted
        await projects.remove_project_member(team.owner, team.key, member.account_id)
        assert await own.hears("location.reload", seconds=5)


async def test_a_demoted_editor_cannot_move_cards_in_a_tab_that_is_still_open(
    team: Team, server: RunningServer
) -> None:
    member = await team.person()
    secret, _ = await make_session(member)
    page = await load_page(server.address, f"/{team.key}/board", secret)
    async with page_socket(server.address, page.client_id, secret=secret) as own:
        await accounts.set_workspace_role(team.owner, member.account_id, "guest")
        await projects.set_project_member(team.owner, team.key, member.account_id, "viewer")
        await own.event(page, "move", move(team, "Done"))
        assert await own.hears("may not", seconds=3), "the refusal is shown"
    assert await column_of_first_task(team) == "To do"


async def test_what_a_page_sends_just_before_it_goes_is_done(team: Team, server: RunningServer) -> None:
    """Its last message and its socket's end come to the server together."""
    page, secret = await board_of(team, server)
    async with page_socket(server.address, page.client_id, secret=secret) as own:
        server.process.send_signal(signal.SIGSTOP)
        asyncio.get_running_loop().call_later(0.3, server.process.send_signal, signal.SIGCONT)
        await own.event(page, "move", move(team, "Done"))
    async with asyncio.timeout(10):
        while await column_of_first_task(team) != "Done":
            await asyncio.sleep(0.05)
