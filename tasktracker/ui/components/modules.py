"""Modules that several components share in the browser."""

from pathlib import Path

from nicegui.dependencies import register_esm

_PARTS = Path(__file__).parent / "parts"
# By hand, since `esm=` looks at the folder's age and not at its files': see live_view.py.
register_esm("tasktracker-parts", _PARTS, max_time=max(file.stat().st_mtime for file in _PARTS.iterdir()))
