"""Who is at this page."""

from fastapi import Request
from nicegui import ui

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import NotSignedIn
from tasktracker.services.sessions import VisitorView, recognise
from tasktracker.settings import settings
from tasktracker.ui.language import Reader
from tasktracker.ui.reading import speak_to, visitor
from tasktracker.ui.sockets import own_page


async def signed_in() -> Actor:
    """The page's actor; from here on the page belongs to their session, and speaks to them. Raises NotSignedIn."""
    request = page_request()
    found = await _visitor_of(request)
    speak_to(visitor(request, locale=found.locale, time_zone=found.time_zone))
    own_page(found.actor)
    return found.actor


async def reader_of(request: Request) -> Reader:
    """How whoever sent the request reads: as their account says, if they are signed in."""
    try:
        found = await _visitor_of(request)
    except NotSignedIn:
        return visitor(request)
    return visitor(request, locale=found.locale, time_zone=found.time_zone)


async def actor_of(request: Request) -> Actor:
    """Whose session cookie came with the request. Raises NotSignedIn."""
    return (await _visitor_of(request)).actor


async def _visitor_of(request: Request) -> VisitorView:
    secret = request.cookies.get(settings().session_cookie)
    if not secret:
        raise NotSignedIn
    return await recognise(secret)


def page_request() -> Request:
    """The HTTP request that this page is the answer to."""
    return ui.context.client.request
