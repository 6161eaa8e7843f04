"""When a release counts as bad."""

import pytest

from deploy.release.watching import Traffic, breach, total


@pytest.mark.parametrize(
    ("new", "old", "is_bad"),
    [
        pytest.param(Traffic(300, 6), Traffic(900, 0), True, id="two in a hundred fail"),
        pytest.param(Traffic(1000, 10), Traffic(900, 0), False, id="one in a hundred is borne"),
        pytest.param(Traffic(20, 2), Traffic(900, 0), False, id="two failures are chance"),
        pytest.param(Traffic(3, 3), Traffic(900, 0), True, id="all fail"),
        pytest.param(Traffic(0, 3), Traffic(0, 0), True, id="nobody gets through"),
        pytest.param(Traffic(300, 30), Traffic(900, 80), False, id="the database is away for both"),
        pytest.param(Traffic(300, 30), Traffic(900, 9), True, id="much worse than the one before"),
        pytest.param(Traffic(), Traffic(), False, id="nobody came"),
    ],
)
def test_a_release_is_bad_when_more_fails_than_chance_and_circumstances_explain(
    new: Traffic, old: Traffic, *, is_bad: bool
) -> None:
    assert bool(breach(new, old)) is is_bad


def test_what_is_wrong_is_said_in_figures() -> None:
    said = breach(Traffic(310, 7), Traffic(600, 1))
    assert said == "7 of 310 requests failed (2.3%; of the release before 0.2%)"


def test_replicas_are_counted_together_and_from_when_they_came() -> None:
    assert total([Traffic(10, 1), Traffic(20, 2)]) - Traffic(5, 1) == Traffic(25, 2)
