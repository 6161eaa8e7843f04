"""Signing in and out, and API tokens. A secret is shown once; the database keeps its SHA-256."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.domain.errors import Invalid, NotFound, NotSignedIn
from tasktracker.domain.events import EventKind, changes_between
from tasktracker.domain.text import clean_line
from tasktracker.models import Account, Session
from tasktracker.models.database import connection
from tasktracker.services.command import WorkspaceCommand, require_write, workspace_command
from tasktracker.services.passwords import LONGEST, clean_password, hash_password, is_password

TOKEN_PREFIX = "tt_"  # noqa: S105  a prefix, no secret
USE_RESOLUTION = timedelta(minutes=5)
"""How exactly a session's last use is known: a write at each request would cost more than it tells."""

_BY_EMAIL = """
    SELECT a.id, a.password_hash, m.workspace_id FROM account a
    JOIN membership m ON m.account_id = a.id WHERE a.email = $1 AND a.is_active ORDER BY m.id LIMIT 1
"""
_AUTHENTICATE = """
    SELECT s.id, s.account_id, s.workspace_id, s.may_write, s.last_used_at, a.locale, a.time_zone
    FROM session s
    JOIN account a ON a.id = s.account_id AND a.is_active
    JOIN membership m ON m.account_id = s.account_id AND m.workspace_id = s.workspace_id
    WHERE s.revoked_at IS NULL AND s.expires_at > now() AND s.secret_hash = $1
"""


async def sign_in(email: Any, password: Any, *, days: int, device: str = "", request_id: str | None = None) -> str:
    """Open a session and return its secret, for a cookie. Raises NotSignedIn, with one text for every reason."""
    rows = await connection().execute_query_dict(_BY_EMAIL, [_address(email)])
    found = rows[0] if rows else None
    if not await is_password(str(password or "")[:1000], found["password_hash"] if found else None) or not found:
        raise NotSignedIn("That e-mail address and password do not fit together. Check both and try again.")
    actor = Actor(found["id"], found["workspace_id"])
    return await open_session(actor.for_request(request_id or actor.request_id), days=days, device=device)


async def open_session(actor: Actor, *, days: int, device: str = "") -> str:
    """Open a browser session for somebody who has proved who they are; returns its secret."""
    secret = secrets.token_urlsafe(32)
    async with workspace_command(actor, None) as command:
        session = await Session.create(
            kind="browser",
            secret_hash=hash_of(secret),
            account_id=actor.account_id,
            workspace_id=actor.workspace_id,
            name=device[:100],
            expires_at=command.at + timedelta(days=days),
            using_db=command.db,
        )
        command.record(EventKind.SESSION_OPENED, session.id, changes_between({}, {"device": device[:100]}))
    return secret


async def create_token(actor: Actor, name: Any, *, days: int = 90, may_write: bool = True) -> str:
    """An API token with the rights of its maker; returns the secret, which is not shown again. Raises Invalid."""
    label = clean_line(name, "/name", limit=100)
    if not 1 <= days <= 3650:  # noqa: PLR2004  ten years
        raise Invalid.at("/days", "A token lasts 1 to 3,650 days.")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    async with workspace_command(actor, None) as command:
        session = await Session.create(
            kind="token",
            secret_hash=hash_of(secret),
            account_id=actor.account_id,
            workspace_id=actor.workspace_id,
            name=label,
            may_write=may_write,
            expires_at=command.at + timedelta(days=days),
            using_db=command.db,
        )
        command.record(
            EventKind.TOKEN_CREATED, session.id, changes_between({}, {"name": label, "may_write": may_write})
        )
    return secret


@dataclass(frozen=True, slots=True)
class VisitorView:
    """Somebody with a session, and how they read: `locale` is a language tag, `time_zone` an IANA name."""

    actor: Actor
    locale: str
    time_zone: str


async def authenticate(secret: str) -> Actor:
    """Who a cookie or token belongs to. Raises NotSignedIn as `recognise` does."""
    return (await recognise(secret)).actor


async def recognise(secret: str) -> VisitorView:
    """Who a cookie or token belongs to, and how they read. One round trip, mostly.

    Raises NotSignedIn when it is unknown, expired or revoked, or its owner is no longer in the workspace.
    """
    rows = await connection().execute_query_dict(_AUTHENTICATE, [hash_of(secret)])
    if not rows:
        raise NotSignedIn("Your session has ended, or this token is not valid. Please sign in again.")
    row = rows[0]
    if datetime.now(UTC) - row["last_used_at"] > USE_RESOLUTION:
        await Session.filter(id=row["id"]).update(last_used_at=datetime.now(UTC))
    actor = Actor(row["account_id"], row["workspace_id"], row["id"], row["may_write"])
    return VisitorView(actor, row["locale"], row["time_zone"])


async def revoke_session(actor: Actor, session_id: UUID) -> None:
    """End one of one's own sessions or tokens, at once and everywhere. Raises NotFound."""
    async with workspace_command(actor, None) as command:
        session = await Session.filter(id=session_id, account_id=actor.account_id).using_db(command.db).first()
        if session is None:
            raise NotFound("session", session_id)
        await _revoke(command, session)


async def change_password(actor: Actor, current: Any, new: Any) -> None:
    """Set one's own password anew. One's other sign-ins end with it, since that is why many change it; tokens stay.

    Raises Invalid, NotSignedIn, Forbidden with a read-only token.
    """
    require_write(actor)
    account = await Account.get(id=actor.account_id)
    if not await is_password(str(current or "")[:LONGEST], account.password_hash):
        raise Invalid.at("/current_password", "This is not your password.")
    password_hash = await hash_password(clean_password(new, "/new_password"))
    async with workspace_command(actor, None) as command:
        await Account.filter(id=account.id).using_db(command.db).update(password_hash=password_hash)
        command.record(EventKind.PASSWORD_CHANGED, account.id)
        others = Session.filter(account_id=account.id, kind="browser", expires_at__gt=command.at)
        for session in await others.exclude(id=actor.session_id or account.id).using_db(command.db):
            await _revoke(command, session)


async def end_sessions(command: WorkspaceCommand, account_id: UUID) -> None:
    """End what somebody has open in the workspace, tokens too."""
    theirs = Session.filter(account_id=account_id, workspace_id=command.workspace.id, expires_at__gt=command.at)
    for session in await theirs.using_db(command.db):
        await _revoke(command, session)


async def _revoke(command: WorkspaceCommand, session: Session) -> None:
    if session.revoked_at is None:
        session.revoked_at = command.at
        await session.save(using_db=command.db, update_fields=["revoked_at"])
        command.record(EventKind.SESSION_REVOKED, session.id)


def _address(email: Any) -> str:
    """The address to look for, without what PostgreSQL takes in no text: NUL and lone surrogates."""
    text = email.strip().lower() if isinstance(email, str) else ""
    return text[:254].replace("\0", "").encode(errors="ignore").decode()


def hash_of(secret: str) -> bytes:
    """What the database keeps of a secret. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(secret.encode()).digest()
