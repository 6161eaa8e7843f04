"""How a person is drawn: initials on a colour of their own. card_parts.js does the same in the browser."""

HUES = (12, 38, 92, 150, 186, 215, 262, 318)
"""Degrees."""


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split() or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(name: str) -> int:
    """The hue that stands for a name, the same on every page and every replica."""
    total = 7
    for letter in name:
        total = (total * 31 + ord(letter)) & 0xFFFF_FFFF
    return HUES[total % len(HUES)]
