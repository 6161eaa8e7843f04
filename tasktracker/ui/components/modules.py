"""Modules that components share in the browser, under names that their scripts import from."""

from pathlib import Path

from nicegui.dependencies import register_esm


def register_modules(name: str, folder: Path) -> None:
    """Serve the folder's modules as `name/…`.

    By hand, since `esm=` looks at the folder's age and not at its files': browsers keep a module for as long as its
    address stays the same.
    """
    register_esm(name, folder, max_time=max(file.stat().st_mtime for file in folder.iterdir()))


register_modules("tasktracker-parts", Path(__file__).parent / "parts")
