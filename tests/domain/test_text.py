import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.text import (
    BODY_LIMIT,
    clean_body,
    clean_color,
    clean_email,
    clean_handle,
    clean_key,
    clean_line,
    is_key,
    one_of,
)

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.lists(st.text()) | st.binary()


@given(st.text())
def test_a_line_comes_out_trimmed_and_in_one_piece_or_is_refused(text: str) -> None:
    line = _line_or_refusal(text)
    if isinstance(line, Invalid):
        assert [problem.pointer for problem in line.problems] == ["/title"]
    else:
        assert line == " ".join(text.split())
        assert 1 <= len(line) <= 40
        assert _line_or_refusal(line) == line


@given(st.text())
def test_a_body_keeps_everything_but_line_ends_and_white_space_at_its_end(text: str) -> None:
    try:
        body = clean_body(text, "/description")
    except Invalid:
        assert any(character < " " or character == "\x7f" or "\ud800" <= character <= "\udfff" for character in text)
    else:
        assert body == text.replace("\r\n", "\n").rstrip()
        assert clean_body(body, "/description") == body
        body.encode()


@given(ANYTHING)
def test_what_is_no_text_is_refused_where_it_stands(value: object) -> None:
    for clean in (clean_body, clean_color, clean_email, clean_handle, clean_key):
        with pytest.raises(Invalid, match=r"This must be a text\.") as refused:
            clean(value, "/name")
        assert refused.value.problems[0].pointer == "/name"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\r", "\ud800"])
def test_a_character_that_cannot_be_stored_is_named(character: str) -> None:
    with pytest.raises(Invalid, match=f"U\\+{ord(character):04X}"):
        clean_line(f"Fix{character}it", "/title", limit=40)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u2003"])
def test_an_empty_line_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="must not be empty"):
        clean_line(text, "/title", limit=40)


def test_a_text_at_its_limit_is_kept_and_one_beyond_is_told_by_how_much() -> None:
    assert len(clean_body("x" * BODY_LIMIT, "/body")) == BODY_LIMIT
    with pytest.raises(Invalid, match="100,001 characters long; at most 100,000"):
        clean_body("x" * (BODY_LIMIT + 1), "/body")


@pytest.mark.parametrize("text", ["Äpfel → 日本語 👩‍👩‍👧", "a\tb\nc", "\u202eright to left"])
def test_people_write_in_any_language(text: str) -> None:
    assert clean_body(text, "/body") == text


@pytest.mark.parametrize(
    ("text", "address"), [(" Ada@Example.ORG ", "ada@example.org"), ("a+b@c", "a+b@c"), ("ä@ö.de", "ä@ö.de")]
)
def test_an_address_is_kept_in_lower_case(text: str, address: str) -> None:
    assert clean_email(text, "/email") == address


@pytest.mark.parametrize("text", ["ada", "@example.org", "ada@", "a@b@c", "a b@c.org", "ada@example..org", "ada@.org"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="e-mail address"):
        clean_email(text, "/email")


@pytest.mark.parametrize("text", ["#fff", "red", "#12345g", "#1234567", "123456", "#123456\n"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="#rrggbb"):
        clean_color(text, "/color")


def test_colours_and_handles_are_kept_in_lower_case() -> None:
    assert clean_color("#ABCDEF", "/color") == "#abcdef"
    assert clean_handle("Ada.L", "/handle") == "ada.l"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("WEB", True),
        ("A1", True),
        ("ABCDEFGHIJ", True),
        ("web", False),
        ("W", False),
        ("1A", False),
        ("ABCDEFGHIJK", False),
        ("WE-B", False),
        ("WEB\n", False),
        ("W\0B", False),
        ("ÄB", False),
    ],
)
def test_a_key_is_two_to_ten_capital_letters_and_digits(text: str, *, is_one: bool) -> None:
    assert is_key(text) is is_one
    if is_one:
        assert clean_key(text, "/key") == text
    else:
        with pytest.raises(Invalid):
            clean_key(text, "/key")


@pytest.mark.parametrize("value", ["LOW", "", None, 1, [], {"low": 1}])
def test_one_of_a_few_words_is_just_that(value: object) -> None:
    with pytest.raises(Invalid, match="one of: low, high"):
        one_of(value, "/priority", ("low", "high"))


def _line_or_refusal(text: str) -> str | Invalid:
    try:
        return clean_line(text, "/title", limit=40)
    except Invalid as refusal:
        return refusal
