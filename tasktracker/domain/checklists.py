"""Checklists in Markdown: list items that begin with a box, as in `- [x] done`."""

import re

from markdown_it import MarkdownIt

_TICKED = ("[x] ", "[X] ")
_TICK = re.compile(r"\[[xX]\] ")
_reader = MarkdownIt("commonmark", {"html": False})


def unticked(markdown: str) -> str:
    """The same text with every box empty."""
    lines = markdown.split("\n")
    tokens = _reader.parse(markdown)
    for before, token in zip(tokens, tokens[2:], strict=False):
        if before.type == "list_item_open" and token.type == "inline" and token.content[:4] in _TICKED and token.map:
            first = token.map[0]
            lines[first] = _TICK.sub("[ ] ", lines[first], count=1)
    return "\n".join(lines)
