"""A file that goes out runs nowhere, is shown only if it can do nothing, and is called what people called it."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.storage.headers import safe_headers

HARMFUL = [
    "text/html",
    "application/xhtml+xml",
    "image/svg+xml",
    "application/xml",
    "text/xml",
    "application/rss+xml",
    "text/javascript",
    "application/javascript",
    "application/ecmascript",
    "text/css",
    "application/wasm",
    "application/manifest+json",
    "multipart/x-mixed-replace",
    "text/event-stream",
    "message/rfc822",
    "image/png\r\nSet-Cookie: a=b",
    "image/png; charset=x",
    "",
    "IMAGE/SVG+XML",
]


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"])
def test_a_picture_is_shown_and_downloaded_on_request(media_type: str) -> None:
    shown = safe_headers("a", media_type, download=False)
    assert (shown["Content-Type"], shown["Content-Disposition"].partition(";")[0]) == (media_type, "inline")
    assert safe_headers("a", media_type, download=True)["Content-Disposition"].startswith("attachment;")


def test_a_text_is_shown_as_unicode() -> None:
    shown = safe_headers("a.txt", "text/plain", download=False)
    assert shown["Content-Type"] == "text/plain; charset=utf-8"
    assert shown["Content-Disposition"].startswith("inline;")


@pytest.mark.parametrize("media_type", ["application/pdf", "application/zip", "text/csv", "video/mp4", "text/markdown"])
def test_what_is_not_shown_is_downloaded_as_what_it_is(media_type: str) -> None:
    headers = safe_headers("a", media_type, download=False)
    assert (headers["Content-Type"], headers["Content-Disposition"].partition(";")[0]) == (media_type, "attachment")


@pytest.mark.parametrize("media_type", HARMFUL)
def test_what_a_page_could_run_goes_out_as_bytes(media_type: str) -> None:
    headers = safe_headers("a", media_type, download=False)
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("media_type", ["image/png", "text/plain", "application/pdf", *HARMFUL])
def test_every_file_is_shut_in(media_type: str) -> None:
    headers = safe_headers("a", media_type, download=False)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("report.pdf", "report.pdf"),
        ("our report (2).pdf", "our report (2).pdf"),
        ("Übersicht €.pdf", "_bersicht _.pdf"),
        ("日本語.txt", "___.txt"),
        ('a"; filename="evil.exe', "a_; filename=_evil.exe"),
        ("a\\b.txt", "a_b.txt"),
        ("100%25.txt", "100_25.txt"),
        ("a;b,c='d'.txt", "a;b,c='d'.txt"),
    ],
)
def test_a_file_is_called_what_people_called_it(name: str, plain: str) -> None:
    headers = safe_headers(name, "application/pdf", download=True)
    assert f'; filename="{plain}"; ' in headers["Content-Disposition"]
    assert _encoded_name(headers) == name


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: b=c", "a\nb", "a\0b", 'a"\r\n\r\n<html>', "\ud800.txt", "\u2028"])
def test_a_name_puts_nothing_into_the_headers(name: str) -> None:
    value = safe_headers(name, "image/png", download=False)["Content-Disposition"]
    assert re.fullmatch(r"""inline; filename="[^"\\\x00-\x1f\x7f-\uffff]*"; filename\*=UTF-8''[\x21-\x7e]*""", value)


@given(st.text())
def test_whatever_the_name_is_the_header_holds_it_and_nothing_else(name: str) -> None:
    headers = safe_headers(name, "image/png", download=True)
    value = headers["Content-Disposition"]
    assert re.fullmatch(
        r"""attachment; filename="[^"\\%\x00-\x1f\x7f-\uffff]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*""", value, re.ASCII
    )
    assert value.isascii()
    assert _encoded_name(headers) == name


def _encoded_name(headers: dict[str, str]) -> str:
    """What a program of today reads, which takes `filename*` before `filename` (RFC 6266, section 4.3)."""
    return unquote(headers["Content-Disposition"].rpartition("; filename*=UTF-8''")[2], errors="strict")
