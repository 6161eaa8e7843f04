"""What is a rule, what is refused, and how a rule reads."""

from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasktracker.domain.errors import Invalid
from tasktracker.domain.recurrence import Recurrence, after_one, clean_recurrence, describe
from tests.domain.rules import RULES, in_another_order

PARTS = st.tuples(
    st.sampled_from(["FREQ", "COUNT", "BYDAY", "BYSETPOS", "BYMONTH", "BYMONTHDAY", "INTERVAL", "UNTIL", "X"]),
    st.sampled_from(["", "0", "-1", "5", "31", "366", "1,2,,3", "MO", "-5FR,53SU", "DAILY", "YEARLY"]),
).map("=".join)


@pytest.mark.parametrize(
    ("rule", "canonical"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("RRULE:FREQ=DAILY", "FREQ=DAILY"),
        ("rrule:freq=daily", "FREQ=DAILY"),
        (" FREQ=DAILY; ", "FREQ=DAILY"),
        ("FREQ=DAILY;INTERVAL=1", "FREQ=DAILY"),
        ("INTERVAL=02;FREQ=WEEKLY;WKST=MO", "FREQ=WEEKLY;INTERVAL=2"),
        ("FREQ=WEEKLY;WKST=SU;BYDAY=SU,MO", "FREQ=WEEKLY;BYDAY=MO,SU;WKST=SU"),
        ("FREQ=WEEKLY;BYDAY=FR, MO,FR", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+2TU,2MO", "FREQ=MONTHLY;BYDAY=2MO,2TU,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,1,15", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
        ("FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=11,2", "FREQ=YEARLY;BYMONTH=2,11;BYMONTHDAY=30"),
        ("FREQ=YEARLY;BYDAY=53MO", "FREQ=YEARLY;BYDAY=53MO"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO"),
        ("FREQ=DAILY;COUNT=5;INTERVAL=1000", "FREQ=DAILY;INTERVAL=1000;COUNT=5"),
        ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=DAILY;UNTIL=20261231T235959Z", "FREQ=DAILY;UNTIL=20261231T235959Z"),
    ],
)
def test_a_rule_is_kept_in_one_form(rule: str, canonical: str) -> None:
    assert clean_recurrence({"rule": rule, "from": "due"}, "/recurrence") == {"rule": canonical, "from": "due"}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "must not be empty"),
        ("INTERVAL=2", "Say how often: FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=HOURLY", "FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY, not “HOURLY”"),
        ("FREQ=MINUTELY", "not “MINUTELY”"),
        ("FREQ=SECONDLY", "not “SECONDLY”"),
        ("FREQ=", "Write a value after FREQ="),
        ("every day", "A rule here has no part “EVERY DAY”; it may have FREQ, INTERVAL"),
        ("FREQ=DAILY;BYHOUR=3", "no part “BYHOUR”"),
        ("FREQ=YEARLY;BYWEEKNO=3", "no part “BYWEEKNO”"),
        ("FREQ=DAILY;;COUNT=3", "no part “”"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ stands there twice"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is a number from 1 to 1,000, not “0”"),
        ("FREQ=DAILY;INTERVAL=1001", "not “1001”"),
        ("FREQ=DAILY;INTERVAL=two", "not “TWO”"),
        ("FREQ=DAILY;INTERVAL=٣", "INTERVAL is a number"),
        ("FREQ=DAILY;COUNT=0", "COUNT is a number from 1 to 10,000"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "COUNT or UNTIL, not both"),
        ("FREQ=DAILY;UNTIL=2026-12-31", "Write UNTIL as a day, 20261231, or a moment in UTC"),
        ("FREQ=DAILY;UNTIL=20260230", "Write UNTIL"),
        ("FREQ=DAILY;UNTIL=20261231T235959", "Write UNTIL"),
        ("FREQ=DAILY;UNTIL=00010101", "Write UNTIL"),
        ("FREQ=WEEKLY;BYDAY=MO,XX", "BYDAY is a list of MO to SU, each with a number before it or none, not “XX”"),
        ("FREQ=MONTHLY;BYDAY=0MO", "not “0MO”"),
        ("FREQ=YEARLY;BYDAY=54MO", "not “54MO”"),
        ("FREQ=WEEKLY;BYDAY=2MO", "goes with FREQ=MONTHLY or YEARLY"),
        ("FREQ=DAILY;BYDAY=-1FR", "goes with FREQ=MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;BYDAY=6MO", "at most five of each weekday"),
        ("FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", "at most five of each weekday"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY goes with"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY is a list of numbers: 1 to 31, or -1 to -31"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "“0” is none of them"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH is a list of numbers: 1 to 12; “13”"),
        ("FREQ=YEARLY;BYMONTH=-1", "“-1” is none of them"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses among days"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS is a list"),
        ("FREQ=WEEKLY;WKST=1", "WKST is one of MO"),
        ("FREQ=DAILY;BYMONTH=" + ",".join(["1"] * 150), "at most 300 are kept"),
        (None, "This must be a text"),
        (7, "This must be a text"),
        ("FREQ=DAILY\x00", "U\\+0000"),
    ],
)
def test_what_is_no_rule_is_refused_with_advice(rule: Any, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        clean_recurrence({"rule": rule}, "/recurrence")
    assert {problem.pointer for problem in refused.value.problems} == {"/recurrence/rule"}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
        "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=8",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        "FREQ=YEARLY;BYMONTH=1;BYSETPOS=2",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=60",
        "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=1",
    ],
)
def test_a_rule_that_never_comes_is_refused_at_once(rule: str) -> None:
    before = process_time()
    with pytest.raises(Invalid, match="No day fits this rule"):
        clean_recurrence({"rule": rule}, "/recurrence")
    assert process_time() - before < 1, "a search to the end of the calendar takes several seconds"


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        clean_recurrence({"rule": "FREQ=DAILY;COUNT=x;BYHOUR=1", "from": "start", "a/b": 1}, "/recurrence")
    assert [problem.pointer for problem in refused.value.problems] == [
        "/recurrence/a~1b", "/recurrence/rule", "/recurrence/rule", "/recurrence/from",
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["FREQ=DAILY", [], 7, True])
def test_a_recurrence_is_an_object(value: object) -> None:
    with pytest.raises(Invalid, match="Write a recurrence as") as refused:
        clean_recurrence(value, "/recurrence")
    assert refused.value.problems[0].pointer == "/recurrence"


