import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.files import NAME_BYTES, clean_file_name


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("  our   report.pdf ", "our report.pdf"),
        ("C:\\fakepath\\photo.jpg", "photo.jpg"),
        ("/etc/passwd", "passwd"),
        ("../../x.sh", "x.sh"),
        ("a/..\\b.txt", "b.txt"),
        (".gitignore", ".gitignore"),
        ("cod\u202eexe.doc", "codexe.doc"),
        ("\u2066a\u2069\u200e.txt", "a.txt"),
        ("/home/ana/\u202e a.txt", "a.txt"),
        ("Übersicht 日本語 👩‍👩‍👧.txt", "Übersicht 日本語 👩‍👩‍👧.txt"),
        ("U\u0308bersicht.txt", "Übersicht.txt"),
        ("a\nb\t.txt", "a b .txt"),
        ("x" * NAME_BYTES, "x" * NAME_BYTES),
    ],
)
def test_a_file_is_called_as_it_was_without_its_folders(given_name: str, name: str) -> None:
    assert clean_file_name(given_name, "/name") == name


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("", "must not be empty"),
        ("   ", "must not be empty"),
        ("/", "needs a name"),
        ("a/", "needs a name"),
        (".", "needs a name"),
        ("a/..", "needs a name"),
        ("\u202e\u202d", "needs a name"),
        ("a\0.txt", r"U\+0000"),
        ("a\x1b.txt", r"U\+001B"),
        ("a\x9b.txt", r"U\+009B"),
        ("\ud800.txt", r"U\+D800"),
        ("ü" * 128, "256 bytes long; at most 255"),
        (5, "must be a text"),
        (None, "must be a text"),
    ],
)
def test_a_name_that_cannot_be_says_why(name: object, advice: str) -> None:
    with pytest.raises(Invalid, match=advice) as refused:
        clean_file_name(name, "/name")
    assert refused.value.problems[0].pointer == "/name"


@given(st.text())
def test_a_clean_name_is_clean(text: str) -> None:
    try:
        name = clean_file_name(text, "/name")
    except Invalid:
        return
    assert 1 <= len(name.encode()) <= NAME_BYTES
    assert not set("/\\\n\r\0\u202e\u2066") & set(name)
    assert name not in {".", ".."}
    assert clean_file_name(name, "/name") == name
