"""Bodies that are whole files, and are read as such."""

from tasktracker.api.routing import Route

IMPORT_BYTES = 20 * 2**20
"""The largest file to import: ten thousand tasks, with what was said about them."""


class ImportRoute(Route):
    """An endpoint whose body is a file to import; `body_limit` lets it be larger than others."""
