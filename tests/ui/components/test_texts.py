"""Texts that are there already: checklists in them, comments, and reactions to these."""

import asyncio

from playwright.async_api import expect

from tests.ui.components.conftest import Stage, lose_connection
from tests.ui.components.written import ITEMS, do, open_texts


async def test_a_checklist_is_ticked_by_space_and_by_mouse(stage: Stage) -> None:
    await open_texts(stage, "- [ ] milk\n  - [x] fresh\n- [ ] bread")
    page = stage.page
    written = page.locator(".tt-written")
    milk, bread = (written.get_by_role("checkbox", name=name, exact=True) for name in ("milk", "bread"))
    await expect(written.get_by_role("progressbar", name="1 of 3 done")).to_be_visible()
    await milk.focus()
    await do(stage, "Space")
    await bread.click()
    await expect(written.get_by_role("progressbar", name="3 of 3 done")).to_be_visible()
    (first, second) = await stage.intents(2)
    assert [first["TickIntent"]["done"], second["TickIntent"]["done"]] == [True, True]
    assert first["TickIntent"]["item"] != second["TickIntent"]["item"]

    # The server's text comes when only the first one is in it: what was ticked since stays ticked, and keeps the focus.
    await bread.focus()
    await stage.call(
        "show",
        '<ul><li><span class="tt-check tt-checked" data-item="{}"></span>milk, now</li><li>'
        '<span class="tt-check" data-item="{}"></span>bread</li></ul>'.format(
            first["TickIntent"]["item"], second["TickIntent"]["item"]
        ),
    )
    await expect(written).to_contain_text("milk, now")
    await expect(bread).to_be_checked()
    await expect(bread).to_be_focused()


async def test_who_may_not_edit_sees_what_is_ticked(stage: Stage) -> None:
    await open_texts(stage, "- [ ] milk\n- [x] bread", tick=0)
    boxes = stage.page.locator(".tt-written").get_by_role("checkbox")
    await expect(boxes.nth(0)).to_be_disabled()
    await expect(boxes.nth(1)).to_be_checked()


async def test_comments_are_answered_ticked_and_looked_back_at(stage: Stage) -> None:
    await open_texts(stage, "")
    page, comment_id = stage.page, ITEMS[0]["id"]
    await page.get_by_role("button", name="Thumbs up, from 2 people: Ben and Cem").click()
    await page.get_by_role("button", name="Add a reaction").click()
    await expect(page.get_by_role("button", name="Thumbs up", exact=True)).to_be_focused()
    await do(stage, "ArrowRight", "ArrowRight", "Enter")
    await expect(page.get_by_role("button", name="Add a reaction")).to_be_focused()
    await page.locator(".tt-comment").get_by_role("checkbox", name="one").click()
    assert await stage.intents(3) == [
        {"ReactIntent": {"id": comment_id, "emoji": "👍", "wanted": True}},
        {"ReactIntent": {"id": comment_id, "emoji": "❤️", "wanted": True}},
        {"CommentTick": {"id": comment_id, "item": "a-1", "done": True}},
    ]
    changes = [{"field": "body", "old": "", "new": text} for text in ("now", "before")]
    events = [{"revision": n, "at": "2026-11-20T09:00:00Z", "changes": [change]} for n, change in enumerate(changes)]
    await page.route("**/comments/*/history*", lambda route: route.fulfill(json=events))
    await page.get_by_role("button", name="edited").click()
    await expect(page.get_by_role("region", name="Earlier texts of this comment")).to_contain_text("before")
    await expect(page.locator(".tt-revision")).to_have_count(1)
    await page.unroute_all()


async def test_a_comment_is_edited_with_all_that_helps_to_write(stage: Stage) -> None:
    await open_texts(stage, "")
    await stage.page.get_by_role("button", name="Edit", exact=True).click()
    field = stage.page.get_by_role("textbox", name="Edit your comment")
    await expect(field).to_be_focused()
    await do(stage, "Control+End", "Enter", "<two>", "Control+Enter")
    assert await stage.intents() == [{"edit": [ITEMS[0]["id"], "- [ ] one\n- [ ] two"]}]
    await stage.page.wait_for_function("Object.keys(localStorage).every((key) => !key.includes('comment'))")
    await asyncio.sleep(0.3)  # as long as a draft takes to open its field
    await expect(field).to_have_count(0)
    await expect(stage.page.get_by_role("button", name="Edit", exact=True)).to_be_focused()


async def test_a_comment_that_waits_for_the_connection_is_not_opened_again_under_somebodys_hands(stage: Stage) -> None:
    await open_texts(stage, "")
    await stage.page.get_by_role("button", name="Edit", exact=True).click()
    await do(stage, "Control+End", "<, or two>")
    await lose_connection(stage)
    await do(stage, "Control+Enter")
    await stage.page.clock.run_for(10_000)
    await expect(stage.page.get_by_role("textbox", name="Edit your comment")).to_have_count(0)
    await stage.page.evaluate("window.tasktrackerForgetDrafts()")


async def test_reactions_are_walked_over_as_they_stand_from_right_to_left(stage: Stage) -> None:
    await open_texts(stage, "")
    await stage.page.evaluate("document.documentElement.dir = 'rtl'")
    await stage.page.get_by_role("button", name="Add a reaction").click()
    await do(stage, "ArrowLeft")
    await expect(stage.page.get_by_role("button", name="Thumbs down")).to_be_focused()


async def test_a_text_that_was_given_up_can_be_had_back(stage: Stage) -> None:
    await open_texts(stage, "")
    edit = stage.page.get_by_role("button", name="Edit", exact=True)
    back = stage.page.get_by_role("button", name="Bring it back")
    await edit.click()
    await do(stage, "Escape")
    await expect(edit).to_be_focused()
    await expect(back).to_have_count(0)
    await edit.click()
    await do(stage, "Control+End", "<, or two>", "Escape")
    await expect(edit).to_be_focused()
    await back.click()
    await expect(stage.page.get_by_role("textbox", name="Edit your comment")).to_have_value("- [ ] one, or two")
    await stage.page.evaluate("window.tasktrackerForgetDrafts()")
