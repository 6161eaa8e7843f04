"""Pictures of every page for people to look through: `make gallery`.

Each page on a desk and on a phone, light and dark, with the demo's data, and a page that shows them.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

GALLERY = Path(__file__).resolve().parent.parent / "docs" / "gallery"
LIMIT = 4_000_000
"""Bytes that all of them may have."""
LOOKS = ("light-1440", "dark-1440", "light-390", "dark-390")
WIDTHS = {"1440": 400, "390": 110}
"""Pixels of a picture in the overview; each leads to itself in full."""
_HEAD = """# Gallery

Every page with the data of the demo, on a desk (1440 × 900) and on a phone (390 × 844), light and dark. `make gallery`
takes the pictures anew.
"""


def empty() -> Path:
    """The folder, without the pictures of last time."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    return GALLERY


def write_index(names: Iterable[str]) -> None:
    """The page that shows them, in the order in which they were taken."""
    parts = [_HEAD, *map(_part, dict.fromkeys(names))]
    (GALLERY / "README.md").write_text("\n".join(parts), "utf-8")
    size = sum(file.stat().st_size for file in GALLERY.iterdir())
    print(f"==> {len(list(GALLERY.iterdir())) - 1} pictures, {size / 1e6:.1f} MB")  # noqa: T201  for the terminal
    assert size < LIMIT, "the pictures are too big for a repository"


def _part(name: str) -> str:
    title = name.replace("-", " ").capitalize()
    return f"## {title}\n\n{' '.join(_picture(name, look) for look in LOOKS if _file(name, look).exists())}\n"


def _picture(name: str, look: str) -> str:
    scheme, _, width = look.partition("-")
    file = _file(name, look).name
    alt = f"{name.replace('-', ' ')}, {scheme}, {width} wide"
    return f'<a href="{file}"><img src="{file}" width="{WIDTHS[width]}" alt="{alt}"></a>'


def _file(name: str, look: str) -> Path:
    return GALLERY / f"{name}-{look}.webp"
