"""A file is what its bytes say. Real files, made here by the libraries that make them elsewhere."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tasktracker.storage.headers import INLINE
from tasktracker.storage.media import HEAD_BYTES, sniff

BYTES = "application/octet-stream"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (16, 9), "teal").save(data, kind)
    return data.getvalue()


def pdf() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (16, 9), "teal").save(data, "PDF")
    return data.getvalue()


def archive(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "content")
    return data.getvalue()


def words(value: object) -> str:
    """What a test is called by: the names, and not the bytes."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (picture("PNG"), "a.png", "image/png"),
        (picture("PNG"), "a", "image/png"),
        (picture("PNG"), "a.html", "image/png"),
        (picture("JPEG"), "a.jpg", "image/jpeg"),
        (picture("JPEG"), "a.txt", "image/jpeg"),
        (picture("GIF"), "a.gif", "image/gif"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (picture("WEBP"), "a", "image/webp"),
        (picture("AVIF"), "a", "image/avif"),
        (picture("TIFF"), "a.tif", "image/tiff"),
        (pdf(), "a.pdf", "application/pdf"),
        (pdf(), "a", "application/pdf"),
        (b"%PDF-1.7\n1 0 obj\n", "a.txt", "application/pdf"),
        (b"{\\rtf1\\ansi Hello}", "a.rtf", "application/rtf"),
        (archive("a.txt"), "a.zip", "application/zip"),
        (archive("a.txt"), "a", "application/zip"),
        (archive("a.txt"), "a.png", "application/zip"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", WORD),
        (gzip.compress(b"x"), "a.tar.gz", "application/x-gzip"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "a.mp4", "video/mp4"),
        (b"MZ\x90\0\x03\0\0\0\x04\0", "setup.exe", "application/vnd.microsoft.portable-executable"),
    ],
    ids=words,
)
def test_a_file_is_known_by_its_first_bytes(data: bytes, name: str, media_type: str) -> None:
    assert sniff(data[:HEAD_BYTES], name) == media_type


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"Hello", "a.txt", "text/plain"),
        (b"Hello", "README", "text/plain"),
        (b"Hello", "a.png", "text/plain"),
        (b"BMW makes cars", "a", "text/plain"),
        ("Grüße, 日本語".encode(), "a.txt", "text/plain"),
        (b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe", "a", "text/plain"),
        ("Grüße, 日本語".encode("utf-16"), "a.txt", "text/plain"),
        (b"\xfe\xff" + "Grüße".encode("utf-16-be"), "a", "text/plain"),
        (("ü" * HEAD_BYTES).encode()[: HEAD_BYTES - 1], "a", "text/plain"),
        (b"Gr\xfc\xdfe aus M\xfcnchen", "a.txt", "text/plain"),
        (b"a,b\n1,2\n", "a.csv", "text/csv"),
        (b"# Title\n", "README.MD", "text/markdown"),
        (b'{"a": 1}', "a.json", "application/json"),
        (b"alert(1)", "a.js", "text/javascript"),
        (b"", "a.txt", "text/plain"),
        (b"", "a.md", "text/markdown"),
    ],
    ids=words,
)
def test_a_text_is_known_as_text_and_named_by_its_name(data: bytes, name: str, media_type: str) -> None:
    assert sniff(data, name) == media_type


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (HTML, "a.html", "text/html"),
        (HTML, "photo.png", "text/html"),
        (HTML, "a.txt", "text/html"),
        (HTML, "a", "text/html"),
        (b"\n\t <!-- --><script>alert(1)</script>", "a.txt", "text/html"),
        (b"\xef\xbb\xbf" + HTML, "a.txt", "text/html"),
        (HTML.decode().encode("utf-16"), "photo.png", "text/html"),
        (SVG, "a.svg", "image/svg+xml"),
        (SVG, "photo.png", "image/svg+xml"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n' + SVG, "a.txt", "image/svg+xml"),
        (b'<?xml version="1.0"?><note/>', "a", "application/xml"),
        (b'<?xml version="1.0"?><note/>', "a.xml", "application/xml"),
        (b"alert(1)", "a.mjs", "text/javascript"),
    ],
    ids=words,
)
def test_what_can_hold_scripts_is_never_taken_for_what_is_shown(data: bytes, name: str, media_type: str) -> None:
    assert sniff(data, name) == media_type
    assert media_type not in INLINE


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.png"),
        (b"", "a"),
        (bytes(100), "a.png"),
        (bytes(100), "a.txt"),
        (b"\x01", "a.html"),
        (b"BM\0\0", "a"),
        (b"Gr\xfc\xdfe", "a.png"),
        (b"\xff\xfe\x01\x00", "a"),
        (b"\xff\xfe\x01\x00", "a.ini"),
        (b"\xff\xfe\x00\x00", "a.txt"),
        (b"text\0with a zero", "a.txt"),
        (b"text\x1bwith\x01controls", "a.md"),
    ],
    ids=words,
)
def test_what_nobody_knows_is_bytes(data: bytes, name: str) -> None:
    assert sniff(data, name) == BYTES


@given(st.binary(max_size=200), st.text(max_size=20))
def test_there_is_an_answer_to_everything(data: bytes, name: str) -> None:
    kind, _, subtype = sniff(data, name).partition("/")
    assert kind
    assert subtype
