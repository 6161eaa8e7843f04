"""The headers of pages, and what stays of a page when it has been sent."""

import gc
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from tasktracker.ui.security import SecurityHeaders

PAGE = b"<html><script>1</script>" + b"x" * 100_000
SCOPE = {"type": "http", "headers": [(b"host", b"tasks.example")]}


async def test_nothing_of_a_page_stays_in_memory_once_it_has_been_sent() -> None:
    """NiceGUI keeps the request of a page, and with it the way its answer went, as long as the page is open."""
    kept: list[Send] = []
    sent: list[int] = []

    async def page(_scope: Scope, _receive: Receive, send: Send) -> None:
        kept.append(send)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-nicegui-content", b"page")]})
        for half in (PAGE[:50_000], PAGE[50_000:]):
            await send({"type": "http.response.body", "body": half, "more_body": half == PAGE[:50_000]})

    async def send(message: Message) -> None:
        sent.append(len(message.get("body", b"")))

    async def receive() -> Message:
        raise AssertionError("nobody asks for the request's body")

    await SecurityHeaders(page, is_secure=True)(SCOPE, receive, send)
    assert sent[-1] > len(PAGE)  # with the nonce
    assert max(len(each) for each in _behind(kept) if isinstance(each, bytes)) < 1_000


def _behind(root: Any) -> list[Any]:
    """Everything that is kept alive by it, but for modules, functions and classes."""
    seen, found = {id(root)}, [root]
    for each in found:
        fresh = [one for one in gc.get_referents(each) if id(one) not in seen and type(one).__name__ not in _CODE]
        seen.update(map(id, fresh))
        found += fresh
    return found


_CODE = {"module", "function", "type", "code", "ABCMeta"}
