"""`KEY-12`: how people name a task."""

import re
from dataclasses import dataclass

from tasktracker.domain.errors import NotFound

_REFERENCE = re.compile(r"([A-Z][A-Z0-9]{1,9})-([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TaskRef:
    """A project's key and a task's number in it."""

    key: str
    number: int

    @classmethod
    def parse(cls, text: str) -> "TaskRef":
        """Read `WEB-12`; anything else names no task, so that the answer is `NotFound`."""
        if found := _REFERENCE.fullmatch(text.upper()):
            return cls(found[1], int(found[2]))
        raise NotFound("task", text[:40] if text.isprintable() else "")

    def __str__(self) -> str:
        return f"{self.key}-{self.number}"
