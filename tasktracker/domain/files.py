"""What a file that people attach may be called."""

import re
import unicodedata
from typing import Any

from tasktracker.domain.errors import Invalid
from tasktracker.domain.text import clean_line

NAME_BYTES = 255
"""Bytes in UTF-8: the longest name that file systems keep."""

_TURNS_TEXT_ROUND = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that say which way text runs (Unicode Standard Annex 9): they make “cod.exe” look like “exe.doc”."""
_CONTROL = re.compile(r"[\x80-\x9f]")


def clean_file_name(value: Any, pointer: str) -> str:
    """The name of a file without its folders, in one line, composed (Unicode's form C), at most `NAME_BYTES` long.

    Raises:
        Invalid: it is no text, holds control characters, is too long, or nothing is left of it.
    """
    line = _TURNS_TEXT_ROUND.sub("", clean_line(value, pointer, limit=10_000))
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", line)[-1]).strip()
    if found := _CONTROL.search(name):
        raise Invalid.at(pointer, f"Remove the control character U+{ord(found.group()):04X} from the file's name.")
    if not name.strip("."):
        raise Invalid.at(pointer, "The file needs a name.")
    if (size := len(name.encode())) > NAME_BYTES:
        raise Invalid.at(pointer, f"The file's name is {size} bytes long; at most {NAME_BYTES} are kept. Shorten it.")
    return name
