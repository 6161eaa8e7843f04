"""How days and times are written for the reader of the page; static/formats.js writes the same in the browser."""

from datetime import UTC, date, datetime, tzinfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format, get_timezone
from babel.lists import format_list

from tasktracker.domain.weeks import first_weekday
from tasktracker.ui.language import babel_locale, reader

_SKELETONS = {("short", False): "MMMd", ("short", True): "yMMMd", ("long", False): "MMMMd"}
"""Of a day of this year, and of another (Unicode TR 35). The long one with the year is CLDR's own."""


def day_text(value: date | datetime, style: str = "short") -> str:
    """`25 Nov`, or with the style long `25 November`; with the year if it is another one than this.

    A moment falls on the day that it has where the reader is.
    """
    day = value.astimezone(zone()).date() if isinstance(value, datetime) else value
    skeleton = _SKELETONS.get((style, day.year != datetime.now(zone()).year))
    if skeleton is None:
        return format_date(day, "long", locale=_locale())
    return format_skeleton(skeleton, datetime(day.year, day.month, day.day, tzinfo=UTC), locale=_locale())


def time_text(moment: datetime) -> str:
    """`14:05`."""
    return format_time(moment, "short", tzinfo=zone(), locale=_locale())


def moment_text(moment: datetime) -> str:
    """`25 November, 14:05`."""
    return str(get_datetime_format("long", locale=_locale())).format(time_text(moment), day_text(moment, "long"))


def list_text(words: list[str]) -> str:
    """`Ana, Ben and Chi`."""
    return format_list(words, locale=_locale()) if words else ""


def zone() -> tzinfo:
    """Where the reader is; UTC if they have not said so."""
    return get_timezone(reader().time_zone or "UTC")


def weekday_first() -> int:
    """The day that the reader's weeks begin on: 0 is Monday, 6 Sunday."""
    return first_weekday(reader().locale)


def _locale() -> Locale:
    return babel_locale(reader().formats)
