"""The JSON API: the same services as the pages, for programs."""

from fastapi import FastAPI

from tasktracker.api import fallback, reference
from tasktracker.api.errors import install_error_handlers
from tasktracker.api.v1 import ROUTERS


def install(app: FastAPI) -> None:
    """Add the API to the app, before anything that answers every address. Its middleware is added apart."""
    install_error_handlers(app)
    for router in (*ROUTERS, reference.router, fallback.router):
        app.include_router(router)
