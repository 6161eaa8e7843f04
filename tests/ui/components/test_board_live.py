"""What other people do shows on a board, whatever order it arrives in."""

import asyncio

from playwright.async_api import expect

from tests.ui.components.conftest import Stage
from tests.ui.components.samples import card, project, small_board


async def test_somebody_elses_move_is_drawn(stage: Stage) -> None:
    await stage.open()
    await stage.patch(10, 11, card(1, "Done", "Zz", version=2))
    await stage.shows(To_do=[2, 3], Done=[1, 6])


async def test_new_and_vanished_cards_are_drawn(stage: Stage) -> None:
    await stage.open()
    await stage.patch(10, 12, card(7, "Backlog", "a0"), gone=[2, 6])
    await stage.shows(Backlog=[7], To_do=[1, 3], Done=[])


async def test_a_patch_that_comes_before_the_data_is_kept(stage: Stage) -> None:
    await stage.set_up(small_board(stage.key), delay=0.8)
    await stage.page.goto(stage.address("board"), wait_until="commit")
    await stage.page.wait_for_function("window.did_handshake && document.querySelector('.tt-skeleton')")
    await stage.patch(10, 11, card(3, "Done", "Zz", version=2))
    await stage.shows(To_do=[1, 2], Done=[3, 6])
    assert await stage.loads() == 1


async def test_what_is_known_already_is_ignored(stage: Stage) -> None:
    await stage.open()
    await stage.patch(8, 10, card(3, "Backlog", "a0"), gone=[1])
    await stage.patch(10, 11, card(2, "Backlog", "a1", version=2))
    await stage.shows(Backlog=[2], To_do=[1, 3])


async def test_a_patch_that_overlaps_counts_and_no_card_steps_back(stage: Stage) -> None:
    await stage.open()
    await stage.patch(10, 12, card(1, "Done", "a1", version=5))
    await stage.patch(10, 13, card(1, "To do", "a0", version=4), card(2, "Done", "a2", version=2))
    await stage.shows(To_do=[3], Done=[6, 1, 2])


async def test_a_gap_makes_the_board_load_again(stage: Stage) -> None:
    await stage.open()
    newer = small_board(stage.key)
    newer["revision"] = 14
    newer["cards"][0] |= {"column_id": newer["cards"][5]["column_id"], "position": "a5", "version": 2}
    await stage.set_up(newer)
    await stage.patch(13, 15, card(2, "Done", "a6", version=2))
    await stage.shows(To_do=[3], Done=[6, 1, 2])
    assert await stage.loads() == 2


async def test_an_answer_older_than_the_patch_is_asked_for_again(stage: Stage) -> None:
    await stage.open()
    await stage.patch(13, 15, card(2, "Done", "a6", version=2))
    while await stage.loads() < 2:
        await asyncio.sleep(0.02)
    newer = small_board(stage.key)
    newer["revision"] = 14
    await stage.set_up(newer)
    await stage.shows(To_do=[1, 3], Done=[6, 2])


async def test_a_new_comment_counts_although_the_version_stays(stage: Stage) -> None:
    await stage.open()
    await stage.patch(10, 11, card(1, "To do", "a0", comment_count=7))
    await expect(stage.page.locator("[data-number='1'] .tt-comments")).to_have_text("7")


async def test_a_renamed_column_is_drawn(stage: Stage) -> None:
    await stage.open()
    changed = project(stage.key)
    changed["columns"][1]["name"] = "Next up"
    await stage.patch(10, 11, project=changed)
    await stage.shows(Next_up=[1, 2, 3])


async def test_after_a_lost_connection_the_board_catches_up(stage: Stage) -> None:
    await stage.open()
    await stage.page.wait_for_function("window.did_handshake")
    newer = small_board(stage.key)
    newer["revision"] = 20
    del newer["cards"][0]
    await stage.set_up(newer)
    await stage.page.evaluate("window.socket.io.engine.close()")
    await stage.shows(To_do=[2, 3])


async def test_the_focus_follows_a_card_that_somebody_moves(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='2']").focus()
    await stage.patch(10, 11, card(2, "Done", "Zz", version=2))
    await stage.shows(Done=[2, 6])
    await stage.says(f"{stage.key}-2 was moved to Done, position 1 of 2.")
    assert await stage.focused() == 2


async def test_when_the_focused_card_leaves_its_neighbour_gets_the_focus(stage: Stage) -> None:
    await stage.open()
    await stage.page.locator("[data-number='3']").focus()
    await stage.patch(10, 11, gone=[3])
    await stage.says(f"{stage.key}-3 left the board.")
    assert await stage.focused() == 2


async def test_what_somebody_may_not_see_any_more_is_not_shown_any_more(stage: Stage) -> None:
    await stage.open()
    await stage.set_up(small_board(stage.key), status=404)
    await stage.call("reload")
    await expect(stage.page.get_by_role("alert")).to_be_visible()
    await expect(stage.page.locator(".tt-card")).to_have_count(0)


async def test_a_server_that_stumbles_leaves_the_board_in_sight(stage: Stage) -> None:
    await stage.open()
    newer = small_board(stage.key)
    newer["revision"] = 11
    del newer["cards"][0]
    await stage.set_up(newer, status=503)
    await stage.call("reload")
    while await stage.loads() < 2:
        await asyncio.sleep(0.02)
    await stage.shows(To_do=[1, 2, 3])
    await stage.set_up(newer)
    await stage.shows(To_do=[2, 3])
