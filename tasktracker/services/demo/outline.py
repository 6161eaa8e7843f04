"""What a project's tasks say: read from the Markdown files in `content`.

A heading of the first level says where the tasks below it are in the end, one of the second is a task's title.
Under the title may stand, in this order: `was:` and its first title; `@who #label #label !priority`; the description,
where `{{Title of a task}}` becomes that task's reference; and comments, `> who: words` with more lines beginning with
`>`, and a line beginning with `>>` for what the author made of the comment later.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib.resources import files

_META = re.compile(r"[@#!]\w+( [@#!]\w+)*")
_SPOKEN = re.compile(r"> ([a-z]+): (.+)")


class Fate(StrEnum):
    """Where a task is when the story reaches today."""

    DONE = "done"
    DOING = "doing"
    REVIEW = "review"
    PLANNED = "todo"
    BACKLOG = "backlog"
    DROPPED = "dropped"
    TRASHED = "trashed"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, and what its author made of it later."""

    who: str
    text: str
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One task of the story. `who` is empty where nobody has taken it yet; `index` is its place in the file."""

    index: int
    fate: Fate
    title: str
    first_title: str = ""
    who: str = ""
    labels: tuple[str, ...] = ()
    priority: str = ""
    description: str = ""
    talk: tuple[Remark, ...] = ()


@dataclass
class _Draft:
    """The lines of one task, sorted by what they are."""

    fate: Fate
    title: str
    first_title: str = ""
    meta: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    talk: list[Remark] = field(default_factory=list)

    def add(self, line: str) -> None:
        if line.startswith("was: ") and not self.body:
            self.first_title = line.removeprefix("was: ")
        elif _META.fullmatch(line) and not self.body:
            self.meta = line.split()
        elif line.startswith(">"):
            self._hear(line)
        else:
            self.body.append(line)

    def _hear(self, line: str) -> None:
        if said := _SPOKEN.fullmatch(line):
            self.talk.append(Remark(said[1], said[2]))
        elif line.startswith(">> "):
            self.talk[-1] = replace(self.talk[-1], corrected=line.removeprefix(">> "))
        else:
            last, more = self.talk[-1], line.removeprefix(">").removeprefix(" ")
            self.talk[-1] = replace(last, text=f"{last.text}\n{more}")

    def card(self, index: int) -> Card:
        return Card(
            index=index,
            fate=self.fate,
            title=self.title,
            first_title=self.first_title,
            who=next(iter(self._marked("@")), ""),
            labels=self._marked("#"),
            priority=next(iter(self._marked("!")), ""),
            description="\n".join(self.body).strip(),
            talk=tuple(self.talk),
        )

    def _marked(self, mark: str) -> tuple[str, ...]:
        return tuple(word[1:] for word in self.meta if word[0] == mark)


def read_cards(name: str) -> list[Card]:
    """The cards of one content file, in its order: what was done stands in the order it was done in."""
    text = files(__package__).joinpath("content", f"{name}.md").read_text("utf-8")
    return [draft.card(index) for index, draft in enumerate(_drafts(text.splitlines()))]


def _drafts(lines: Iterable[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    fate = Fate.BACKLOG
    for line in lines:
        if line.startswith("# "):
            fate = Fate(line.removeprefix("# "))
        elif line.startswith("## "):
            drafts.append(_Draft(fate, line.removeprefix("## ")))
        elif drafts:
            drafts[-1].add(line)
    return drafts
