"""Markdown to HTML that is safe to put into a page.

CommonMark with tables and strikethrough; raw HTML is shown as text, and whatever comes out is cleaned again. What
stands for a task or a person in the text becomes a link or a mark, where the caller knows it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "data-ref", "data-state"},
    "ol": {"start"},
    "span": {"title"},
    "td": {"align"},
    "th": {"align"},
}
_CLASSES = {"a": {"tt-ref", "tt-ref-done"}, "span": {"tt-check", "tt-checked", "tt-mention"}}
_SCHEMES = {"http", "https", "mailto"}
_BOXES = {"[ ] ": "tt-check", "[x] ": "tt-check tt-checked", "[X] ": "tt-check tt-checked"}


@dataclass(frozen=True, slots=True)
class Marked:
    """Part of a text, put into an element."""

    text: str
    tag: str
    attributes: Mapping[str, str]


Marker = Callable[[str], Iterable[str | Marked]]
"""Cuts plain text into pieces that make it up again, some of them marked."""


def to_html(markdown: str, marker: Marker | None = None) -> str:
    """Safe HTML; links open with `noopener noreferrer nofollow`."""
    return nh3.clean(
        _parser.render(markdown, {"marker": marker}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def plain_texts(markdown: str) -> list[str]:
    """The text that is neither code nor a link nor escaped by a backslash, piece by piece."""
    found: list[str] = []

    def note(text: str) -> list[str | Marked]:
        found.append(text)
        return [text]

    _parser.parse(markdown, {"marker": note})
    return found


def excerpt(markdown: str, limit: int) -> str:
    """The words of the text in one line of at most so many characters, without marks."""
    words = " ".join(unescape(nh3.clean(_parser.render(markdown, {"marker": None}), tags=set())).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def _mark(state: StateCore) -> None:
    """Put marks into the text outside of links. Code is no text, and what was escaped is a token of its own."""
    marker: Marker | None = state.env.get("marker")
    if marker is None:
        return
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_marked(token.children, marker))


def _marked(tokens: Iterable[Token], marker: Marker) -> Iterator[Token]:
    links = 0
    for token in tokens:
        links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not links:
            for piece in marker(token.content):
                yield from _tokens(piece)
        else:
            yield token


def _tokens(piece: str | Marked) -> Iterator[Token]:
    if isinstance(piece, str):
        yield Token("text", "", 0, content=piece)
    else:
        yield Token("mark_open", piece.tag, 1, attrs=dict(piece.attributes))
        yield Token("text", "", 0, content=piece.text)
        yield Token("mark_close", piece.tag, -1)


def _mark_checklists(state: StateCore) -> None:
    """Turn the `[ ] ` at the start of a list item into a box (GitHub's task lists)."""
    for before, token in zip(state.tokens, state.tokens[2:], strict=False):
        if before.type != "list_item_open" or token.type != "inline" or not token.children:
            continue
        first = token.children[0]
        if (classes := _BOXES.get(first.content[:4])) is not None:
            box = type(first)("html_inline", "", 0, content=f'<span class="{classes}"></span>')
            first.content = first.content[4:]
            token.children.insert(0, box)


_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_parser.core.ruler.before("text_join", "marks", _mark)
_parser.core.ruler.push("checklists", _mark_checklists)
