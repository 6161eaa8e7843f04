"""What keeps a command from going on, in a sentence that says what to do."""

from pydantic import ValidationError

from tasktracker.domain.errors import Refusal, StorageUnavailable
from tasktracker.embedded.errors import EmbeddedPostgresError
from tasktracker.models.schema import ContractsTooEarly
from tasktracker.secrets.errors import SecretsUnavailable, VaultTrouble
from tasktracker.services.availability import UNAVAILABLE

_OF_FILES = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
"""Errors of the system that say nothing about the database."""


class CannotGoOn(Exception):
    """Something outside of the program is not as it must be. The text says what and what to do."""


def explain(error: Exception) -> str | None:
    """The sentence for a person at a terminal; None for a fault of ours, which deserves its traceback."""
    if isinstance(error, StorageUnavailable):
        return error.reason
    if isinstance(
        error, CannotGoOn | ContractsTooEarly | Refusal | EmbeddedPostgresError | SecretsUnavailable | VaultTrouble
    ):
        return str(error)
    if isinstance(error, ValidationError):
        wrong = error.errors()[0]
        return f"TASKTRACKER_{str(wrong['loc'][0]).upper()}: {wrong['msg']}"
    if isinstance(error, UNAVAILABLE) and not isinstance(error, _OF_FILES):
        return f"the database cannot be used: {error}"
    return None
