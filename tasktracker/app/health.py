"""What is asked about a process from outside: is it alive, is it ready, what does it measure."""

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from tasktracker.models.database import connection
from tasktracker.models.schema import schema_standing
from tasktracker.services.following import feed
from tasktracker.telemetry.health import Readiness


def readiness_of_process() -> Readiness:
    """Every check that it takes to be sent people."""
    return Readiness({"database": _check_database, "schema": _check_schema, "feed": _check_feed})


def install_health(app: FastAPI, readiness: Readiness) -> None:
    """Serve the answers; docs/explanation/deployment.md says what follows from each."""
    kept = {"Cache-Control": "no-store"}

    @app.get("/livez", include_in_schema=False)
    async def livez() -> PlainTextResponse:
        return PlainTextResponse("alive", headers=kept)

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        problems = await readiness.problems()
        told = {"ready": not problems, "problems": problems}
        return JSONResponse(told, status_code=503 if problems else 200, headers=kept)

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _check_database() -> str | None:
    await connection().execute_query_dict("SELECT 1")
    return None


async def _check_schema() -> str | None:
    standing = await schema_standing()
    if standing.pending:
        return f"run `tasktracker migrate`: {', '.join(standing.pending)} not applied"
    if standing.shut_out_by:
        return f"a newer release removed what this program uses: {', '.join(standing.shut_out_by)}"
    return None


async def _check_feed() -> str | None:
    return None if feed.is_listening.is_set() else "the LISTEN connection is not up; changes arrive by polling"
