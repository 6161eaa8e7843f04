"""Where a person lives, as far as it matters: their time zone, and how they write dates and numbers."""

import re
from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from tasktracker.domain.errors import Invalid

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
LONGEST = 64
"""Characters in the name of a zone."""
_LIKENESS = 0.8
"""How much alike two names are, from 0 to 1, for one to be suggested for the other."""
_MONTH_FIRST = frozenset({"US", "AS", "GU", "MH", "MP", "PH", "PR", "UM", "VI"})
"""Territories where numeric dates begin with the month. Source: CLDR, for English."""
_NOWHERE = {"Factory", "localtime"}
"""Names that stand for whatever a machine is set to."""


def clean_time_zone(value: Any, pointer: str) -> str:
    """An IANA time zone, such as Europe/Lisbon. Raises Invalid with the one that was probably meant."""
    if isinstance(value, str) and value in _zones():
        return value
    meant = _meant(value) if isinstance(value, str) else None
    advice = f"Did you mean {meant}?" if meant else "Use a name such as Europe/Lisbon or UTC."
    raise Invalid.at(pointer, f"There is no such time zone. {advice}")


@cache
def time_zones() -> tuple[str, ...]:
    """The zones to choose from, by name. Other names of theirs, such as GB, are understood too, and not offered."""
    places = (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
    return ("UTC", *sorted(zone for zone in _zones() if zone.startswith(places) and "/" in zone))


def clean_locale(value: Any, pointer: str) -> str:
    """A language, and where need be a script and a region (RFC 5646): pt, pt-BR, zh-Hant-TW. Whatever its case."""
    tag = _usual_case(value) if isinstance(value, str) else ""
    if not _LOCALE.fullmatch(tag):
        raise Invalid.at(pointer, "Use a language tag such as en, pt-BR or zh-Hant-TW.")
    return tag


def is_day_first(locale: str) -> bool:
    """Whether 3/4 is the third of April: everywhere, unless the tag names a territory such as the United States."""
    return _MONTH_FIRST.isdisjoint(part.upper() for part in locale.replace("_", "-").split("-")[1:])


def _usual_case(tag: str) -> str:
    language, *rest = tag.replace("_", "-").split("-")
    cased = [part.title() if len(part) == len("Hant") else part.upper() for part in rest]
    return "-".join([language.lower(), *cased])


@cache
def _zones() -> frozenset[str]:
    """Read from the disk, so once."""
    return frozenset(available_timezones() - _NOWHERE)


def _meant(text: str) -> str | None:
    """The zone whose name, or the name of whose city, is most like the text."""
    zones = sorted(zone for zone in _zones() if "/" in zone and not zone.startswith("Etc/"))
    names = {zone.lower(): zone for zone in zones}
    cities = {zone.rpartition("/")[2].lower(): zone for zone in zones}
    wanted = text[:LONGEST].strip().lower().replace(" ", "_")
    for known in (names, cities):
        if close := get_close_matches(wanted, known, 1, _LIKENESS):
            return known[close[0]]
    return None
