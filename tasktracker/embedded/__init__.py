"""The PostgreSQL that ships with the program."""

from tasktracker.embedded.errors import (
    DataFolderInUse,
    DataFolderOfAnotherVersion,
    DataFolderUnusable,
    EmbeddedPostgresError,
    PortTaken,
    ProgramsUnusable,
    ServerFailed,
)
from tasktracker.embedded.postgres import EmbeddedPostgres

__all__ = [
    "DataFolderInUse",
    "DataFolderOfAnotherVersion",
    "DataFolderUnusable",
    "EmbeddedPostgres",
    "EmbeddedPostgresError",
    "PortTaken",
    "ProgramsUnusable",
    "ServerFailed",
]
