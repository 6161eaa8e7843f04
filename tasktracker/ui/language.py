"""What people read, in their own language.

Every text of the interface is written in English where it is used, as `t("New task")`, and looked up there in the
catalogue of the language that the page speaks (`languages/de.po`, gettext's format). The same in the browser:
`static/language.js` gives scripts a `t` and a `tn`. A text without a translation stays English.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"
_CATALOGUES = Path(__file__).parent / "languages"


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is what its speakers call it."""

    code: str
    name: str
    is_rtl: bool = False


LANGUAGES = {each.code: each for each in (Language(SOURCE, "English"),)}


class _Speaking:
    """Which language the page at hand speaks; ui/install.py says how to find out."""

    find: Callable[[], str] = staticmethod(lambda: SOURCE)


def t(message: str, **values: object) -> str:
    """The text in the page's language, with `{name}` replaced by that value."""
    return translations(spoken()).gettext(message).format(**values)


def tn(one: str, many: str, n: int, **values: object) -> str:
    """As `t`, for a number of things: `{n}` is that number."""
    return translations(spoken()).ngettext(one, many, n).format(n=n, **values)


def spoken() -> str:
    """The code of the language that the page at hand speaks."""
    return _Speaking.find()


def spoken_is_found_by(find: Callable[[], str]) -> None:
    """Let `find` say which language is spoken."""
    _Speaking.find = staticmethod(find)


@cache
def translations(code: str) -> NullTranslations:
    """The catalogue of that language, as it stands in its file."""
    file = _CATALOGUES / f"{code}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
