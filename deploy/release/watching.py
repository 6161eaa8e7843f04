"""Is a release good? Told by what the balancer counts of its replicas."""

from collections.abc import Iterable
from dataclasses import dataclass

RATE = 0.01
"""Of all requests, what may fail: the threshold of the alarm on errors."""
FEWEST = 3
"""Failures: one or two are chance."""
WORSE = 2.0
"""Times as bad as the release before it has to be: when the database is away, both fail, and none is better."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests, and those of them that failed: 5xx, no connection, no whole answer."""

    requests: int = 0
    failed: int = 0

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(self.requests + other.requests, self.failed + other.failed)

    def __sub__(self, other: "Traffic") -> "Traffic":
        return Traffic(self.requests - other.requests, self.failed - other.failed)

    @property
    def rate(self) -> float:
        """Of the requests, the part that failed."""
        return self.failed / self.requests if self.requests else float(self.failed > 0)


def breach(new: Traffic, old: Traffic) -> str | None:
    """What is wrong with the new release; None if nothing is, or too little was seen. `old` is the one before."""
    if new.failed < FEWEST or new.rate <= RATE or new.rate <= WORSE * old.rate:
        return None
    return f"{new.failed} of {new.requests} requests failed ({new.rate:.1%}; of the release before {old.rate:.1%})"


def total(parts: Iterable[Traffic]) -> Traffic:
    """Of several replicas together."""
    return sum(parts, Traffic())
