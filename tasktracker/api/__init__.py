"""The JSON API: the same services as the pages, for programs."""

from collections.abc import Callable

from fastapi import FastAPI, Response
from starlette.types import Scope

from tasktracker.api import fallback, reference
from tasktracker.api.body_limit import BodyLimit
from tasktracker.api.errors import install_error_handlers
from tasktracker.api.middleware import Compression, Farewell, HeadAsGet, RequestContext, SameOrigin
from tasktracker.api.rate_limits import Limiter, RateLimit
from tasktracker.api.v1 import ROUTERS
from tasktracker.api.watching import close
from tasktracker.settings import Settings

__all__ = ["Compression", "Farewell", "close", "install", "install_middleware"]


def install(app: FastAPI) -> None:
    """Add the API to the app, before anything that answers every address. Its middleware is added apart."""
    install_error_handlers(app)
    for router in (*ROUTERS, reference.router, fallback.router):
        app.include_router(router)


def install_middleware(
    app: FastAPI, settings: Settings, *, failed_page: Callable[[Scope, Exception], Response]
) -> None:
    """Add what every request goes through. The last one added is the outermost.

    `failed_page` is the answer to whoever asked for a page and met what nobody expected.
    """
    app.add_middleware(SameOrigin, public_url=settings.public_url)
    app.add_middleware(BodyLimit, limit_bytes=settings.body_limit_bytes, file_bytes=settings.attachment_limit_bytes)
    app.add_middleware(RateLimit, limiter=Limiter(settings))
    app.add_middleware(RequestContext, failed_page=failed_page)
    app.add_middleware(HeadAsGet)
