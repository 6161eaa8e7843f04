"""Telling every open page, on every replica, what has changed: doorbell (send), feed (receive), hub (fan out)."""
