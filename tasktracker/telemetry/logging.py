"""Logs: one JSON object a line on standard output, or text for a person at a terminal.

`diagnose` stays off: it prints the values of variables into tracebacks, passwords too.
"""

import json
import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

from loguru import logger

if TYPE_CHECKING:
    from loguru import Message, Record

_TEXT = "<green>{time:HH:mm:ss}</green> <level>{level: <7}</level> {message}"


def configure_logging(level: str, log_format: str) -> None:
    """Send everything, the libraries' own logs too, to one sink. `log_format` is json or text."""
    logger.remove()
    if log_format == "json":
        logger.add(_write_json, level=level, backtrace=False, diagnose=False)
    else:
        logger.add(sys.stderr, level=level, format=_TEXT, backtrace=False, diagnose=False)
    logging.basicConfig(handlers=[_ToLoguru()], level=logging.INFO, force=True)
    for chatty in ("uvicorn", "tortoise", "httpx", "engineio", "socketio"):  # uvicorn's lines name client ids
        logging.getLogger(chatty).setLevel(logging.WARNING)


def as_json(record: "Record") -> str:
    """The line that stands for a log record."""
    line: dict[str, Any] = {
        "time": record["time"].isoformat(),
        "level": record["level"].name,
        "message": record["message"],
        "logger": record["name"],
        **record["extra"],
    }
    if (error := record["exception"]) is not None:
        line["exception"] = "".join(traceback.format_exception(error.type, error.value, error.traceback))
    return json.dumps(line, default=str, ensure_ascii=False)


def _write_json(message: "Message") -> None:
    sys.stdout.write(as_json(message.record) + "\n")
    sys.stdout.flush()


class _ToLoguru(logging.Handler):
    """Hands the standard library's records over, with their level and traceback."""

    def emit(self, record: logging.LogRecord) -> None:
        known = record.levelname in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
        level = record.levelname if known else record.levelno
        named = logger.patch(lambda target: target.__setitem__("name", record.name))
        named.opt(exception=record.exc_info).log(level, "{}", record.getMessage())
