"""The headers that a file goes out with, so that nothing in it runs on our origin, whoever put it there."""

import re
from urllib.parse import quote

from tasktracker.storage.media import PLAIN, UNKNOWN

INLINE = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp", PLAIN})
"""What a browser may show by itself.

No PDF: browsers refuse to show one in a sandbox, and out of a sandbox it is a program. No SVG, which may hold scripts.
"""
_HARMLESS = re.compile(
    r"(?:image|audio|video|font)/[a-z0-9.-]+"  # without a plus: no image/svg+xml
    r"|application/(?:pdf|rtf|zip|json|gzip|x-gzip|x-7z-compressed|msword|vnd\.(?:ms-|oasis\.|openxmlformats-)[a-z0-9.-]+)"
    r"|text/(?:csv|markdown|calendar|vcard|tab-separated-values)"
)
"""What no page can be made to run. Whatever else there is goes out as bytes.

The pages' policy lets scripts and styles of our own origin run, and a file that goes out as one would be of it, since a
browser heeds no Content-Disposition there.
"""
_POLICY = "sandbox; default-src 'none'"
_IN_QUOTES = re.compile(r"[^ !#$&'()+,\-.0-9;=@A-Z\[\]^_`a-z{}~]")
"""What may not stand in the plain name: quotes, backslashes, controls, whatever is not ASCII; and the percent sign,
which some programs decode (RFC 6266, appendix D)."""
_ATTR_CHAR = "!#$&+-.^_`|~"
"""What may stand in the encoded name as it is, besides letters and digits (RFC 8187, section 3.2.1)."""


def safe_headers(name: str, media_type: str, *, download: bool) -> dict[str, str]:
    """The headers of an answer that carries a stored file. `media_type` is what `sniff` said.

    How long it may be kept is for those to say who know who may see it, and until when.
    """
    is_shown = media_type in INLINE and not download
    return {
        "Content-Type": _content_type(media_type),
        "Content-Disposition": f"{'inline' if is_shown else 'attachment'}; {_file_name(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": _POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def _content_type(media_type: str) -> str:
    if media_type == PLAIN:
        return f"{PLAIN}; charset=utf-8"  # a byte order mark overrules it, so UTF-16 reads well too
    return media_type if _HARMLESS.fullmatch(media_type) else UNKNOWN


def _file_name(name: str) -> str:
    """`filename` for old programs and `filename*` for the others (RFC 6266, section 4.3)."""
    encoded = quote(name, safe=_ATTR_CHAR, errors="replace")
    return f"filename=\"{_IN_QUOTES.sub('_', name)}\"; filename*=UTF-8''{encoded}"
