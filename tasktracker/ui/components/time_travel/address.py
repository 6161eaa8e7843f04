"""The moment in the address of a page: `?at=2026-11-23T09:15:00.123456Z`, for now without it."""

import json
from datetime import UTC, datetime

from nicegui import ui


def show_moment(at: datetime | None = None) -> None:
    """Let the page's address name the moment that it shows."""
    ui.run_javascript(f"window.tasktracker.setAddress({json.dumps({'at': at and moment_in_address(at)})})")


def moment_in_address(at: datetime) -> str:
    """In UTC, exactly: what happened a millisecond later is another step."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
