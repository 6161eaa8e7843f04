"""Keys that are commands, wherever the focus is, and where they are not."""

import pytest
from playwright.async_api import WebSocket, expect

from tests.ui.components.conftest import Stage

pytestmark = pytest.mark.thorough

PRESS = """(init) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { bubbles: true, cancelable: true, composed: true, ...init }))"""


async def test_keys_press_focus_and_show(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.keyboard.press("c")
    assert await stage.intents() == [{"pressed": "new-task"}]
    await stage.page.keyboard.press("f")
    await expect(stage.page.get_by_label("Filter")).to_be_focused()
    await stage.page.evaluate("document.activeElement.blur()")
    await stage.page.keyboard.press("?")
    await expect(stage.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


async def test_one_key_after_another_leads_somewhere(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.locator("[data-number='1']").focus()
    await stage.page.keyboard.press("g")
    await stage.page.keyboard.press("j")  # leads nowhere, and is what it is by itself
    assert await stage.focused() == 2
    await stage.page.keyboard.press("g")
    await stage.page.wait_for_timeout(1_100)
    await stage.page.keyboard.press("l")  # too late: the labels
    await expect(stage.page.get_by_role("dialog", name="Set labels")).to_be_visible()
    await stage.page.keyboard.press("Escape")
    await stage.page.keyboard.press("g")
    await stage.page.keyboard.press("l")
    await stage.page.wait_for_url(f"**/{stage.key}/list")


@pytest.mark.parametrize("typing", ["input", "textarea", "div contenteditable tabindex=0", "select"])
async def test_keys_are_letters_while_somebody_types(stage: Stage, typing: str) -> None:
    await stage.open_commands()
    await stage.page.evaluate(
        "(html) => document.querySelector('.tt-list').insertAdjacentHTML('beforebegin', html)",
        f"<{typing} id=typing></{typing.partition(' ')[0]}>",
    )
    await stage.page.locator("#typing").focus()
    await stage.page.keyboard.type("c?/gls")
    await expect(stage.page.get_by_role("dialog")).to_have_count(0)
    assert await stage.intents(0) == []
    await stage.page.keyboard.press("Control+k")  # no letter
    await expect(stage.page.get_by_role("dialog", name="Commands")).to_be_visible()


@pytest.mark.parametrize(
    ("pressed", "is_command"),
    [
        ({"key": "c"}, True),
        ({"key": "C"}, True),  # by Caps Lock
        ({"key": "с", "code": "KeyC"}, True),  # noqa: RUF001  Cyrillic, in the place of C
        ({"key": "C", "shiftKey": True}, False),
        ({"key": "c", "ctrlKey": True}, False),
        ({"key": "c", "altKey": True}, False),
        ({"key": "c", "metaKey": True}, False),
        ({"key": "c", "isComposing": True}, False),
        ({"key": "Process", "keyCode": 229}, False),
        ({"key": "c", "repeat": True}, False),
    ],
)
async def test_a_key_is_what_it_means(stage: Stage, pressed: dict[str, object], *, is_command: bool) -> None:
    await stage.open_commands()
    await stage.page.evaluate(PRESS, pressed)
    if is_command:
        assert await stage.intents() == [{"pressed": "new-task"}]
    else:
        await stage.page.wait_for_timeout(100)
        assert await stage.intents(0) == []


async def test_no_key_reaches_through_a_dialog_that_is_not_its_own(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div class=q-dialog role=dialog tabindex=0>Ask</div>')"
    )
    await stage.page.locator(".q-dialog").focus()
    for key in ("c", "?", "/", "Control+k"):
        await stage.page.keyboard.press(key)
    await expect(stage.page.get_by_role("dialog")).to_have_count(1)
    assert await stage.intents(0) == []


async def test_a_command_that_wants_a_selection_says_so(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.keyboard.press("s")
    await expect(stage.page.locator(".q-notification")).to_contain_text("No task is selected.")


async def test_what_is_pressed_and_typed_stays_in_the_browser(stage: Stage) -> None:
    sent: list[bytes | str] = []

    def note(frame: bytes | str) -> None:
        sent.append(frame)

    def watch(socket: WebSocket) -> None:
        socket.on("framesent", note)

    stage.page.on("websocket", watch)
    await stage.open_palette()
    await stage.page.wait_for_function("window.did_handshake")
    assert (before := len(sent)) > 0, "the socket is watched"
    await stage.page.keyboard.type("secret words")
    for key in ("Escape", "j", "j", "k", "?", "Escape", "g", "q"):
        await stage.page.keyboard.press(key)
    await stage.page.wait_for_timeout(200)
    assert len(sent) == before
    stage.page.remove_listener("websocket", watch)


async def test_the_sheet_of_keys_is_searched_and_gives_the_focus_back(stage: Stage) -> None:
    await stage.open_commands()
    await stage.page.locator("[data-number='3']").focus()
    await stage.page.keyboard.press("?")
    sheet = stage.page.get_by_role("dialog", name="Keyboard shortcuts")
    for heading in ("General", "Go to", "Move and select", "Change what is selected"):
        await expect(sheet.get_by_role("heading", name=heading)).to_be_visible()
    await expect(sheet.locator("li", has_text="List")).to_have_text("ListGthenL")
    await stage.page.keyboard.type("priority")
    await expect(sheet.locator("li")).to_have_count(1)
    await expect(sheet.locator("li")).to_contain_text("then 0 for none")
    await stage.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    assert await stage.focused() == 3
