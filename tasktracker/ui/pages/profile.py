"""One's own profile."""

from tasktracker.ui.components.profile.page import open_profile
from tasktracker.ui.paging import page
from tasktracker.ui.presenters.profile import Profile
from tasktracker.ui.session import signed_in


@page("/profile")
async def profile_page() -> None:
    await open_profile(Profile(await signed_in()), "you")


@page("/profile/{section}")
async def section_page(section: str) -> None:
    await open_profile(Profile(await signed_in()), section)
