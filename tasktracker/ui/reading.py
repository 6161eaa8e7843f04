"""Whom a page is for: it speaks their language, and tells days and times as it is where they are."""

import json
import re
from copy import copy
from typing import Any, cast

from fastapi import Request
from nicegui import ui
from nicegui.slot import Slot, get_task_id

from tasktracker.domain.weeks import first_weekday
from tasktracker.ui.installing import manifest_links
from tasktracker.ui.language import LANGUAGES, Reader
from tasktracker.ui.scripts import texts_address

_READER = "reader"
"""Key in a client's volatile storage: later events of the page speak its language too."""
_RANGE = re.compile(r"\s*([A-Za-z]{2,3})(?:-([A-Za-z]{2}|[0-9]{3}))?\s*(?:;\s*q=([0-9.]+)\s*)?")


def speak_to(reader: Reader) -> None:
    """Let the page at hand be for that reader."""
    client = ui.context.client
    client.storage[_READER] = reader
    client.page = copy(client.page)  # the page's own is that of all who visit it
    client.page.language = cast("Any", reader.language.quasar)


def reader_of_page() -> Reader:
    """The reader of the page whose elements are at hand; outside of any page, an English one."""
    slots = Slot.stacks.get(get_task_id())  # NiceGUI's own look would make a page where there is none
    return slots[-1].parent.client.storage.get(_READER, Reader()) if slots else Reader()


def visitor(request: Request, *, locale: str = "", time_zone: str = "") -> Reader:
    """The reader who sent a request. `locale` is what they have chosen, if they have.

    The browser's languages (Accept-Language, RFC 9110) stand in for a choice, and tell the region where it does not.
    """
    wanted = _accepted(request.headers.get("Accept-Language", ""))
    if locale:
        wanted = [*(tag for tag in wanted if tag.startswith(f"{locale}-")), locale]
    return Reader(wanted[0], time_zone) if wanted else Reader(time_zone=time_zone)


def introduce_reader() -> None:
    """Tell the scripts whom the page is for, before anything is drawn. Once for each page, when its reader is known."""
    reader = reader_of_page()
    about = {"locale": reader.intl, "timeZone": reader.time_zone, "firstWeekday": first_weekday(reader.locale)}
    way = "rtl" if reader.language.is_rtl else "ltr"
    told = f"document.documentElement.dir = '{way}'; Object.assign(document.documentElement.dataset, {_json(about)});"
    address = texts_address(reader.language.code)
    texts = f'<script src="{address}"></script>' if address else ""
    ui.add_head_html(f"<script>{told}</script>{texts}{manifest_links(reader.language.code)}")


def _accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header whose language the interface speaks, the most wanted first."""
    found = [match.groups() for part in header[:500].split(",") if (match := _RANGE.fullmatch(part))]
    spoken = [each for each in found if each[0].lower() in LANGUAGES]
    spoken.sort(key=lambda each: -_quality(each[2]))
    return [f"{language.lower()}-{region.upper()}" if region else language.lower() for language, region, _ in spoken]


def _quality(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def _json(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")
