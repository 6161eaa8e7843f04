"""What stands for a task or a person in a text: `WEB-12` becomes a link with its title, `@ana` a mark with her name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tasktracker.domain.markdown import Marked
from tasktracker.domain.mentions import MENTION, readings
from tasktracker.domain.references import TaskRef

_NAME = re.compile(
    rf"(?<![\w/.@=&?+-])(?P<key>[A-Z][A-Z0-9]{{1,9}})-(?P<number>[1-9][0-9]{{0,8}})(?![-.]?\w)|{MENTION}"
)
_OVER = ("done", "cancelled")


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A task as a text names it: `ref` is what it is called now, `state` the group of its `column`."""

    ref: str
    title: str
    column: str
    state: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader of a text may know: tasks by how a text calls them, names of people by their handles."""

    tasks: Mapping[str, KnownTask] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def pieces(self, text: str) -> Iterator[str | Marked]:
        """A `markdown.Marker`: marks what is known, and leaves everything else as it is."""
        end = 0
        for found in _NAME.finditer(text):
            if marked := self._person(found["said"]) if found["said"] else self._task(found[0]):
                yield text[end : found.start()]
                yield marked
                end = found.start() + len(marked.text)
        yield text[end:]

    def _task(self, said: str) -> Marked | None:
        if (task := self.tasks.get(said)) is None:
            return None
        classes = "tt-ref tt-ref-done" if task.state in _OVER else "tt-ref"
        title = f"{task.title} ({task.column})"
        attributes = {"href": f"/t/{task.ref}", "class": classes, "title": title}
        data = {"data-ref": task.ref, "data-state": task.state, "data-title": task.title}
        return Marked(said, "a", {**attributes, **data})

    def _person(self, said: str) -> Marked | None:
        for handle in readings(said):
            if (name := self.people.get(handle)) is not None:
                return Marked(f"@{said[: len(handle)]}", "span", {"class": "tt-mention", "title": name})
        return None


def names_in(texts: Iterable[str]) -> tuple[list[TaskRef], list[str]]:
    """The references and handles that the texts may hold, for looking up; those in code are among them."""
    refs: dict[TaskRef, None] = {}
    handles: dict[str, None] = {}
    for text in texts:
        for found in _NAME.finditer(text):
            if said := found["said"]:
                handles |= dict.fromkeys(readings(said))
            else:
                refs[TaskRef(found["key"], int(found["number"]))] = None
    return list(refs), list(handles)
