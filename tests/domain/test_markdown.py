"""HTML from Markdown that strangers wrote: whatever they try, only harmless elements come out."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasktracker.domain.linking import Known, KnownTask
from tasktracker.domain.markdown import boxes, plain_texts, to_html

TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"),
    *("s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"href", "title", "rel", "class", "data-ref", "data-state", "data-title", "data-item", "start", "align"}
CLASSES = {"tt-ref", "tt-ref-done", "tt-mention", "tt-check", "tt-checked"}
EVIL = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
KNOWN = Known(
    {"WEB-12": KnownTask("WEB-12", EVIL, EVIL, "done"), "AB-1": KnownTask("AB-1", "Fix", "To do", "unstarted")},
    {"ana": EVIL},
)


class Harmless(HTMLParser):
    """Fails at the first element or attribute that has no business in a text."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            if name == "class":
                assert set((value or "").split()) <= CLASSES
            if name == "href":
                assert urlsplit(value or "").scheme in {"", "http", "https", "mailto"}, value

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"a processing instruction: {data}")


def harmless(markdown: str) -> str:
    """The HTML, looked through."""
    html = to_html(markdown, KNOWN.pieces)
    reader = Harmless(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return html


TRICKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><style>*{display:none}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](https://example.org/pixel.png)",
    "<javascript:alert(1)>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    '[x](https://example.org "\\" onmouseover=\\"alert(1)")',
    "[x](https://example.org '\"><script>alert(1)</script>')",
    "[WEB-12](javascript:alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "`</code><script>alert(1)</script>`",
    "```<script>\nalert(1)\n```",
    '```" onclick="alert(1)\nx\n```',
    "1000000000000. <b>x</b>",
    "| <script> | WEB-12 |\n|:-:|--:|\n| @ana | <img> |",
    "- [ ] <span class='tt-check' style='position:fixed'>WEB-12</span>",
    "WEB-12 @ana **WEB-12**@ana",
    "\u202eWEB-12\u202c \u200bWEB-12 \uff1cscript\uff1e \ufdd0 \x00",
    "<" * 500 + "WEB-12",
    "[" * 500 + "@ana",
    "> " * 300 + "WEB-12",
]


@pytest.mark.parametrize("markdown", TRICKS)
def test_a_trick_comes_out_as_text(markdown: str) -> None:
    html = harmless(markdown)
    assert "<script" not in html
    assert "<img" not in html


ALPHABET = st.sampled_from(
    [
        *"<>\"'&;:/()[]!`*_~|\\-# \n\t=.@x1",
        *("WEB-12", "@ana", "AB-1", "script", "javascript:", "data:", "href=", "onload=", "<a ", "</a>"),
        *("<!--", "-->", "<![CDATA[", "\u202e", "\u0000", "é", "🎉"),
    ]
)


@given(st.lists(ALPHABET, max_size=40).map("".join) | st.text(max_size=80))
@example("`WEB-12` [@ana](x) WEB-12")
def test_whatever_is_written_only_harmless_elements_come_out(markdown: str) -> None:
    harmless(markdown)


@given(st.lists(ALPHABET, max_size=40).map("".join))
def test_marks_change_nothing_that_people_read(markdown: str) -> None:
    class Text(HTMLParser):
        def handle_data(self, data: str) -> None:
            words.append(data)

    seen = []
    for html in (to_html(markdown), to_html(markdown, KNOWN.pieces)):
        words: list[str] = []
        Text(convert_charrefs=True).feed(html + "<p></p>")
        seen.append("".join(words))
    assert seen[0] == seen[1]


def test_links_tell_other_sites_nothing_and_lend_them_nothing() -> None:
    assert 'rel="noopener noreferrer nofollow"' in harmless("[x](https://example.org)")


def test_a_checklist_is_drawn_with_what_it_speaks_of() -> None:
    html = harmless("- [x] AB-1\n- [ ] @ana does it")
    assert re.search('<span class="tt-check tt-checked" data-item="[0-9a-f]{12}-1"></span><a href="/t/AB-1"', html)
    assert re.search('<span class="tt-check" data-item="[0-9a-f]{12}-1"></span><span class="tt-mention"', html)


@given(st.lists(ALPHABET | st.sampled_from(["- [ ] ", "1. [x] ", "\n- [ ] one", "\n  "]), max_size=30).map("".join))
def test_the_boxes_that_can_be_ticked_are_those_that_are_drawn(markdown: str) -> None:
    drawn = re.findall('class="(tt-check[^"]*)" data-item="([^"]*)"', to_html(markdown, KNOWN.pieces))
    assert drawn == [("tt-check tt-checked" if box.is_ticked else "tt-check", box.item) for box in boxes(markdown)]


def test_plain_text_is_what_is_neither_code_nor_link_nor_escaped() -> None:
    text = "One `two` **three**\n\n    four\n\n[five](x) \\@six\n\n```\nseven\n```"
    assert "".join(plain_texts(text)).split() == ["One", "three", "six"]
