"""What tests of the page `/KEY/writing` share: the texts on it, and keys."""

from typing import Any

from tests.ui.components.conftest import Stage

ITEMS: list[dict[str, Any]] = [
    {
        "id": "01936bcd-7a5e-7000-8000-000000000001", "author": "Ana Torres", "at": "2026-11-20T10:00:00Z",
        "edited": True, "html": '<ul><li><span class="tt-check" data-item="a-1"></span>one</li></ul>',
        "body": "- [ ] one", "own": True,
        "reactions": [{"emoji": "👍", "n": 2, "own": False, "names": "Ben and Cem"}],
    },
    {"id": "r1", "author": "Ben", "at": "2026-11-20T10:00:00Z", "text": "created this task"},
]  # fmt: skip


async def do(stage: Stage, *keys: str) -> None:
    """Press keys; what stands in angle brackets is typed."""
    for key in keys:
        if key.startswith("<"):
            await stage.page.keyboard.type(key[1:-1])
        else:
            await stage.page.keyboard.press(key)


async def open_texts(stage: Stage, prose: str, **query: object) -> None:
    await stage.set_up({"prose": prose, "items": ITEMS})
    await stage.page.goto(stage.address("writing", **query))
    await stage.page.wait_for_function("window.did_handshake === true")
    await stage.page.wait_for_selector(".tt-comment .tt-prose")
