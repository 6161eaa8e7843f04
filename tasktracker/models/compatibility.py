"""Which programs a schema is good for, told by the names of its migrations.

A schema expands (adds, in a way that older programs do not notice) and contracts in a later release. A contraction is
named `NNNN_contract_after_MMMM_what`: what it removes was used by programs whose newest migration is older than MMMM.
"""

import re
from collections.abc import Collection

_CONTRACTION = re.compile(r"\d{4}_contract_after_(\d{4})_\w+", re.ASCII)


def floor_of(name: str) -> int | None:
    """The number of the migration that a program must know to live with this contraction; None for an expansion."""
    found = _CONTRACTION.fullmatch(name)
    return int(found[1]) if found else None


def shut_out_by(known: Collection[str], applied: Collection[str]) -> list[str]:
    """Contractions by a newer release that removed what a program uses which knows these migrations only."""
    newest = _newest(known)
    return [name for name in sorted(set(applied) - set(known)) if newest < (floor_of(name) or 0)]


def too_early(pending: Collection[str], applied: Collection[str]) -> list[str]:
    """Contractions that would take away what programs use which ran on the schema as it is.

    On an empty database there are none.
    """
    newest = _newest(applied)
    return [name for name in sorted(pending) if applied and newest < (floor_of(name) or 0)]


def _newest(names: Collection[str]) -> int:
    return max((int(name[:4]) for name in names), default=0)
