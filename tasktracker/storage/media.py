"""What the bytes of a file are, by what they say themselves. What a client says they are is not asked."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from pathlib import PurePath

import puremagic

HEAD_BYTES = 4096
"""How much of a file's beginning `sniff` wants to see."""
UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"

_TEXT_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".log": PLAIN,
    ".markdown": "text/markdown",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".tsv": "text/tab-separated-values",
    ".txt": PLAIN,
    ".vcf": "text/vcard",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
"""Kinds of text that nothing but the name tells apart."""

_BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""What no text holds (WHATWG MIME Sniffing, section 3: binary data byte)."""
_READABLE_FORMATS = (b"%PDF-", b"%!PS", b"{\\rtf")
"""Formats that may pass for text."""
_MARKUP = re.compile(r"\s*<[!?/a-z]", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_SURE = 0.3
"""Of puremagic's confidence: three bytes that are there, or two and the fitting name."""


def sniff(head: bytes, name: str) -> str:
    """The media type of a file that begins with `head` (`HEAD_BYTES`, or all of it). Never one with parameters.

    The name chooses between kinds of text, and between kinds that share their first bytes. It makes no picture of
    what is none.
    """
    suffix = PurePath(name).suffix.lower()
    text = None if head.startswith(_READABLE_FORMATS) else _text(head, is_named_text=suffix in _TEXT_TYPES)
    return _binary_type(head, suffix) if text is None else _text_type(text, suffix)


def _text(head: bytes, *, is_named_text: bool) -> str | None:
    """The text, if it is one: Unicode, or something older that at least calls itself a text."""
    if not head:
        return "" if is_named_text else None
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = _decoded(head, "utf-16")
    else:
        text = _decoded(head, "utf-8-sig")
        if text is None and is_named_text:
            text = head.decode("latin-1")
    return None if text is None or _BINARY.search(text) else text


def _decoded(head: bytes, encoding: str) -> str | None:
    try:
        return getincrementaldecoder(encoding)().decode(head)  # a character may be cut at the end
    except UnicodeDecodeError:
        return None


def _text_type(text: str, suffix: str) -> str:
    named = _TEXT_TYPES.get(suffix, PLAIN)
    if named != PLAIN or not _MARKUP.match(text):
        return named
    if re.search(r"<svg[\s>]", text, re.IGNORECASE):
        return "image/svg+xml"
    return "application/xml" if text.lstrip().startswith("<?xml") else "text/html"


def _binary_type(head: bytes, suffix: str) -> str:
    try:
        # The end of the name is all that counts of it.
        found = puremagic.magic_string(head, f"file{suffix}")
    except (puremagic.PureError, ValueError):  # nothing that it knows; no bytes at all
        return UNKNOWN
    best = next((each for each in found if each.mime_type and each.confidence >= _SURE), None)
    if best is None or best.mime_type.startswith("text/"):
        return UNKNOWN
    if best.byte_match == _ZIP and best.extension != suffix:
        return "application/zip"  # so many formats are one inside that any other guess would be wrong
    return str(best.mime_type).strip().lower()
