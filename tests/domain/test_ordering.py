from hypothesis import given, settings
from hypothesis import strategies as st

from tasktracker.domain.ordering import position_between, positions_after


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=150))
def test_any_sequence_of_insertions_keeps_the_order(places: list[float]) -> None:
    order: list[str] = []
    for place in places:
        index = round(place * len(order))
        before = order[index - 1] if index else None
        after = order[index] if index < len(order) else None
        order.insert(index, position_between(before, after))
    _assert_ordered(order)


@settings(max_examples=20)
@given(st.sampled_from(["below", "above"]), st.integers(min_value=2, max_value=300))
def test_the_same_gap_can_be_filled_again_and_again(side: str, times: int) -> None:
    low, high = order = positions_after(None, 2)
    for _ in range(times):
        new = position_between(low, high)
        order.append(new)
        low, high = (new, high) if side == "below" else (low, new)
    assert len(set(order)) == times + 2
    assert all(order[0] < each < order[1] for each in order[2:])
    assert max(map(len, order)) <= 4 + times // 4


def test_a_thousand_at_either_end_stay_short() -> None:
    ends = [position_between(None, None)]
    for _ in range(500):
        ends.insert(0, position_between(None, ends[0]))
        ends.append(position_between(ends[-1], None))
    _assert_ordered(ends)
    assert max(map(len, ends)) <= 4


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=0, max_value=50))
def test_many_positions_at_once_follow_the_last_one(before: int, count: int) -> None:
    first = positions_after(None, before)
    more = positions_after(first[-1] if first else None, count)
    assert len(more) == count
    _assert_ordered(first + more)


def _assert_ordered(positions: list[str]) -> None:
    """Ascending and unique, byte by byte: the database compares with COLLATE "C"."""
    as_bytes = [position.encode("ascii") for position in positions]
    assert as_bytes == sorted(set(as_bytes))
