"""Signing in and out, and tokens."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Request, Response
from pydantic.dataclasses import dataclass

from tasktracker.api import examples
from tasktracker.api.deps import SignedIn
from tasktracker.api.describe import answers, example_body
from tasktracker.api.problems import CLASH, NOT_FOUND, NOT_SIGNED_IN, request_id
from tasktracker.api.routing import PublicRoute, SecretRoute, api_router
from tasktracker.api.schemas import NewToken, SetUp, SignIn
from tasktracker.services import accounts, sessions
from tasktracker.services.queries.me import MeView, get_me
from tasktracker.services.queries.sessions import SessionView, get_session_by_secret
from tasktracker.services.queries.sessions import list_sessions as query_sessions
from tasktracker.settings import settings

SECONDS_A_DAY = 86_400
TAG = "Signing in"

public = api_router(TAG, PublicRoute)
secret = api_router(TAG, SecretRoute)
router = api_router(TAG)


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """A new token. `secret` is shown in this answer and never again."""

    id: UUID
    name: str
    may_write: bool
    expires_at: datetime
    secret: str


@public.post("/session", status_code=201, summary="Sign in", responses=answers(examples.ME, NOT_SIGNED_IN, status=201))
async def sign_in(
    body: Annotated[SignIn, example_body(examples.SIGN_IN)], request: Request, answer: Response
) -> MeView:
    """Opens a session and sets its cookie, for browsers. Programs use a token instead."""
    days = settings().session_days
    cookie = await sessions.sign_in(
        body["email"], body["password"], days=days, device=_device(request), request_id=request_id(request.scope)
    )
    return await _welcome(request, answer, cookie)


@public.post(
    "/setup", status_code=201, summary="Set up a new server", responses=answers(examples.ME, CLASH, status=201)
)
async def set_up(body: Annotated[SetUp, example_body(examples.SET_UP)], request: Request, answer: Response) -> MeView:
    """Makes the workspace and its owner, once, on a server with nobody in it; signs the owner in."""
    owner = await accounts.set_up(body["workspace"], body["name"], body["email"], body["password"])
    owner = owner.for_request(request_id(request.scope))
    cookie = await sessions.open_session(owner, days=settings().session_days, device=_device(request))
    return await _welcome(request, answer, cookie)


@router.delete("/session", status_code=204, summary="Sign out", responses=answers(status=204))
async def sign_out(actor: SignedIn, answer: Response) -> None:
    """Ends the session or token that the call came with, at once and in every open tab."""
    if actor.session_id is not None:
        await sessions.revoke_session(actor, actor.session_id)
    answer.delete_cookie(
        settings().session_cookie, path="/", secure=settings().is_secure, httponly=True, samesite="lax"
    )


@router.get("/sessions", summary="List your sessions and tokens", responses=answers([examples.SESSION]))
async def list_sessions(actor: SignedIn) -> list[SessionView]:
    """Your own sign-ins and tokens in this workspace that are still good, last used first."""
    return await query_sessions(actor)


@router.delete(
    "/sessions/{session_id:segment}",
    status_code=204,
    summary="End a session or token",
    responses=answers(None, NOT_FOUND, status=204),
)
async def revoke_session(session_id: UUID, actor: SignedIn) -> None:
    """Ends one of your own sessions or tokens, at once and everywhere."""
    await sessions.revoke_session(actor, session_id)


@secret.post("/tokens", status_code=201, summary="Create a token", responses=answers(examples.TOKEN, status=201))
async def create_token(
    body: Annotated[NewToken, example_body(examples.NEW_TOKEN)], actor: SignedIn, answer: Response
) -> TokenAnswer:
    """Makes a token with your rights, or with the right to read only. The secret is in this answer and nowhere else."""
    text = await sessions.create_token(
        actor, body["name"], days=body.get("days", 90), may_write=body.get("may_write", True)
    )
    answer.headers["Cache-Control"] = "no-store"
    made = await get_session_by_secret(actor, text)
    return TokenAnswer(made.id, made.name, made.may_write, made.expires_at, text)


async def _welcome(request: Request, answer: Response, cookie: str) -> MeView:
    """Hand the new session to the browser, and say who it belongs to."""
    answer.set_cookie(
        settings().session_cookie,
        cookie,
        max_age=settings().session_days * SECONDS_A_DAY,
        path="/",
        secure=settings().is_secure,
        httponly=True,
        samesite="lax",
    )
    answer.headers["Cache-Control"] = "no-store"
    actor = await sessions.authenticate(cookie)
    return await get_me(actor.for_request(request_id(request.scope)))


def _device(request: Request) -> str:
    """What the browser calls itself, for the list of sessions."""
    return "".join(filter(str.isprintable, request.headers.get("user-agent", "")))[:100]
