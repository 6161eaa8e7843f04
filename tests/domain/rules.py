"""Recurrence rules of every kind, for tests of properties."""

from random import Random

from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.recurrence import clean_recurrence

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _some(items: st.SearchStrategy[str], name: str) -> st.SearchStrategy[str]:
    return st.just("") | st.lists(items, min_size=1, max_size=4, unique=True).map(
        lambda chosen: f"{name}={','.join(chosen)}"
    )


def _numbers(lowest: int, highest: int) -> st.SearchStrategy[str]:
    return st.integers(lowest, highest).filter(bool).map(str)


def _rules(frequency: str) -> st.SearchStrategy[str]:
    numbered = {"MONTHLY": [*range(-5, 6)], "YEARLY": [*range(-5, 6)]}.get(frequency, [0])
    days = st.tuples(st.sampled_from(numbered), st.sampled_from(WEEKDAYS)).map(lambda day: f"{day[0] or ''}{day[1]}")
    parts = [
        st.sampled_from(["", "", "INTERVAL=2", "INTERVAL=3", "INTERVAL=5", "INTERVAL=12"]),
        _some(_numbers(1, 12), "BYMONTH"),
        st.just("") if frequency == "WEEKLY" else _some(_numbers(-31, 31), "BYMONTHDAY"),
        _some(days, "BYDAY"),
        _some(_numbers(-3, 3), "BYSETPOS"),
        st.sampled_from(["", "WKST=SU", "WKST=WE"]),
    ]
    return st.tuples(*parts).map(lambda chosen: ";".join([f"FREQ={frequency}", *filter(None, chosen)]))


def _is_rule(text: str) -> bool:
    try:
        clean_recurrence({"rule": text}, "")
    except Invalid:
        return False
    return True


RULES = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]).flatmap(_rules).filter(_is_rule)


def in_another_order(rule: str, chance: Random) -> str:
    """The same rule, as another program might write it."""
    parts = [
        f"{name}={','.join(chance.sample(value.split(','), len(value.split(','))))}"
        for name, value in (part.split("=") for part in rule.split(";"))
    ]
    chance.shuffle(parts)
    return f"rrule:{';'.join(parts).lower()};"
