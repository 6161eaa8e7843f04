"""The palette of commands."""
