"""How a project's tasks came to where they are: every step of 90 days, planned before the first one is taken.

Everything is drawn from one seeded generator, so that the demo of a given moment is the same wherever it is made.
"""

import itertools
import math
import re
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any

from tasktracker.services.demo.blueprints import Blueprint
from tasktracker.services.demo.facts import FactFinder, Facts
from tasktracker.services.demo.outline import Card, Fate
from tasktracker.services.demo.pen import BACKLOG, DOING, DONE, PLANNED, REVIEW, SET_UP, Pen, Step
from tasktracker.services.demo.plans import Planner
from tasktracker.services.demo.schedule import Span, schedule
from tasktracker.services.demo.working_time import WEEK, WorkingTime

SHOWN_DONE = 20
"""Finished tasks that stay on a board; older ones are archived a week or two after they were finished."""
SEED = 20_814
_OPEN = (Fate.DOING, Fate.REVIEW, Fate.PLANNED)


def tell_story(blueprint: Blueprint, cards: Sequence[Card], time: WorkingTime) -> list[Step]:
    """All steps of one project, in the order of time."""
    return _Story(blueprint, cards, time).tell()


class _Story(Pen):
    def __init__(self, blueprint: Blueprint, cards: Sequence[Card], time: WorkingTime) -> None:
        random, plans = (Random(f"{SEED}/{blueprint.content}{part}") for part in ("", "/plans"))  # noqa: S311  a story, no secret
        super().__init__(blueprint, time, random)
        self.cards = cards
        self.finder = FactFinder(blueprint.makers, time, random)
        self.planner = Planner(time, plans)
        self.spans = schedule(cards, self.now, blueprint.in_review, random)

    def tell(self) -> list[Step]:
        for card in self.cards:
            span = self.spans.get(card.index)
            facts = self.planner.plan(self.finder.facts(card, span), span)
            _TELL[card.fate](self, card, facts)
        self._finish()
        self._tidy_up()
        self._prioritise()
        self._slip()
        self._wait()
        return sorted(self.steps, key=lambda step: step.minute)

    def worked(self, card: Card, facts: Facts) -> None:
        """Done, or under way."""
        span = self.spans[card.index]
        end = self.now if span.finished is None else span.finished
        created = self.created_before(span.taken)
        planned = self.between(created, span.taken, 0.1, 0.95)
        self._open(card, facts, created, planned, unticked=True)
        self.step(planned, self.lead, "move", card, column=PLANNED)
        self.step(span.taken, card.who, "move", card, column=DOING)
        self.step(span.taken + 0.5, card.who, "edit", card, **_assignment(facts))
        self._tick(card, span.taken, span.reviewed or end)
        self._review(card, span)
        self._talk(card, span.taken, end)

    def planned(self, card: Card, facts: Facts) -> None:
        """Waiting in “To do”."""
        is_overdue = facts.due is not None and facts.due < self.time.today
        created = self.now * (1 - self._age(facts, is_overdue=is_overdue))
        decided = self.between(created, self.now, 0.4, 0.5) if is_overdue else self.now
        planned = self.between(created, decided, 0.05, 0.6)
        self._open(card, facts, created, planned)
        self.step(planned, self.lead, "move", card, column=PLANNED)
        self._schedule_work(card, facts, planned, decided)
        self._talk(card, created, self.now)

    def waiting(self, card: Card, facts: Facts) -> None:
        """In the backlog; a few had been further once."""
        created = self.between(SET_UP, self.now, 0.005, 0.995)
        until = self.between(created, self.now, 0.1, 0.4)
        self._open(card, facts, created, until)
        if self.chance(0.1):
            self.step(until, self.lead, "move", card, column=PLANNED)
            self.step(self.between(until, self.now, 0.3, 0.8), self.lead, "move", card, column=BACKLOG)
        if assignment := _assignment(facts):
            self.step(self.between(until, self.now, 0.1, 0.9), self.lead, "edit", card, **assignment)
        self._talk(card, created, self.now)

    def dropped(self, card: Card, facts: Facts) -> None:
        """Talked about, and archived undone."""
        created = self.between(SET_UP, self.now, 0.05, 0.5)
        closed = self.between(created, self.now, 0.5, 0.9)
        self._open(card, facts, created, self.between(created, closed, 0.1, 0.3))
        self._talk(card, self.between(created, closed, 0.3, 0.4), closed)
        self.step(closed, self.lead, "archive", card)

    def trashed(self, card: Card, facts: Facts) -> None:
        """Created by mistake."""
        created = self.between(SET_UP, self.now, 0.7, 0.95)
        gone = min(created + self.random.uniform(30, 400), self.now)
        self._open(card, facts, created, self.between(created, gone, 0.1, 0.2))
        self._talk(card, self.between(created, gone, 0.2, 0.3), gone)
        self.step(gone, self.lead, "trash", card)

    def _age(self, facts: Facts, *, is_overdue: bool) -> float:
        """How much of the 90 days ago: what is overdue had its date in time, and nothing urgent waits for weeks."""
        if is_overdue:
            return self.random.uniform(0.3, 0.7)
        if facts.priority == "urgent":
            return self.random.uniform(0.02, 0.06)
        return 0.05 + 0.75 * self.random.betavariate(1, 1.6)

    def _open(self, card: Card, facts: Facts, created: float, until: float, *, unticked: bool = False) -> None:
        """Create the task with some of what is known about it; somebody adds the rest before `until`."""
        text = card.description.replace("- [x]", "- [ ]") if unticked else card.description
        known = {"description": text, "labels": card.labels, "priority": facts.priority}
        first: dict[str, Any] = {"title": card.first_title or card.title, "column": BACKLOG}
        later: dict[str, Any] = {"title": card.title} if card.first_title else {}
        for name, value in known.items():
            (first if self.chance(0.75) else later)[name] = value
        author = self.author(card)
        self.step(created, author, "create", card, **first)
        if any(value and value != "none" for value in later.values()):
            who = self.lead if self.chance(0.5) else author
            self.step(self.between(created, until, 0.02, 0.9), who, "edit", card, **later)

    def _schedule_work(self, card: Card, facts: Facts, planned: float, end: float) -> None:
        """Say who and until when; one due date in four is put off later."""
        decided, put_off = sorted(self.between(planned, end, 0.02, 0.9) for _ in range(2))
        assignment = _assignment(facts)
        if facts.due and self.chance(0.25):
            sooner = facts.due - timedelta(days=self.random.choice((3, 4, 7)))
            if sooner > self.time.day_of(decided):
                start = {"start": assignment.pop("start")} if facts.start and facts.start > sooner else {}
                self.step(put_off, card.who or self.lead, "edit", card, due=facts.due.isoformat(), **start)
                assignment["due"] = sooner.isoformat()
        if assignment:
            self.step(decided, self.lead, "edit", card, **assignment)

    def _tick(self, card: Card, taken: float, end: float) -> None:
        """Tick the items of a checklist one after the other while the task is in hand."""
        ticks = card.description.count("- [x]")
        for done in range(1, ticks + 1):
            text = _with_ticks(card.description, done)
            minute = self.between(taken, end, (done - 0.5) / (ticks + 1), done / (ticks + 1))
            self.step(minute, card.who, "edit", card, description=text)

    def _review(self, card: Card, span: Span) -> None:
        """Hand over for review; one in seven comes back once."""
        if span.reviewed is None:
            return
        self.step(span.reviewed, card.who, "move", card, column=REVIEW)
        if span.finished is not None and self.chance(1 / 7):
            back, again = (self.between(span.reviewed, span.finished, at, at + 0.2) for at in (0.2, 0.6))
            self.step(back, self.colleague(card), "move", card, column=DOING)
            self.step(again, card.who, "move", card, column=REVIEW)

    def _talk(self, card: Card, begin: float, end: float) -> None:
        """A conversation: most answers come within the hour, some the day after."""
        minute = self.between(begin, end, 0.05, 0.45)
        for remark in card.talk:
            self.step(minute, remark.who, "comment", card, body=remark.text)
            if remark.corrected:
                corrected = minute + min(3.0, (end - minute) / 4)
                self.step(corrected, remark.who, "reword", card, body=remark.corrected)
            pause = self.random.uniform(200, 900) if self.chance(0.35) else self.random.uniform(6, 80)
            minute += min(pause, (end - minute) / 3)

    def _finish(self) -> None:
        """Move what is finished to the top of “Done”."""
        above = None
        for index, span in sorted(self.spans.items(), key=lambda item: item[1].finished or 0):
            if span.finished is not None:
                card = self.cards[index]
                who = card.who if self.chance(0.6) else self.colleague(card)
                self.step(span.finished, who, "move", card, column=DONE, before=above)
                above = index

    def _tidy_up(self) -> None:
        """Once a week the lead archives what was finished more than a week ago, and leaves the newest on the board."""
        finished = sorted((span.finished, index) for index, span in self.spans.items() if span.finished is not None)
        for turn, (minute, index) in enumerate(finished[:-SHOWN_DONE]):
            tidied = (math.ceil(minute / WEEK) + 1) * WEEK + 25 + turn * 0.3
            self.step(min(tidied, self.now), self.lead, "archive", self.cards[index])

    def _prioritise(self) -> None:
        """Put four tasks of “To do” before another one."""
        cards = [card for card in self.cards if card.fate is Fate.PLANNED]
        for _ in range(4):
            first, second = self.random.sample(cards, 2)
            minute = self.between(max(self.last(first), self.last(second)), self.now, 0.1, 0.9)
            self.step(minute, self.lead, "move", first, column=PLANNED, before=second.index)

    def _slip(self) -> None:
        """Two mistakes that were noticed at once: a task in the trash, another one archived."""
        cards = [card for card in self.cards if card.fate is Fate.BACKLOG]
        slips = (("trash", "restore"), ("archive", "unarchive"))
        for card, (slip, mend) in zip(sorted(cards, key=self.last)[: len(slips)], slips, strict=True):
            minute = self.between(self.last(card), self.now, 0.1, 0.9)
            self.step(minute, self.lead, slip, card)
            self.step(min(minute + 1.5, self.now), self.lead, mend, card)

    def _wait(self) -> None:
        """What is due soon keeps what is due after it from being begun, here and there."""
        last_due = {step.card: step.fields["due"] for step in self.steps if "due" in step.fields}
        open_cards = [card for card in self.cards if card.fate in _OPEN and card.index in last_due]
        in_turn = sorted(open_cards, key=lambda card: last_due[card.index])
        for first, second in zip(in_turn[::3], in_turn[1::3], strict=False):
            minute = self.between(max(self.last(first), self.last(second)), self.now, 0.1, 0.9)
            self.step(minute, self.lead, "relate", first, blocks=second.index)


_TELL = {
    Fate.DONE: _Story.worked,
    Fate.DOING: _Story.worked,
    Fate.REVIEW: _Story.worked,
    Fate.PLANNED: _Story.planned,
    Fate.BACKLOG: _Story.waiting,
    Fate.DROPPED: _Story.dropped,
    Fate.TRASHED: _Story.trashed,
}


def _assignment(facts: Facts) -> dict[str, Any]:
    days = {"start": facts.start and facts.start.isoformat(), "due": facts.due and facts.due.isoformat()}
    known = {"assignees": facts.assignees, **days, "estimate": facts.estimate}
    return {name: value for name, value in known.items() if value}


def _with_ticks(text: str, count: int) -> str:
    """The text with only the first ticks of its checklists."""
    seen = itertools.count(1)
    return re.sub(r"- \[x\]", lambda found: found[0] if next(seen) <= count else "- [ ]", text)
