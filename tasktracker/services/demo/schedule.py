"""Who had which task in hand when.

A maker works on one task after another, in the order of the outline, from the first days until now. That is what
keeps “In progress” within its limit on whatever day the demo is made; “In review” is thinned out afterwards.
"""

import heapq
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import NamedTuple

from tasktracker.services.demo.outline import Card, Fate

FIRST = (180.0, 1_400.0)
"""Working minutes after which somebody takes their first task."""
IN_HAND = (500.0, 1_800.0)
"""Working minutes that the tasks under way have been in hand."""
LAST = (450.0, 1_200.0)
"""Working minutes since somebody without a task under way finished their last one."""


class Span(NamedTuple):
    """When a task was taken, handed over for review (None: not) and finished (None: not yet)."""

    taken: float
    reviewed: float | None
    finished: float | None


def schedule(cards: Sequence[Card], length: float, review_limit: int, random: Random) -> dict[int, Span]:
    """A span for every card that somebody worked on, by its index. `length` is the minute that is now."""
    spans: dict[int, Span] = {}
    for maker in dict.fromkeys(card.who for card in cards if card.fate is Fate.DONE):
        own = [card for card in cards if card.who == maker]
        done = [card for card in own if card.fate is Fate.DONE]
        current = [card for card in own if card.fate in (Fate.DOING, Fate.REVIEW)]
        last = length - random.uniform(*(IN_HAND if current else LAST))
        spans |= dict(zip((card.index for card in done), _finished(len(done), last, random), strict=True))
        spans |= {card.index: _under_way(card, last, length, random) for card in current}
    return _with_room(spans, review_limit)


def _finished(count: int, last: float, random: Random) -> Iterator[Span]:
    """Spans one after another until `last`, with a pause before each."""
    first = random.uniform(*FIRST)
    weights = list(accumulate((random.uniform(0.5, 1.6) for _ in range(count)), initial=0.0))
    for begin, end in pairwise(first + (last - first) * weight / weights[-1] for weight in weights):
        taken = begin + (end - begin) * random.uniform(0.05, 0.6)
        finished = end - (end - begin) * random.uniform(0.01, 0.03)
        yield Span(taken, taken + (finished - taken) * random.uniform(0.55, 0.85), finished)


def _under_way(card: Card, last: float, length: float, random: Random) -> Span:
    """A task that is still in hand; for review only after all the finished ones have left it."""
    reviewed = length - random.uniform(20, 400) if card.fate is Fate.REVIEW else None
    return Span(last + random.uniform(5, 60), reviewed, None)


def _with_room(spans: dict[int, Span], limit: int) -> dict[int, Span]:
    """The spans, where a review that would be one too many at its time is left out."""
    ends: list[float] = []
    result = dict(spans)
    for index, span in sorted(spans.items(), key=lambda item: item[1].reviewed or 0):
        if span.reviewed is None or span.finished is None:
            continue
        while ends and ends[0] <= span.reviewed:
            heapq.heappop(ends)
        if len(ends) < limit:
            heapq.heappush(ends, span.finished)
        else:
            result[index] = span._replace(reviewed=None)
    return result
