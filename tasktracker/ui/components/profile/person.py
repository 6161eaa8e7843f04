"""Who one is, and how one reads."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from tasktracker.domain.regional import time_zones
from tasktracker.ui.components.profile.theme_choice import ThemeChoice
from tasktracker.ui.components.settings.rows import TextControl, group, row, select_control
from tasktracker.ui.components.suggestions.suggestions import Suggestions
from tasktracker.ui.elements import text
from tasktracker.ui.language import t
from tasktracker.ui.presenters.profile import Profile


async def draw_person(profile: Profile) -> None:
    """Name, handle, address; time zone, language, theme."""
    person, name = profile.me.person, t("Name")
    with group():
        with row(name, t("What others see at what you do.")):
            TextControl(name, person.name, _save(profile, "name"), enabled=True, limit=100, kept="profile:name")
        with row(t("Handle"), t("Others mention you by it. It stays, since it stands in what was written.")):
            text(f"@{person.handle}", "tt-setting-value")
        with row(t("E-mail address"), t("You sign in with it.")):
            text(person.email, "tt-setting-value")
    zone, language = t("Time zone"), t("Language")
    with group(t("How you read")):
        with row(zone, t("Due times, reminders and “today” go by it.")):
            saved = _save(profile, "time_zone")
            control = TextControl(zone, profile.me.time_zone, saved, enabled=True, limit=64, kept="profile:time_zone")
            Suggestions(control.element, time_zones())
        with row(language, t("Of the pages, and of dates and numbers.")):
            select_control(language, profile.languages(), profile.language, _speak(profile), enabled=True)
        with row(t("Theme"), t("In this browser.")):
            ThemeChoice(t("Theme"))


def _save(profile: Profile, field: str) -> Callable[[Any], Awaitable[None]]:
    async def save(value: Any) -> None:
        await profile.edit({field: value})

    return save


def _speak(profile: Profile) -> Callable[[Any], Awaitable[None]]:
    async def speak(code: Any) -> None:
        await profile.edit({"locale": code})
        ui.navigate.reload()

    return speak
