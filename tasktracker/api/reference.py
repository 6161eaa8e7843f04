"""The reference at /api/docs: a page made from the OpenAPI document, with nothing from another server in it."""

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tasktracker.api.openapi import document
from tasktracker.api.problems import KINDS, NO_SUCH_ADDRESS, problem
from tasktracker.api.reference_page import render
from tasktracker.api.routing import PREFIX

router = APIRouter(include_in_schema=False)
_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@router.get(f"{PREFIX}/openapi.json")
async def openapi() -> Response:
    return JSONResponse(document())


@router.get("/api/docs")
async def page() -> Response:
    return HTMLResponse(_page(), headers={"Content-Security-Policy": _POLICY})


@router.get("/api/docs/reference.css")
async def style() -> Response:
    return Response(_static("reference.css"), media_type="text/css")


@router.get("/api/docs/reference.js")
async def script() -> Response:
    return Response(_static("reference.js"), media_type="text/javascript")


@router.get("/problems/{slug}")
async def explain_problem(slug: str, request: Request) -> Response:
    """A problem's `type` is an address: it leads to what the reference says about it."""
    if slug in KINDS:
        return RedirectResponse(f"/api/docs#{slug}", 307)
    return problem(request.scope, NO_SUCH_ADDRESS)


@cache
def _page() -> str:
    return render(document())


@cache
def _static(name: str) -> bytes:
    return (_STATIC / name).read_bytes()
