"""Markdown to HTML that is safe to put into a page.

CommonMark with tables and strikethrough; raw HTML is shown as text, and whatever comes out is cleaned again. What
stands for a task or a person in the text becomes a link or a mark, where the caller knows it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from html import unescape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "data-ref", "data-state", "data-title"},
    "ol": {"start"},
    "span": {"title", "data-item"},
    "td": {"align"},
    "th": {"align"},
}
_CLASSES = {"a": {"tt-ref", "tt-ref-done"}, "span": {"tt-check", "tt-checked", "tt-mention"}}
_SCHEMES = {"http", "https", "mailto"}
_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}


@dataclass(frozen=True, slots=True)
class Marked:
    """Part of a text, put into an element."""

    text: str
    tag: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """The box of a checklist's item, at the start of the text in a line (from 0).

    `item` is what the item goes by as long as its words stay the same, whatever becomes of the text around it.
    """

    item: str
    is_ticked: bool
    line: int


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


def boxes(markdown: str) -> list[Box]:
    """The boxes of all checklists, in order: those that `to_html` draws."""
    env: dict[str, Any] = {}
    _parser.parse(markdown, env)
    return [box for box, _token in env.get("boxes", [])]


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
    state.env["boxes"] = list(_boxes(state.tokens))
    for box, token in state.env["boxes"]:
        classes = "tt-check tt-checked" if box.is_ticked else "tt-check"
        html = f'<span class="{classes}" data-item="{box.item}"></span>'
        first = token.children[0]
        first.content = first.content[4:]
        token.children.insert(0, Token("html_inline", "", 0, content=html))


def _boxes(tokens: Sequence[Token]) -> Iterator[tuple[Box, Token]]:
    """The boxes, each with the text that it stands in front of."""
    seen: Counter[str] = Counter()
    for before, token in zip(tokens, tokens[2:], strict=False):
        sign, words = token.content[:4], token.content[4:]
        if before.type != "list_item_open" or token.type != "inline" or sign not in _BOXES:
            continue
        if token.map and token.children and token.children[0].content.startswith(sign):  # no link, no escaped bracket
            seen[words] += 1
            yield (
                Box(f"{blake2s(words.encode(), digest_size=6).hexdigest()}-{seen[words]}", _BOXES[sign], token.map[0]),
                token,
            )


_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_parser.core.ruler.before("text_join", "marks", _mark)
_parser.core.ruler.push("checklists", _mark_checklists)
