"""What a browser calls itself, in words that its owner knows."""

import re

_BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"(Headless)?Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
"""In this order: most browsers claim to be some of those after them."""
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def device_name(user_agent: str) -> str:
    """`Firefox · Linux`; what it cannot be made of stays as it is."""
    found = [name for names in (_BROWSERS, _SYSTEMS) for name in _first(names, user_agent)]
    return " · ".join(found) or user_agent


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> list[str]:
    return [name for name, pattern in names if re.search(pattern, user_agent)][:1]
