"""The emoji that people answer a comment with."""

import re
from typing import Any
from unicodedata import east_asian_width

from tasktracker.domain.errors import Invalid

LONGEST = 32
"""Bytes in UTF-8."""
KINDS_LIMIT = 20
"""Different reactions to one comment."""

_EMOJI = "\ufe0f"  # asks for the coloured picture of a sign that is also text
_JOINER = "\u200d"
# Whole blocks, so that the emoji of next year are known too; a few signs in them are drawn in black and white.
_PICTURE = (
    "[©®‼⁉™\u2139\u2190-\u21ff\u2300-\u23ffⓂ\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff〰〽㊗㊙\U0001f000-\U0001faff]"
)
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_TAGS = "[\U000e0020-\U000e007e]+\U000e007f"
_ONE = f"(?:{_FLAG}{_FLAG}|(?!{_FLAG}|{_SKIN}){_PICTURE}(?:{_SKIN}|{_EMOJI}|{_TAGS})?)"
_SEQUENCE = re.compile(f"[0-9#*]{_EMOJI}?\u20e3|{_ONE}(?:{_JOINER}{_ONE})*")
"""One emoji as people see it (Unicode Technical Standard 51, section 1.4.9)."""


def clean_emoji(value: Any, pointer: str) -> str:
    """A single emoji, in the one way to write it. Raises Invalid."""
    if not isinstance(value, str) or not _SEQUENCE.fullmatch(value) or len(value.encode()) > LONGEST:
        raise Invalid.at(pointer, f"Send a single emoji, such as 👍, of at most {LONGEST} bytes.")
    return _alike(value)


def _alike(emoji: str) -> str:
    """A sign with and without the selector is the same answer. The old, narrow signs are text unless they have it."""
    sign = emoji.removesuffix(_EMOJI)
    if len(sign) > 1:
        return emoji
    is_picture = sign >= "\U0001f900" or east_asian_width(sign) == "W"
    return sign if is_picture else sign + _EMOJI
