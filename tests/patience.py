"""Property tests on a machine that others use too: how long an example takes says nothing about the program."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

PROOF = "TASKTRACKER_PROOF" in os.environ
"""Whether time does not matter: `make proof` sets it."""


def sequences(few: int) -> settings:
    """On how many examples a property is tried: a few in `make test`, a thousand in `make proof`."""
    return settings(max_examples=1_000 if PROOF else few)


def some(cases: list[str]) -> list[str]:
    """Of a long list of cases a fifth, evenly spread, in `make test`; all of them in `make proof`."""
    return cases if PROOF else cases[::5]
