"""The page of one's own profile: one section of it at a time."""

from collections.abc import Awaitable, Callable

from tasktracker.domain.errors import NotFound
from tasktracker.ui.components.frame import frame
from tasktracker.ui.components.profile.person import draw_person
from tasktracker.ui.components.profile.security import draw_security
from tasktracker.ui.components.profile.tokens import draw_tokens
from tasktracker.ui.components.settings.page import SectionLink, settings_layout
from tasktracker.ui.language import t
from tasktracker.ui.presenters.profile import Profile

_SECTIONS: tuple[tuple[SectionLink, Callable[[Profile], Awaitable[None]]], ...] = (
    (SectionLink("you", lambda: t("Profile"), "person_outline"), draw_person),
    (SectionLink("security", lambda: t("Password and sessions"), "lock_outline"), draw_security),
    (SectionLink("tokens", lambda: t("API tokens"), "key"), draw_tokens),
)


async def open_profile(profile: Profile, path: str) -> None:
    """Draw the section of that path. Raises NotFound."""
    draw = {link.path: draw for link, draw in _SECTIONS}.get(path)
    if draw is None:
        raise NotFound("section", path)
    await profile.open()
    why_not = "" if profile.me.may_write else t("This session may only read, so nothing can be changed here.")
    links = [link for link, _ in _SECTIONS]
    with (
        frame(profile.shell, title=t("Your profile"), here="profile"),
        settings_layout("/profile", links, path, why_not=why_not),
    ):
        await draw(profile)
