"""What it looks like when the database cannot be reached, for faces that know no database driver."""

import asyncpg
from loguru import logger
from tortoise.exceptions import DBConnectionError

UNAVAILABLE: tuple[type[Exception], ...] = (
    OSError,  # refused, reset, no such host or socket, timed out
    DBConnectionError,
    asyncpg.InternalClientError,  # the connection died in the middle of its protocol
    asyncpg.InterfaceError,  # the connection or the pool was closed under a statement
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.OperatorInterventionError,  # shutting down, starting up, terminated by an administrator
    asyncpg.TooManyConnectionsError,
)
"""The exceptions that a caller may retry: nothing is wrong with what was asked."""


def is_unavailable(error: BaseException) -> bool:
    """Whether the error, or one that it was raised from, means that the database cannot be reached."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, UNAVAILABLE):
            return True
        cause = cause.__cause__
    return False


def note_failure(method: str, path: str, error: Exception) -> bool:
    """Log, once, what nobody expected of a request. Returns whether it is that the database cannot be reached."""
    if is_away := is_unavailable(error):
        logger.warning("the database cannot be reached: {!r}", error)
    else:
        logger.opt(exception=error).error("{} {} failed", method, path)
    return is_away
