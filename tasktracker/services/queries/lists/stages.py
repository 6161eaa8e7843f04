"""Looking through piles from their tops: one stage after the other, the next one only if there is doubt about the last.

Whether what fits is common or rare, nobody knows beforehand. So a few of each pile are looked through at first, then
more of them if that is promising, and then whatever else there is to ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tasktracker.services.queries.lists.piles import Piles

_ALL = 2**62


@dataclass(frozen=True, slots=True)
class Pace:
    """How many to take from each pile (`size`), and how many to look through for them.

    At first `look`; then `look_on`, if each pile gave at least `worth` of the first ones (or a tenth of what is wanted,
    if that is less), so that this will probably do, or is `small`. The planner has to know how few are taken, so `size`
    is a constant; no more are than are wanted.
    """

    size: int
    look: int
    look_on: int
    worth: int
    small: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A SELECT, and SQL that says whether there is `doubt` about what it found: about `{stage}`.

    `is_vain` is SQL about `{before}`, the stage before, that says whether there is no sense in this one.
    """

    sql: str
    doubt: str = "false"
    is_vain: str = "false"


def staged(name: str, stages: Sequence[Stage], order: str, limit: object, *, unless: str = "false") -> dict[str, str]:
    """Tables that end in one of that name: what the first stage found that leaves no doubt. Later ones do not run.

    None of them runs at all if `unless` is true.
    """
    made, found, is_open, before = {}, [], f"NOT ({unless})", ""
    for number, stage in enumerate(stages):
        table, vain, doubt = f"{name}_{number}", f"{name}_vain_{number}", f"{name}_doubt_{number}"
        made[vain] = f"SELECT {stage.is_vain.format(before=before)} AS it_is"
        made[table] = f"SELECT * FROM ({stage.sql}) stage WHERE {is_open} AND NOT (SELECT it_is FROM {vain})"
        made[doubt] = f"SELECT (SELECT it_is FROM {vain}) OR {stage.doubt.format(stage=table)} AS it_is"
        found.append(f"SELECT * FROM {table} WHERE {is_open} AND NOT (SELECT it_is FROM {doubt})")
        is_open, before = f"{is_open} AND (SELECT it_is FROM {doubt})", table
    made[name] = f"SELECT * FROM ({' UNION ALL '.join(found)}) found ORDER BY {order} LIMIT {limit}"
    return made


def tables(made: dict[str, str]) -> str:
    """Common table expressions, each of which is made once."""
    return ", ".join(f"{name} AS MATERIALIZED ({sql})" for name, sql in made.items())


def look_through(kinds: Sequence[Piles], condition: str, pace: Pace, limit: object) -> list[Stage]:
    """The first two stages: look for a while, and if that was worth it for longer, for as many as `limit`."""
    is_vain = _any_short(kinds, "{before}", pace.small, f"least({pace.worth}, ({limit} + 9) / 10)")
    return [
        _look(kinds, condition, pace, limit, pace.look),
        _look(kinds, condition, pace, limit, pace.look_on, is_vain),
    ]


def take(piles: Piles, condition: str, size: int, limit: object, look: int = _ALL) -> str:
    """The first of each pile that fit, or those of them among the first `look` ones: with `pile`, `half`, `value`.

    As many as `limit`, which the planner does not know, and at most `size`.
    """
    within = ", ".join(f"t.{key} {piles.direction}" for key in piles.within)
    return " UNION ALL ".join(
        f"SELECT u.pile, {number} AS half, {piles.columns}, t.value FROM {piles.table} u CROSS JOIN LATERAL ("
        f"SELECT * FROM (SELECT {piles.columns}, t.value FROM ("
        f"SELECT t.*, {piles.value} AS value {top_of(piles, half, look)}) t "
        f"WHERE {piles.besides} AND {condition} ORDER BY {within} LIMIT {size}) t LIMIT {limit}) t"
        for number, half in enumerate(piles.halves)
    )


def top_of(piles: Piles, half: str, look: int) -> str:
    """What follows a SELECT of the first of a pile.

    The planner must not know how many these are. It thinks that all piles are of one size, and to it, a few of a pile
    that is thought to be small are all of it: it would sort the largest one. A limit that it does not know is a tenth.
    """
    return f"{half} ORDER BY {piles.order} LIMIT (SELECT {look})"


def is_short(piles: Piles, stage: str, look: int, enough: object) -> str:
    """Whether a stage took fewer than enough from a pile, though that is larger than what was looked through.

    What has no value does not matter where enough has one.
    """
    too_few = f"{enough} > (SELECT count(*) FROM {stage} taken WHERE"
    cases = [
        f"({too_few} taken.half < {number}) AND EXISTS (SELECT FROM {piles.table} u WHERE "
        f"{too_few} taken.pile = u.pile AND taken.half = {number}) AND EXISTS (SELECT {half} OFFSET {look} LIMIT 1)))"
        for number, half in enumerate(piles.halves)
    ]
    return " OR ".join(cases)


def _look(
    kinds: Sequence[Piles], condition: str, pace: Pace, limit: object, look: int, is_vain: str = "false"
) -> Stage:
    sql = " UNION ALL ".join(take(piles, condition, pace.size, limit, look) for piles in kinds)
    return Stage(sql, _any_short(kinds, "{stage}", look, limit), is_vain)


def _any_short(kinds: Sequence[Piles], stage: str, look: int, enough: object) -> str:
    return " OR ".join(is_short(piles, stage, look, enough) for piles in kinds)
