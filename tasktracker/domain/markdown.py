"""Markdown to HTML that is safe to put into a page.

CommonMark with tables and strikethrough; raw HTML is shown as text, and whatever comes out is cleaned again.
"""

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "span": {"class"}, "td": {"align"}, "th": {"align"}}
_SCHEMES = {"http", "https", "mailto"}
_BOXES = {"[ ] ": "tt-check", "[x] ": "tt-check tt-checked", "[X] ": "tt-check tt-checked"}


def to_html(markdown: str) -> str:
    """Safe HTML; links open with `noopener noreferrer nofollow`."""
    return nh3.clean(
        _parser.render(markdown),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


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
_parser.core.ruler.push("checklists", _mark_checklists)
