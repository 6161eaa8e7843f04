"""Looking for what fits from the newest to the oldest, in steps back in time of which each is longer than the last.

An index knows, besides the words and the people of each row, in which parts of time it was changed: quarters of an
hour, hours, up to years (`time_blocks` of the database). So it can be asked for what fits within some time, and does
not look at the rest. What is common is soon found among the newest, what is rare at last among the few that there are
at all. Either way, about as many rows are looked at as are wanted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tasktracker.services.queries.lists.piles import Piles
from tasktracker.services.queries.lists.stages import top_of

LOOK = 200
"""Rows at the top of each pile that are looked at one by one: that tells, too, how much happens in what time."""
_STRIDE = 6
"""Steps at once, where it is dear to ask the index."""


@dataclass(frozen=True, slots=True)
class Narrower:
    """A condition that lets less through, and that the index is faster with: it is asked for this at first.

    All that fits is looked for if that, and the tops, give fewer than `enough`; never unless it `may_do`, in SQL.
    """

    condition: str
    enough: int
    may_do: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """What to look for: the `condition` for row `t`, which the index can answer, from the newest on, at most `limit`.

    The `kinds` of piles have one half each and hold rows of `source` in the order of `value`, a time, from the last to
    the first; `ties` are in the order of the columns after it. `places` is SQL for the ids of projects and workspaces
    to look in, and `within` what else to ask the index.
    """

    kinds: Sequence[Piles]
    source: str
    condition: str
    places: str
    ties: tuple[str, ...]
    limit: object
    within: str = "true"
    narrower: Narrower | None = None

    @property
    def value(self) -> str:
        return self.kinds[0].value

    @property
    def columns(self) -> str:
        return self.kinds[0].columns

    @property
    def names(self) -> str:
        return f"{self.columns}, t.value"

    def ordered(self, table: str) -> str:
        return ", ".join(f"{table}.{column} DESC" for column in ("value", *self.ties))


def climb(ladder: Ladder, name: str, *, unless: str = "false") -> dict[str, str]:
    """Tables that end in one of that name: what fits, the newest first. None is made if `unless` is true."""
    top, start, steps, below = (f"{name}_{table}" for table in ("top", "start", "steps", "below"))
    made = {
        top: " UNION ALL ".join(_top(ladder, piles, unless) for piles in ladder.kinds),
        start: f"""SELECT start.moment, start.newest, (SELECT count(*) FROM {top} t
                WHERE t.fits AND t.value > start.moment) AS found
            FROM (SELECT max(pile.oldest) FILTER (WHERE pile.rows = {LOOK}) AS moment, max(pile.newest) AS newest
            FROM (SELECT min(value) AS oldest, max(value) AS newest, count(*) AS rows FROM {top} GROUP BY pile) pile
            ) start""",
        steps: f"""SELECT step.* FROM {start} start, time_ladder(start.moment + (start.newest - start.moment)
                * (({ladder.limit} - start.found) / greatest(start.found, 0.1)), start.moment) step
            WHERE start.moment IS NOT NULL AND start.found < {ladder.limit}""",
    }
    found = [f"SELECT {ladder.names} FROM {top} t WHERE t.fits", f"SELECT {ladder.names} FROM {below} t"]
    if ladder.narrower is None:
        made[below] = _below(ladder, ladder.condition, start, steps)
    else:
        made |= _narrow_first(ladder, ladder.narrower, name)
        found.append(f"SELECT {ladder.names} FROM {name}_narrow t")
    made[name] = (
        f"SELECT * FROM ({' UNION '.join(found)}) found ORDER BY {ladder.ordered('found')} LIMIT {ladder.limit}"
    )
    return made


def _top(ladder: Ladder, piles: Piles, unless: str) -> str:
    """The newest of each pile, with whether they fit: with `pile`, `value`, `fits`."""
    [half] = piles.halves
    return (
        f"SELECT u.pile, {ladder.names}, {piles.besides} AND {ladder.condition} AS fits "
        f"FROM {piles.table} u CROSS JOIN LATERAL ("
        f"SELECT t.*, {piles.value} AS value {top_of(piles, half, LOOK)}) t WHERE NOT ({unless})"
    )


def _narrow_first(ladder: Ladder, narrower: Narrower, name: str) -> dict[str, str]:
    """What fits the narrower condition below the tops; and all that fits, in long strides, if there is little else."""
    start, steps, strides = (f"{name}_{table}" for table in ("start", "steps", "strides"))
    is_little = f"""{narrower.enough} > (SELECT count(*) FROM {name}_top WHERE fits)
        + (SELECT count(*) FROM {name}_narrow)"""
    return {
        f"{name}_narrow": _below(ladder, narrower.condition, start, steps),
        strides: f"""SELECT step.step / {_STRIDE} AS step, array_agg(block) AS blocks
            FROM {steps} step CROSS JOIN LATERAL unnest(step.blocks) block
            WHERE {narrower.may_do} AND {is_little} GROUP BY step.step / {_STRIDE}""",
        f"{name}_below": _below(ladder, ladder.condition, start, strides),
    }


def _below(ladder: Ladder, condition: str, start: str, steps: str) -> str:
    """What fits of what the piles hold below their tops: no more steps than needed.

    OFFSET 0 keeps the planner from joining all that fits with the steps: the index is to be asked for each of them.
    """
    conditions = [
        f"time_blocks({ladder.value}) && step.blocks",
        f"ARRAY[t.project_id, t.workspace_id] && {ladder.places}",
        ladder.within,
        condition,
        *dict.fromkeys(piles.besides for piles in ladder.kinds),
        f"({ladder.value} <= (SELECT moment FROM {start})) IS TRUE",
    ]
    return (
        f"SELECT {ladder.names} FROM (SELECT * FROM {steps} ORDER BY step) step CROSS JOIN LATERAL ("
        f"SELECT {ladder.columns}, {ladder.value} AS value FROM {ladder.source} t "
        f"WHERE {' AND '.join(conditions)} OFFSET 0) t ORDER BY step.step, {ladder.ordered('t')} LIMIT {ladder.limit}"
    )