def test_no_recurrence_is_one_too() -> None:
    assert clean_recurrence(None, "/recurrence") is None


def test_a_recurrence_counts_from_the_due_date_unless_it_says_otherwise() -> None:
    assert clean_recurrence({"rule": "FREQ=DAILY"}, "") == {"rule": "FREQ=DAILY", "from": "due"}
    assert clean_recurrence({"rule": "FREQ=DAILY", "from": "completion"}, "") == {
        "rule": "FREQ=DAILY", "from": "completion",
    }  # fmt: skip


def test_a_recurrence_and_its_json_are_the_same() -> None:
    recurrence = Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "completion")
    assert Recurrence.from_json(recurrence.to_json()) == recurrence
    assert clean_recurrence(recurrence.to_json(), "") == recurrence.to_json()


@given(RULES, st.randoms(use_true_random=False))
def test_the_same_rule_written_otherwise_has_the_same_form(rule: str, chance: Any) -> None:
    clean = clean_recurrence({"rule": rule}, "")
    assert clean == clean_recurrence({"rule": in_another_order(rule, chance)}, "")
    assert clean == clean_recurrence(clean, "")


@given(st.text(max_size=40) | st.lists(PARTS, max_size=6).map(";".join))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        clean = clean_recurrence({"rule": text}, "/recurrence")
    except Invalid as refusal:
        assert {problem.pointer for problem in refusal.problems} == {"/recurrence/rule"}  # noqa: PT017  either outcome is right
    else:
        assert clean is not None
        assert describe(Recurrence.from_json(clean)).startswith("every ")


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=2"),
        ("FREQ=DAILY;COUNT=2", "FREQ=DAILY;COUNT=1"),
    ],
)
def test_after_one_time_one_less_is_left(rule: str, left: str) -> None:
    assert after_one(Recurrence(rule, "completion")) == Recurrence(left, "completion")


def test_after_the_last_time_nothing_is_left() -> None:
    assert after_one(Recurrence("FREQ=DAILY;COUNT=1")) is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "every week on Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "every 2 weeks on weekdays"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15,-1", "every month on the 1st, the 15th and the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,3,11,12,13,21,22,-2",
         "every month on the 2nd, the 3rd, the 11th, the 12th, the 13th, the 21st, the 22nd and the 2nd to last day"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", "every 3 months on the 2nd Tuesday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1", "every month on the 1st day"),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1", "every month on the 1st and the last of Saturday and Sunday"),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "every month on the last of the 28th, the 29th and the 30th"),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "every month on the 13th if it falls on Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO,TU,WE,TH,FR", "every month on the 1st if it falls on a weekday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2;BYDAY=MO,TU;BYSETPOS=1",
         "every month on the 1st of the 1st and the 2nd that are Monday and Tuesday"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "every year in November on the 30th"),
        ("FREQ=YEARLY;BYMONTH=2;BYSETPOS=1", "every year in February on the 1st day"),
        ("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday"),
        ("FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231", "every weekday, until 31 December 2026"),
        ("FREQ=DAILY;UNTIL=20261231T235959Z", "every day, until 31 December 2026"),
    ],
)  # fmt: skip
def test_a_rule_reads_as_english(rule: str, words: str) -> None:
    assert describe(Recurrence(rule)) == words
    assert describe(Recurrence(rule, "completion")) == f"{words}, counted from completion"
