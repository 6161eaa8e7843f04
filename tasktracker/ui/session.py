"""Who is at this page."""

from fastapi import Request
from nicegui import ui

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotSignedIn
from tasktracker.services.sessions import authenticate
from tasktracker.settings import settings
from tasktracker.ui.sockets import own_page


async def signed_in() -> Actor:
    """The page's actor; from here on the page belongs to their session. Raises NotSignedIn."""
    actor = await actor_of(page_request())
    own_page(actor)
    return actor


async def actor_of(request: Request) -> Actor:
    """Whose session cookie came with the request. Raises NotSignedIn."""
    secret = request.cookies.get(settings().session_cookie)
    if not secret:
        raise NotSignedIn
    return await authenticate(secret)


def page_request() -> Request:
    """The HTTP request that this page is the answer to."""
    return ui.context.client.request
