"""The composition root: the one room that knows everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from tasktracker import __version__, api, ui
from tasktracker.app.health import install_health, readiness_of_process
from tasktracker.app.life import Life
from tasktracker.models.database import open_database
from tasktracker.secrets.database_credentials import Where
from tasktracker.secrets.sealing import stored_secrets
from tasktracker.secrets.start import seal_of
from tasktracker.services.files import files
from tasktracker.settings import Settings
from tasktracker.storage import open_storage
from tasktracker.telemetry.health import Readiness
from tasktracker.telemetry.metrics import BUILD
from tasktracker.ui.error_pages import failed
from tasktracker.ui.security import SecurityHeaders


def create_app(settings: Settings, database: Where) -> FastAPI:
    """The whole program as one ASGI application, on that database."""
    life = Life(readiness_of_process())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await open_database(database, pool_min=settings.pool_min, pool_max=settings.pool_max)
        files.open(open_storage(settings))
        stored_secrets.use(seal_of(settings))
        life.begin(database)
        try:
            yield
        finally:
            await life.close()

    BUILD.info({"version": __version__})
    app = FastAPI(title="tasktracker", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
                  openapi_url=None)  # fmt: skip
    app.state.life = life
    install_health(app, life.readiness)
    api.install(app)
    ui.install(app, settings)
    _install_middleware(app, settings, life.readiness)
    return app


def life_of(app: FastAPI) -> Life:
    """The life of the process that serves this app."""
    life: Life = app.state.life
    return life


def _install_middleware(app: FastAPI, settings: Settings, readiness: Readiness) -> None:
    """The last one added is the outermost."""
    api.install_middleware(app, settings, failed_page=failed)
    app.add_middleware(SecurityHeaders, is_secure=settings.is_secure)
    app.add_middleware(ui.AssetsOfOtherBuilds)
    app.add_middleware(api.Compression, minimum_size=1000, compresslevel=4)  # 9 would hold the loop for a large board
    app.add_middleware(api.Farewell, is_ending=lambda: readiness.is_ending)
