"""What people read, in their own language.

Every text of the interface is written in English where it is used, as `t("New task")`, and looked up there in the
catalogue of the language that the page speaks (`languages/de.po`, gettext's format). The same in the browser:
`static/language.js` gives scripts the same functions. A text without a translation stays English.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE = "en"
CATALOGUES = Path(__file__).parent / "languages"
_AS_IN_REFERENCES = "u-ca-gregory-nu-latn"
"""Numbers and days are told as those in WEB-12 and in date fields, which are the same in every language (BCP 47)."""


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is what its speakers call it, `quasar` the pack of Quasar's own texts."""

    code: str
    name: str
    quasar: str
    is_rtl: bool = False


LANGUAGES = {
    each.code: each
    for each in (
        Language(SOURCE, "English", "en-US"),
        Language("de", "Deutsch", "de"),
        Language("ar", "العربية", "ar", is_rtl=True),
    )
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a page is for: `locale` is a language tag (RFC 5646), `time_zone` an IANA name, empty if it is not known."""

    locale: str = SOURCE
    time_zone: str = ""

    @property
    def language(self) -> Language:
        """The language of the texts: theirs, or English."""
        return LANGUAGES.get(_language_of(self.locale), LANGUAGES[SOURCE])

    @property
    def formats(self) -> str:
        """The language tag of dates and numbers: that of the texts, in the reader's own variety of it."""
        return self.locale if _language_of(self.locale) == self.language.code else self.language.code

    @property
    def intl(self) -> str:
        """The same for the browser's Intl."""
        return f"{self.formats}-{_AS_IN_REFERENCES}"


class _Page:
    """Whom the page at hand is for; ui/install.py says how to find out."""

    find: Callable[[], Reader] = staticmethod(Reader)


_spoken_to: ContextVar[Reader | None] = ContextVar("spoken_to", default=None)
"""Whom a text is for that stands on no page of NiceGUI's."""


def t(message: str, **values: object) -> str:
    """The text in the page's language, with `{name}` replaced by that value."""
    return translations(spoken()).gettext(message).format(**_isolated(values))


def tc(context: str, message: str, **values: object) -> str:
    """As `t`, for a text that means something else elsewhere: `context` says what it is here (gettext's msgctxt)."""
    return translations(spoken()).pgettext(context, message).format(**_isolated(values))


def tn(one: str, many: str, n: int, **values: object) -> str:
    """As `t`, for a number of things: `{n}` is that number."""
    return translations(spoken()).ngettext(one, many, n).format(n=number_text(n), **_isolated(values))


def _isolated(values: dict[str, object]) -> dict[str, object]:
    """Where lines run from right to left, words of another direction must not carry their neighbours along.

    They stand between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX 9).
    """
    if not reader().language.is_rtl:
        return values
    return {name: f"\u2068{value}\u2069" if isinstance(value, str) else value for name, value in values.items()}


def number_text(value: float) -> str:
    """A number as it is written in the page's language: `12,345.5`."""
    return format_decimal(value, locale=babel_locale(reader().formats), decimal_quantization=False)


def spoken() -> str:
    """The code of the language that the page at hand speaks."""
    return reader().language.code


def reader() -> Reader:
    """Whom the page at hand is for."""
    return _spoken_to.get() or _Page.find()


@contextmanager
def speaking_to(someone: Reader) -> Iterator[None]:
    """Let the texts of the block be for that reader, whatever page is at hand."""
    token = _spoken_to.set(someone)
    try:
        yield
    finally:
        _spoken_to.reset(token)


def reader_is_found_by(find: Callable[[], Reader]) -> None:
    """Let `find` say whom the page at hand is for."""
    _Page.find = staticmethod(find)


@cache
def translations(code: str) -> NullTranslations:
    """The catalogue of that language, as it stands in its file."""
    file = CATALOGUES / f"{code}.po"
    if not file.exists():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def babel_locale(tag: str) -> Locale:
    """What babel knows of a language tag; of a region that it does not know, the language alone."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_language_of(tag))


def _language_of(tag: str) -> str:
    return tag.partition("-")[0]
