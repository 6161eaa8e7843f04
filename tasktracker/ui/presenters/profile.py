"""One's own profile: who one is, how one reads, where one is signed in, and which tokens speak for one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tasktracker.domain.actor import Actor
from tasktracker.services import accounts, sessions
from tasktracker.services.queries.me import MeView, get_me
from tasktracker.services.queries.sessions import SessionView, list_sessions
from tasktracker.services.queries.shell import ShellView, get_shell
from tasktracker.ui.language import LANGUAGES, t
from tasktracker.ui.presenters.devices import device_name

EXPIRIES = (7, 30, 90, 365)
"""Days, to choose from."""


class Profile:
    shell: ShellView
    me: MeView

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._sessions: list[SessionView] = []

    async def open(self) -> None:
        """Read what every section needs. Raises NotSignedIn."""
        self.shell, self.me = await get_shell(self.actor), await get_me(self.actor)

    async def load_sessions(self) -> None:
        self._sessions = await list_sessions(self.actor)

    async def edit(self, fields: Mapping[str, Any]) -> None:
        await accounts.edit_me(self.actor, fields)
        self.me = await get_me(self.actor)

    @property
    def language(self) -> str:
        """The language that the pages speak to this person; the region stays what it is."""
        return self.me.locale if self.me.locale in LANGUAGES else self.me.locale.partition("-")[0]

    def languages(self) -> dict[str, str]:
        """Names by codes; what is set and not spoken here yet stays to be seen."""
        names = {code: each.name for code, each in LANGUAGES.items()}
        return names if self.language in names else {self.language: self.me.locale, **names}

    def browsers(self) -> list[dict[str, Any]]:
        """Where one is signed in, this browser first."""
        found = [each for each in self._sessions if each.kind == "browser"]
        return [
            {
                "id": str(each.id),
                "name": device_name(each.name) or t("A browser"),
                "tag": t("This browser") if each.is_current else "",
                "when": _when(each.last_used_at),
                "kept": each.is_current,
            }
            for each in sorted(found, key=lambda each: not each.is_current)
        ]

    def tokens(self) -> list[dict[str, Any]]:
        """The tokens that are still good, last used first."""
        return [_token(each) for each in self._sessions if each.kind == "token"]

    def name_of(self, session_id: str) -> str:
        rows = [*self.browsers(), *self.tokens()]
        return next((str(row["name"]) for row in rows if row["id"] == session_id), "")

    async def create_token(self, name: str, *, days: int, may_write: bool) -> str:
        """A token with one's own rights; returns the secret, which is to be seen this once."""
        return await sessions.create_token(self.actor, name, days=days, may_write=may_write)

    async def revoke(self, session_id: str) -> None:
        await sessions.revoke_session(self.actor, UUID(session_id))

    async def revoke_others(self) -> None:
        """End all sign-ins but this one; tokens stay."""
        for row in self.browsers():
            if not row["kept"]:
                await self.revoke(row["id"])


def _token(token: SessionView) -> dict[str, Any]:
    return {
        "id": str(token.id),
        "name": token.name,
        "tag": "" if token.may_write else t("Reads only"),
        "when": _use_of(token),
        "until": {"at": token.expires_at.isoformat()},
    }


def _use_of(token: SessionView) -> dict[str, str]:
    """When it was last used; in its first minutes that is not known, and then when it was made."""
    if token.last_used_at - token.created_at < sessions.USE_RESOLUTION:
        return {"at": token.created_at.isoformat(), "was": "made"}
    return _when(token.last_used_at)


def _when(at: datetime) -> dict[str, str]:
    return {"at": at.isoformat(), "was": "used"}
