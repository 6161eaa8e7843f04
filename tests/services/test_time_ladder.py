"""All time before a moment, in steps of which each is longer than the last: what searches go down by."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.models.database import connection
from tests.patience import sequences

_ON_STEPS = """
    SELECT array_agg(step ORDER BY step) FILTER (WHERE time_blocks($3) && blocks) AS holding
    FROM time_ladder($1, $2)
"""
_SIZES = "SELECT cardinality(blocks) AS size FROM time_ladder($1, $2) ORDER BY step"
MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- Hypothesis adds the zone


@pytest.fixture(autouse=True)
def _pool(database: None) -> None:
    """The functions are in every database."""


async def _steps(newest: datetime, below: datetime, moment: datetime) -> list[int]:
    [row] = await connection().execute_query_dict(_ON_STEPS, [newest, below, moment])
    return row["holding"] or []


@sequences(60)
@given(MOMENTS, st.lists(MOMENTS, min_size=2, max_size=2), st.timedeltas(timedelta(0), timedelta(days=4000)))
async def test_a_moment_is_on_one_step_and_an_earlier_one_not_on_a_higher_step(
    below: datetime, moments: list[datetime], known: timedelta
) -> None:
    later, earlier = sorted((min(each, below) for each in moments), reverse=True)
    [high] = await _steps(below + known, below, later)
    [low] = await _steps(below + known, below, earlier)
    assert low >= high


@sequences(40)
@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=4000)))
async def test_there_are_few_steps_of_few_parts(below: datetime, known: timedelta) -> None:
    sizes = [row["size"] for row in await connection().execute_query_dict(_SIZES, [below + known, below])]
    assert 1 <= len(sizes) <= 19
    assert max(sizes) <= 16


@pytest.mark.parametrize("known", [timedelta(minutes=1), timedelta(hours=3), timedelta(days=2), timedelta(days=300)])
async def test_the_first_steps_go_back_about_as_far_as_is_known(known: timedelta) -> None:
    below = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)
    reach = max(known, timedelta(seconds=1024))
    steps = [await _steps(below + known, below, below - reach * times) for times in (1, 9)]
    assert steps[0] < steps[1]
    assert steps[0] == await _steps(below + known, below, below)
