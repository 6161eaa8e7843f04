"""The composition root: the one file that knows everything."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from loguru import logger
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from tasktracker import __version__, api, consumers, ui
from tasktracker.consumers.due import work_for_ever
from tasktracker.consumers.reader import read_for_ever
from tasktracker.models.database import close_database, connection, open_database
from tasktracker.models.schema import pending_migrations
from tasktracker.realtime.doorbell import doorbell
from tasktracker.secrets.database_credentials import Where
from tasktracker.secrets.sealing import stored_secrets
from tasktracker.secrets.start import seal_of
from tasktracker.services.files import files
from tasktracker.services.following import feed, presence
from tasktracker.services.following_all import follow_later_projects
from tasktracker.services.upkeep import tidy_for_ever
from tasktracker.settings import Settings
from tasktracker.storage import open_storage
from tasktracker.telemetry.health import Readiness
from tasktracker.telemetry.loop_lag import measure_loop_lag
from tasktracker.telemetry.metrics import BUILD
from tasktracker.ui.error_pages import failed
from tasktracker.ui.security import SecurityHeaders
from tasktracker.ui.sockets import close_pages_of_ended_sessions


def create_app(settings: Settings, database: Where) -> FastAPI:
    """The whole program as one ASGI application, on that database."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await open_database(database, pool_min=settings.pool_min, pool_max=settings.pool_max)
        files.open(open_storage(settings))
        stored_secrets.use(seal_of(settings))
        doorbell.start(database)
        feed.start(database)
        works: list[Work] = [*_BACKGROUND, *(partial(read_for_ever, consumer) for consumer in consumers.ALL)]
        background = [asyncio.create_task(_kept_going(work)) for work in works]
        try:
            yield
        finally:
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)
            await feed.stop()
            await doorbell.stop()
            await close_database()

    BUILD.info({"version": __version__})
    app = FastAPI(title="tasktracker", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
                  openapi_url=None)  # fmt: skip
    _install_health(app)
    api.install(app)
    ui.install(app, settings)
    _install_middleware(app, settings)
    return app


Work = Callable[[], Awaitable[None]]
RESTART = 5.0
"""Seconds."""
_BACKGROUND = (
    close_pages_of_ended_sessions,
    follow_later_projects,
    measure_loop_lag,
    presence.beat_for_ever,
    tidy_for_ever,
    work_for_ever,
)


async def _kept_going(work: Work) -> None:
    """Work that never ends: a fault in it is logged, and it starts anew."""
    while True:
        try:
            await work()
        except Exception:  # noqa: BLE001  whatever it is, the other work of the process goes on, and so must this
            logger.exception("background work failed; it starts again in {} s", RESTART)
        await asyncio.sleep(RESTART)


def _install_middleware(app: FastAPI, settings: Settings) -> None:
    """The last one added is the outermost."""
    api.install_middleware(app, settings, failed_page=failed)
    app.add_middleware(SecurityHeaders, is_secure=settings.is_secure)
    app.add_middleware(api.Compression, minimum_size=1000, compresslevel=4)  # 9 would hold the loop for a large board


def _install_health(app: FastAPI) -> None:
    readiness = Readiness()
    readiness.checks = {"database": _check_database, "schema": _check_schema, "feed": _check_feed}

    @app.get("/livez", include_in_schema=False)
    async def livez() -> PlainTextResponse:
        return PlainTextResponse("alive")

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        problems = await readiness.problems()
        return JSONResponse({"ready": not problems, "problems": problems}, status_code=503 if problems else 200)

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _check_database() -> str | None:
    await connection().execute_query_dict("SELECT 1")
    return None


async def _check_schema() -> str | None:
    missing = await pending_migrations()
    return f"run `tasktracker migrate`: {', '.join(missing)} not applied" if missing else None


async def _check_feed() -> str | None:
    return None if feed.is_listening.is_set() else "the LISTEN connection is not up; changes arrive by polling"
